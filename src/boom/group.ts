/** BoomScreen: an application with several people. Whose event it is takes some care. */
import type { BoomEvent, EventPerson } from './event.ts';
import type { NameIn } from './events.ts';
import { isNamed, personOf } from './people.ts';
import { blank, namesNobody, type Reading, type Unusable } from './reading.ts';
import type { FamilyPayload } from './schemas.ts';
import { applicationOf, updatedAtOf } from './screen.ts';
import { idOf, notUnderstood } from './text.ts';

type Name = NameIn<'group'>;
type Payload = FamilyPayload<'group'>;
type Member = Exclude<NonNullable<Payload['applicants']>[number], null | undefined>;

export function readGroup(name: Name, payload: Payload, reading: Reading): BoomEvent | Unusable {
  const applicants = (payload.applicants ?? [])
    .filter((applicant) => applicant !== null && applicant !== undefined)
    .map((applicant) => memberOf(applicant, 'applicants.', reading))
    .filter((applicant) => isNamed(applicant) || notUnderstood('applicants', reading) !== null);
  const invitedLead = isInvited(payload, reading);
  const people = peopleOf(name, payload, applicants, invitedLead, reading);
  const application = applicationOf(payload, null, reading);
  if (people.length === 0 && (application.id === null || name.startsWith('applicant_'))) {
    return namesNobody(name);
  }
  return {
    ...blank(name, idOf(payload.request_id, 'request_id', reading)),
    updatedAt: updatedAtOf(payload, reading),
    people,
    application,
    invitedLead,
  };
}

function peopleOf(
  name: Name,
  payload: Payload,
  applicants: EventPerson[],
  invitedLead: boolean,
  reading: Reading,
): EventPerson[] {
  const lead = leadOf(payload, reading);
  const same = applicants.filter((applicant) => isSame(applicant, lead));
  const self = same.length === 1 ? same[0] : undefined;

  if (name === 'applicant_invite_followup') {
    // Sent to the one who is invited, and the one who invited is often the only applicant so far.
    const invited = applicants.filter((applicant) => !isInviting(applicant, payload, reading));
    if (!isNamed(lead)) return invited;
    if (invitedLead) return [self ? joined(self, lead) : lead];
    return withLead(invited, lead, self);
  }
  if (!isNamed(lead)) return applicants;
  if (self === undefined && applicants.length > 0) {
    // What befalls an application befalls its applicants, and not a lead who is only invited to join them.
    if (invitedLead && !name.startsWith('applicant_')) return applicants;
    if (invitedLead || applicants.every((applicant) => isInviting(applicant, payload, reading))) {
      return [...applicants, lead];
    }
  }
  return withLead(applicants, lead, self);
}

/** `self` is the applicant that an id proves to be the lead. */
function withLead(
  applicants: EventPerson[],
  lead: EventPerson,
  self: EventPerson | undefined,
): EventPerson[] {
  const [only] = applicants;
  if (only === undefined) return [lead];
  const proven = applicants.find((applicant) => applicant === self);
  const applicant = proven ?? (applicants.length === 1 && !differs(only, lead) ? only : undefined);
  if (applicant !== undefined) return applicants.map((one) => (one === applicant ? joined(one, lead) : one));
  // One of several is the lead, but nothing says which: a person made of the lead's ids would be a double.
  return applicants.length === 1 || hasName(lead) ? [...applicants, lead] : applicants;
}

/** `lead_id` and the application's `external_id` are the lead's; `invited_lead` may tell the name. */
function leadOf(payload: Payload, reading: Reading): EventPerson {
  const invited = typeof payload.invited_lead === 'object' ? payload.invited_lead : null;
  return personOf(
    {
      applicant_id: invited?.applicant_id,
      lead_id: payload.lead_id ?? invited?.lead_id ?? invited?.id,
      external_id: payload.external_customer_id ?? payload.external_id ?? invited?.external_id,
      first_name: invited?.first_name ?? payload.first_name,
      last_name: invited?.last_name ?? payload.last_name,
      email: invited?.email ?? payload.email,
      phone: invited?.phone ?? payload.phone,
      role: invited?.role,
    },
    reading,
  );
}

function memberOf(sent: Member, prefix: string, reading: Reading): EventPerson {
  return personOf({ ...sent, applicant_id: sent.applicant_id ?? sent.id }, reading, prefix);
}

function isInvited({ invited_lead: invited }: Payload, reading: Reading): boolean {
  if (invited === null || invited === undefined || invited === '') return false;
  if (typeof invited === 'object') return true;
  const flag = FLAGS.get(String(invited).trim().toLowerCase());
  return flag ?? notUnderstood('invited_lead', reading) ?? false;
}

const FLAGS = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

function isInviting(person: EventPerson, { inviting_applicant: sent }: Payload, reading: Reading): boolean {
  if (typeof sent !== 'object' || sent === null) {
    return person.applicantId !== null && person.applicantId === String(sent);
  }
  const inviting = memberOf(sent, 'inviting_applicant.', reading);
  return isSame(person, inviting) || (inviting.email !== null && inviting.email === person.email);
}

const STRONG = ['applicantId', 'leadId', 'externalId'] as const;

/** The same by an id of Boom's or the landlord's; a shared mail or phone is no proof. */
function isSame(one: EventPerson, other: EventPerson): boolean {
  return STRONG.some((key) => one[key] !== null && one[key] === other[key]);
}

function differs(one: EventPerson, other: EventPerson): boolean {
  return [...STRONG, 'email' as const].some(
    (key) => one[key] !== null && other[key] !== null && one[key] !== other[key],
  );
}

function hasName(person: EventPerson): boolean {
  return person.firstName !== null || person.lastName !== null || person.email !== null;
}

function joined(applicant: EventPerson, lead: EventPerson): EventPerson {
  const person = { ...applicant };
  for (const key of Object.keys(person) as Exclude<keyof EventPerson, 'forgotten'>[])
    person[key] ??= lead[key];
  return person;
}
