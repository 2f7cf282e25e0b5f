/** BoomScreen: one person of an application, that person's identity verification, and merges. */
import { dateOf, dateOrTimeOf, timeOf } from './dates.ts';
import type { BoomEvent, EventApplication, EventPerson } from './event.ts';
import type { NameIn } from './events.ts';
import { rentOf } from './money.ts';
import { isNamed, personOf } from './people.ts';
import { blank, blankApplication, namesNobody, type Reading, type Unusable, without } from './reading.ts';
import type { FamilyPayload } from './schemas.ts';
import { idOf, proseOf, wordOf } from './text.ts';
import { unitOf } from './unit.ts';

/** Nobody merges as many; each of them is read from Boom, and each of its people is looked at anew. */
const MOST_MERGED = 100;

export function readBasic(
  name: NameIn<'basic' | 'push'>,
  payload: FamilyPayload<'basic'>,
  reading: Reading,
): BoomEvent | Unusable {
  const person = onePerson(payload, reading);
  const application = applicationOf(payload, person.applicantId, reading);
  if (!isNamed(person) && (application.id === null || name.startsWith('applicant_')))
    return namesNobody(name);
  return {
    ...blank(name, idOf(payload.request_id, 'request_id', reading)),
    updatedAt: updatedAtOf(payload, reading),
    people: isNamed(person) ? [person] : [],
    application,
  };
}

export function readPush(
  name: NameIn<'push'>,
  payload: FamilyPayload<'push'>,
  reading: Reading,
): BoomEvent | Unusable {
  const event = readBasic(name, payload, reading);
  if ('reason' in event) return event;
  const status = wordOf(payload.pms_push_status, 'pms_push_status', reading);
  return { ...event, push: { status, error: proseOf(payload.error_message) } };
}

export function readIdentity(
  name: NameIn<'identity'>,
  payload: FamilyPayload<'identity'>,
  reading: Reading,
): BoomEvent | Unusable {
  const person = onePerson(payload, reading);
  if (!isNamed(person)) return namesNobody(name);
  const application = {
    ...blankApplication(idOf(payload.application_id, 'application_id', reading)),
    status: wordOf(payload.application_status, 'application_status', reading),
  };
  return {
    ...blank(name, idOf(payload.request_id, 'request_id', reading)),
    updatedAt: timeOf(payload.updated_at, 'updated_at', reading),
    people: [person],
    application: application.id === null && application.status === null ? null : application,
    identityVerification: {
      status: wordOf(payload.status, 'status', reading),
      finishedAt: dateOrTimeOf(payload.finished_at, 'finished_at', reading),
    },
  };
}

export function readMerged(
  name: NameIn<'merged'>,
  payload: FamilyPayload<'merged'>,
  reading: Reading,
): BoomEvent | Unusable {
  const targetId = idOf(payload.target_application_id, 'target_application_id', reading);
  if (targetId === null) return without(name, 'target_application_id', reading);
  const sent = payload.merged_application_ids ?? [];
  const ids = (Array.isArray(sent) ? sent : [sent])
    .map((id) => idOf(id, 'merged_application_ids', reading))
    .filter((id) => id !== null)
    .filter((id) => id !== targetId);
  if (ids.length > MOST_MERGED) return { reason: `${name} names more than ${MOST_MERGED} applications` };
  return {
    ...blank(name, idOf(payload.request_id, 'request_id', reading)),
    updatedAt: timeOf(payload.merged_at ?? payload.updated_at, 'merged_at', reading),
    merge: { targetId, mergedIds: [...new Set(ids)] },
  };
}

/** `applicantId`: where an applicant's event has that very id as `id`, it is not the application's. */
export function applicationOf(
  payload: FamilyPayload<'basic' | 'group'>,
  applicantId: string | null,
  reading: Reading,
): EventApplication {
  const id = idOf(payload.id, 'id', reading);
  return {
    id: idOf(payload.application_id, 'application_id', reading) ?? (id === applicantId ? null : id),
    status: wordOf(payload.application_status ?? payload.status, 'status', reading),
    unit: unitOf(payload, reading),
    rent: rentOf(payload.monthly_rent_amount, 'monthly_rent_amount', reading),
    moveInOn: dateOf(payload.desired_move_in_date, 'desired_move_in_date', reading),
    createdAt: dateOrTimeOf(payload.created_at, 'created_at', reading),
    decidedAt: null,
  };
}

export function updatedAtOf(payload: FamilyPayload<'basic' | 'group'>, reading: Reading): string | null {
  return timeOf(payload.application_updated_at ?? payload.updated_at, 'application_updated_at', reading);
}

function onePerson(payload: FamilyPayload<'basic' | 'identity'>, reading: Reading): EventPerson {
  return personOf(
    {
      applicant_id: payload.applicant_id,
      lead_id: payload.lead_id,
      external_id: payload.external_customer_id ?? payload.external_id,
      first_name: payload.first_name,
      last_name: payload.last_name,
      email: payload.email,
      phone: payload.phone,
      role: payload.role,
    },
    reading,
  );
}
