/**
 * Fresh reads of Boom's API to the shape that the projection reads. The inbox keeps a read as
 * `{event, read_at, object}` with the object as Boom's OpenAPI files name its fields, listed ones only.
 * The module costs the loading of zod, as the payloads' schemas do.
 */
import * as z from 'zod/mini';
import { APPLICATION_MERGED, BOOM_PUSH, DECISION_MADE } from './activity.ts';
import { dateOf, dateOrTimeOf, monthOf, timeOf } from './dates.ts';
import type { BoomEvent, EventApplication, EventIssue, EventPerson } from './event.ts';
import { READ_NAMES, type ReadName } from './events.ts';
import { address, id, label, money, property, text, unit } from './fields.ts';
import { rentOf } from './money.ts';
import { payloadOf } from './payload.ts';
import { isNamed, personOf } from './people.ts';
import { blank, blankApplication, type Reading, type Unusable } from './reading.ts';
import { idOf, nameOf, proseOf, wordOf } from './text.ts';
import { unitOf } from './unit.ts';

const list = <S extends z.ZodMiniType>(of: S) => z.nullish(z.array(z.nullish(of)));

const PERSON = { first_name: text, last_name: text, email: text, phone: label };

const SCHEMAS = {
  application_read: z.looseObject({
    id,
    status: text,
    unit_id: id,
    property_id: id,
    unit,
    property,
    monthly_rent_amount: money,
    desired_move_in_date: text,
    created_at: text,
    decision_at: text,
    application_updated_at: text,
    applicants: list(z.looseObject({ id, ...PERSON, external_id: id, role: text, application_status: text })),
  }),
  lead_read: z.looseObject({
    id,
    ...PERSON,
    external_id: id,
    applicant_id: id,
    application_id: id,
    updated_at: text,
    identity_verifications: list(z.looseObject({ status: text, finished_at: text, updated_at: text })),
  }),
  customer_read: z.looseObject({ id, ...PERSON }),
  enrollment_read: z.looseObject({
    id,
    customer_id: id,
    status: text,
    move_in_date: text,
    monthly_rent_amount: money,
    address,
    rental_verifications: list(z.looseObject({ for_month: text })),
  }),
  issues_read: z.looseObject({
    customer_id: id,
    issues: list(z.looseObject({ slug: text, title: text, description: text })),
  }),
  activity_read: z.looseObject({
    id,
    application_id: id,
    event_type: text,
    occurred_at: text,
    details: z.nullish(
      z.looseObject({
        status: text,
        decision_at: text,
        pms_push_status: text,
        error: text,
        error_message: text,
        applicant_id: id,
        target_application_id: id,
        merged_into_application_id: id,
        merged_application_ids: list(z.union([z.string(), z.int()])),
      }),
    ),
  }),
} satisfies Record<ReadName, z.ZodMiniType>;

type Payload<N extends ReadName> = z.output<(typeof SCHEMAS)[N]>;
type Read<N extends ReadName> = (payload: Payload<N>, readAt: string | null, reading: Reading) => Known;
type Known = Partial<BoomEvent> | Unusable;

const READERS: { [N in ReadName]: Read<N> } = {
  application_read: readApplication,
  lead_read: readLead,
  customer_read: (payload, readAt, reading) =>
    withPerson({ ...payload, customer_id: payload.id }, 'customer_id', { updatedAt: readAt }, reading),
  enrollment_read: readEnrollment,
  issues_read: readIssues,
  activity_read: readActivity,
};

/** `body`: what the inbox keeps of a read. */
export function readFresh(body: object, reading: Reading): BoomEvent | Unusable {
  const { event, read_at: at, object } = body as Record<string, unknown>;
  const name = READ_NAMES.find((known) => known === event);
  if (name === undefined || typeof object !== 'object' || object === null)
    return { reason: 'it is no read that this version knows' };
  const readAt = timeOf(typeof at === 'string' ? at : null, 'read_at', reading);
  const known = readOne(name, { ...object }, readAt, reading);
  return 'reason' in known ? known : { ...blank(name, null), ...known };
}

function readOne<N extends ReadName>(
  name: N,
  object: Record<string, unknown>,
  readAt: string | null,
  reading: Reading,
): Known {
  const payload = payloadOf(SCHEMAS[name], object, reading.notUnderstood) as Payload<N>;
  return READERS[name](payload, readAt, reading);
}

function readApplication(
  payload: Payload<'application_read'>,
  readAt: string | null,
  reading: Reading,
): Known {
  const applicationId = idOf(payload.id, 'id', reading);
  if (applicationId === null) return { reason: 'the application that was read has no id' };
  const people = (payload.applicants ?? [])
    .filter((applicant) => applicant !== null && applicant !== undefined)
    .map(
      (applicant): EventPerson => ({
        ...personOf({ ...applicant, applicant_id: applicant.id }, reading, 'applicants.'),
        status: wordOf(applicant.application_status, 'applicants.application_status', reading),
      }),
    )
    .filter(isNamed);
  const application: EventApplication = {
    id: applicationId,
    status: wordOf(payload.status, 'status', reading),
    unit: unitOf(payload, reading),
    rent: rentOf(payload.monthly_rent_amount, 'monthly_rent_amount', reading),
    moveInOn: dateOf(payload.desired_move_in_date, 'desired_move_in_date', reading),
    createdAt: dateOrTimeOf(payload.created_at, 'created_at', reading),
    decidedAt: dateOrTimeOf(payload.decision_at, 'decision_at', reading),
  };
  const updatedAt = timeOf(payload.application_updated_at, 'application_updated_at', reading) ?? readAt;
  return { people, application, updatedAt };
}

function readLead(payload: Payload<'lead_read'>, readAt: string | null, reading: Reading): Known {
  const [verification] = (payload.identity_verifications ?? [])
    .filter((one) => one !== null && one !== undefined)
    .sort((a, b) => (b.updated_at ?? '').localeCompare(a.updated_at ?? ''));
  const applicationId = idOf(payload.application_id, 'application_id', reading);
  const rest: Partial<BoomEvent> = {
    updatedAt: timeOf(payload.updated_at, 'updated_at', reading) ?? readAt,
    application: applicationId === null ? null : blankApplication(applicationId),
    identityVerification: verification
      ? {
          status: wordOf(verification.status, 'identity_verifications.status', reading),
          finishedAt: dateOrTimeOf(verification.finished_at, 'identity_verifications.finished_at', reading),
        }
      : null,
  };
  return withPerson({ ...payload, lead_id: payload.id }, 'lead_id', rest, reading);
}

function readEnrollment(payload: Payload<'enrollment_read'>, readAt: string | null, reading: Reading): Known {
  const enrollmentId = idOf(payload.id, 'id', reading);
  if (enrollmentId === null) return { reason: 'the enrollment that was read has no id' };
  const rest: Partial<BoomEvent> = {
    updatedAt: readAt,
    enrollment: {
      id: enrollmentId,
      status: wordOf(payload.status, 'status', reading),
      address: unitOf({ address: payload.address }, reading)?.address ?? null,
      rent: rentOf(payload.monthly_rent_amount, 'monthly_rent_amount', reading),
      moveInOn: dateOf(payload.move_in_date, 'move_in_date', reading),
      months: monthsOf(payload, reading),
    },
  };
  return withPerson({ customer_id: payload.customer_id }, 'customer_id', rest, reading);
}

function monthsOf({ rental_verifications }: Payload<'enrollment_read'>, reading: Reading): string[] | null {
  if (rental_verifications === null || rental_verifications === undefined) return null;
  const months = rental_verifications
    .map((one) => monthOf(one?.for_month, 'rental_verifications.for_month', reading))
    .filter((month) => month !== null);
  return [...new Set(months)].sort();
}

function readIssues(payload: Payload<'issues_read'>, readAt: string | null, reading: Reading): Known {
  const openIssues = (payload.issues ?? []).flatMap((issue): EventIssue[] => {
    const slug = wordOf(issue?.slug, 'issues.slug', reading);
    if (!issue || slug === null) return [];
    return [
      { slug, title: nameOf(issue.title, 'issues.title', reading), description: proseOf(issue.description) },
    ];
  });
  const rest = { updatedAt: readAt, openIssues };
  return withPerson({ customer_id: payload.customer_id }, 'customer_id', rest, reading);
}

function readActivity(payload: Payload<'activity_read'>, readAt: string | null, reading: Reading): Known {
  const applicationId = idOf(payload.application_id, 'application_id', reading);
  if (applicationId === null) return { reason: 'the log entry that was read names no application' };
  const type = wordOf(payload.event_type, 'event_type', reading) ?? '';
  const details = payload.details ?? {};
  const known: Partial<BoomEvent> = {
    updatedAt: timeOf(payload.occurred_at, 'occurred_at', reading) ?? readAt,
    application: {
      ...blankApplication(applicationId),
      status: type === DECISION_MADE ? wordOf(details.status, 'details.status', reading) : null,
      decidedAt:
        type === DECISION_MADE ? dateOrTimeOf(details.decision_at, 'details.decision_at', reading) : null,
    },
  };
  if (type === BOOM_PUSH) {
    known.push = {
      status: wordOf(details.pms_push_status ?? details.status, 'details.status', reading),
      error: proseOf(details.error_message ?? details.error),
    };
    const person = personOf({ applicant_id: details.applicant_id }, reading);
    if (isNamed(person)) known.people = [person];
  }
  if (type === APPLICATION_MERGED) known.merge = mergeOf(applicationId, details, reading);
  return known;
}

/** Logged with the target, which names its sources, or with a source, which names its target. */
function mergeOf(
  applicationId: string,
  details: NonNullable<Payload<'activity_read'>['details']>,
  reading: Reading,
): BoomEvent['merge'] {
  const target =
    idOf(details.target_application_id, 'details.target_application_id', reading) ??
    idOf(details.merged_into_application_id, 'details.merged_into_application_id', reading) ??
    applicationId;
  const sources = (details.merged_application_ids ?? [])
    .map((source) => idOf(source, 'details.merged_application_ids', reading))
    .filter((source) => source !== null);
  const mergedIds = [...new Set([...sources, applicationId])].filter((source) => source !== target);
  return mergedIds.length === 0 ? null : { targetId: target, mergedIds };
}

function withPerson(
  sent: Parameters<typeof personOf>[0],
  needed: 'customer_id' | 'lead_id',
  rest: Partial<BoomEvent>,
  reading: Reading,
): Known {
  const person = personOf(sent, reading);
  const has = needed === 'customer_id' ? person.customerId : person.leadId;
  return has === null ? { reason: `what was read has no ${needed}` } : { ...rest, people: [person] };
}
