/** What stays of a person in an event once they were forgotten, and by which keys they would come back. Pure. */
import type { BoomEvent, EventPerson } from '../boom/event.ts';
import { storedKeys } from './identity.ts';

/** Of an event that has been stripped. */
export const SOMEBODY_FORGOTTEN = 'Names somebody who was forgotten: nothing of them is kept';

const nobody = ({ role, status }: EventPerson): EventPerson => ({
  applicantId: null,
  leadId: null,
  customerId: null,
  externalId: null,
  customerExternalId: null,
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  role,
  status,
  forgotten: true,
});

/** The event without the people at these positions. What it says of the others, and of the application, stays. */
export function withoutPeople(event: BoomEvent, positions: readonly number[]): BoomEvent {
  const people = event.people.map((person, at) => (positions.includes(at) ? nobody(person) : person));
  const others = people.some(({ forgotten }) => !forgotten);
  return others || people.length === 0 ? { ...event, people } : withoutAnybody({ ...event, people });
}

/** Where all whom it names are forgotten, what it says is about them alone, but for the outcome and its time. */
function withoutAnybody(event: BoomEvent): BoomEvent {
  const { application, verification, furnishment, payment, push } = event;
  const bare = (issue: { slug: string }) => ({ slug: issue.slug, title: null, description: null });
  return {
    ...event,
    application: application && {
      ...application,
      unit: application.unit && { ...application.unit, address: null },
      rent: null,
    },
    enrollment: null,
    identityVerification: null,
    reasons: [],
    verification: verification && { ...verification, id: null },
    issue: event.issue && bare(event.issue),
    openIssues: event.openIssues?.map(bare) ?? null,
    furnishment: furnishment && { ...furnishment, rentalVerificationId: null },
    payment: payment && { ...payment, rentalVerificationId: null, transactions: [] },
    push: push && { ...push, error: null },
    notUnderstood: [],
  };
}

const BY_ID = /^[^/]*\/(applicant|customer|lead|enrollment):/;
const WITHOUT_IDS = /^[^/]*\/(application|unit):/;

/** The application itself; `application:7|ana diaz` is a person in it. */
export const applicationMark = (account: string, id: string) => `${account}/application:${id}`;

/** Those of a tenant's keys by which late deliveries would bring them back. What landlords number may be another's. */
export const lastingKeys = (keys: readonly string[]): string[] =>
  keys.filter((key) => BY_ID.test(key) || WITHOUT_IDS.test(key));

/** Since when this key has been somebody's who was forgotten, UTC ISO 8601; null: it is not. */
export type ForgottenSince = (key: string) => string | null;

/**
 * Whether the person there is one who was forgotten. Somebody who applies again, in an application that is not one of
 * those of before, is somebody new: Boom keeps their lead and customer ids.
 */
export function isForgotten(
  account: string,
  event: BoomEvent,
  position: number,
  since: ForgottenSince,
): boolean {
  const person = event.people[position];
  if (person === undefined || person.forgotten) return false;
  const { strong, unit } = storedKeys(account, event, position);
  const own = strong.find((key) => key.startsWith(`${account}/applicant:`));
  if (own !== undefined && since(own) !== null) return true;
  const times = strong.filter((key) => BY_ID.test(key)).flatMap((key) => since(key) ?? []);
  const last = times.sort().at(-1);
  if (last !== undefined) return !appliesAnew(account, event, own !== undefined, last, since);
  if (strong.some((key) => BY_ID.test(key))) return false;
  return [...strong, ...(unit === null ? [] : [unit])].some(
    (key) => WITHOUT_IDS.test(key) && since(key) !== null,
  );
}

function appliesAnew(
  account: string,
  { application }: BoomEvent,
  asApplicant: boolean,
  last: string,
  since: ForgottenSince,
): boolean {
  if (!application?.id || since(applicationMark(account, application.id)) !== null) return false;
  return application.createdAt === null ? asApplicant : application.createdAt > last;
}

/** The event as it may be kept; the same one where it names nobody who was forgotten. */
export function withoutForgotten(account: string, event: BoomEvent, since: ForgottenSince): BoomEvent {
  const gone = [...event.people.keys()].filter((at) => isForgotten(account, event, at, since));
  return gone.length === 0 ? event : withoutPeople(event, gone);
}
