/** A random history as the fold sees it, without the projector: each person's events, and what must not differ. */
import type { BoomEvent, EventPerson } from '../../src/boom/event.ts';
import { createNormaliser } from '../../src/boom/normalise.ts';
import { EFFECTS } from '../../src/project/effects.ts';
import type { FoldEvent } from '../../src/project/fold-event.ts';
import { RETRY_WINDOW_MS } from '../../src/project/ordering.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import { FIRST, type Step } from './random-world.ts';

export const ACCOUNT = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;
export const normalise = await createNormaliser();

/** A step with when it arrived. */
export interface Arrival extends Step {
  arrival: number;
}

/** `late`: by how much each delivery comes late, milliseconds; a read of ours is never late. */
export function arrivalsOf(steps: readonly Step[], late: readonly number[] = []): Arrival[] {
  return steps
    .map((step, index) => ({
      ...step,
      arrival: step.at + (step.source === 'webhook' ? (late[index % Math.max(late.length, 1)] ?? 0) : 0),
    }))
    .sort((a, b) => a.arrival - b.arrival);
}

/** Each chosen delivery once more, a retry later. */
export function withRepetitions(arrivals: readonly Arrival[], chosen: readonly boolean[]): Arrival[] {
  const again = arrivals
    .filter(({ source }, index) => source === 'webhook' && chosen[index % Math.max(chosen.length, 1)])
    .map((one, index) => ({ ...one, arrival: one.arrival + (index % 2 === 0 ? 60_000 : 120_000) }));
  return [...arrivals, ...again].sort((a, b) => a.arrival - b.arrival);
}

/** The generator's name of a person, which stands in each of their ids. */
function personKey({ applicantId, leadId, externalId, customerId, firstName }: EventPerson): string {
  const id = applicantId ?? leadId ?? externalId ?? customerId ?? '';
  return /p\d/.exec(id)?.[0] ?? `p${FIRST.indexOf(firstName ?? '') + 1}`;
}

function eventOf(step: Step): BoomEvent {
  const read = normalise(step.body, ACCOUNT, step.source);
  if (!read.ok) throw new Error(read.reason);
  if (read.event.notUnderstood.length > 0) throw new Error(`not understood: ${read.event.notUnderstood}`);
  return read.event;
}

/** Applications all of whose people an event concerns, or is shown to. */
function concerned({ name, merge, people, application }: BoomEvent): string[] {
  const { leasing: effect, shown } = EFFECTS[name];
  const everyone = shown || (effect !== undefined && (effect.whom === 'members' || people.length === 0));
  return [
    ...(merge ? [merge.targetId, ...merge.mergedIds] : []),
    ...(everyone && application?.id ? [application.id] : []),
  ];
}

/** The events of each person, with those that concern everyone in their applications and in what these became. */
export function eventsByPerson(arrivals: readonly Arrival[]): Map<string, FoldEvent[]> {
  const events = arrivals.map((step, index) => ({
    id: index + 1,
    arrival: new Date(step.arrival).toISOString(),
    event: eventOf(step),
  }));
  const keys = new Set(events.flatMap(({ event }) => event.people.map(personKey)));
  return new Map(
    [...keys].sort().map((key) => {
      const own = events.map((item) => ({
        ...item,
        positions: [...item.event.people.keys()].filter(
          (position) => personKey(item.event.people[position] as EventPerson) === key,
        ),
      }));
      const applications = new Set(
        own.flatMap(({ positions, event }) => (positions.length > 0 ? (event.application?.id ?? []) : [])),
      );
      for (let before = -1; before < applications.size; ) {
        before = applications.size;
        for (const { event } of own) {
          if (event.merge?.mergedIds.some((id) => applications.has(id)))
            applications.add(event.merge.targetId);
        }
      }
      const concerns = ({ event }: FoldEvent) => concerned(event).some((id) => applications.has(id));
      return [key, own.filter((item) => item.positions.length > 0 || concerns(item))];
    }),
  );
}

const byText = (a: unknown, b: unknown): number => {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};

/** Whether the stage follows from two times of which one is an arrival, less than the window apart. */
function isStageClose({ applications, residencies }: Tenant): boolean {
  return residencies.some(({ since }) =>
    applications.some(
      ({ updatedAt }) => Math.abs(Date.parse(updatedAt ?? '') - Date.parse(since ?? '')) <= RETRY_WINDOW_MS,
    ),
  );
}

/**
 * What must not differ, however the deliveries were delayed. Left out: the tenant's id, the names of places and the
 * timeline's event ids, which are made of places in the inbox (which applications and residencies share a place is
 * kept); the stage, where it follows from two times within the window of which one is an arrival; and the times of what carries none, which are arrivals: of rent reporting, residencies, Boom's own push and
 * the two link events. Lists are in the order in which things came.
 */
function essenceOf(tenant: Tenant, stageCounts: boolean) {
  const placed = new Map<string, string[]>();
  for (const { place, id } of tenant.applications)
    placed.set(place, [...(placed.get(place) ?? []), `a:${id}`]);
  for (const { place, enrollmentId } of tenant.residencies)
    placed.set(place, [...(placed.get(place) ?? []), `e:${enrollmentId}`]);
  const { id: _id, stage, applications, enrollments, residencies, boomPush, timeline, ...rest } = tenant;
  return {
    ...rest,
    stage: stageCounts ? stage : null,
    places: [...placed.values()].map((list) => list.sort()).sort(byText),
    applications: applications.map(({ place: _, ...application }) => application).sort(byText),
    enrollments: enrollments.map(({ since: _, ...enrollment }) => enrollment).sort(byText),
    residencies: residencies.map(({ place: _, since: __, ...residency }) => residency).sort(byText),
    boomPush: boomPush && { status: boomPush.status, error: boomPush.error },
    timeline: timeline.map(({ at, event }) => [event.startsWith('boomreport') ? '' : at, event]).sort(byText),
  };
}

/** The essence of both, to be compared. */
export function essences(a: Tenant, b: Tenant) {
  const stageCounts = !isStageClose(a) && !isStageClose(b);
  return [essenceOf(a, stageCounts), essenceOf(b, stageCounts)];
}
