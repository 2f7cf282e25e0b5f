/** The events that a tenant's record is made from, and what a landlord may say of who is who by them. */
import { correctionBody } from '../boom/correction.ts';
import type { CorrectionName } from '../boom/events.ts';
import type { FoldEvent } from '../project/fold-event.ts';
import { strandsIn, toConfirm, toUndo } from '../project/joins.ts';
import type { Reference } from '../project/sides.ts';
import type { Tenant } from '../project/tenant.ts';
import type { Stores } from '../store/stores.ts';
import type { Correction } from './correct.ts';

/** A tenant with the events that name it. */
export interface Held {
  record: Tenant;
  events: FoldEvent[];
}

/** Follows an id that turned out to be another tenant's; null for one that nobody has. */
export async function heldBy(
  stores: Pick<Stores, 'tenants' | 'projection'>,
  id: string,
): Promise<Held | null> {
  const row = await stores.tenants.get(id);
  if (row === null) return null;
  const subjects = await stores.projection.subjects([row.record.id]);
  const ids = [...new Set(subjects.map(({ eventId }) => eventId))].sort((a, b) => a - b);
  const read = await stores.projection.normalised(ids);
  const events = ids.flatMap((eventId): FoldEvent[] => {
    const found = read.get(eventId);
    if (found === undefined) return [];
    const positions = subjects
      .filter((subject) => subject.eventId === eventId && subject.position >= 0)
      .map(({ position }) => position);
    return [
      {
        id: eventId,
        arrival: found.receivedAt,
        event: found.event,
        positions: positions.sort((a, b) => a - b),
      },
    ];
  });
  return { record: row.record, events };
}

export interface Said {
  account: string;
  event: CorrectionName;
  people: Reference[];
}

/** What only name, e-mail and phone join is one person. */
export function onePerson({ record, events }: Held): Said {
  return { account: record.account, event: 'tenants_same', people: toConfirm(strandsIn(events)) };
}

/** What only name, e-mail and phone join is another person's. */
export function anotherPerson({ record, events }: Held): Said {
  return { account: record.account, event: 'tenants_different', people: toUndo(strandsIn(events)) };
}

/** Both are of one account, and are not one tenant yet. */
export function bothOne(one: Held, other: Held): Said {
  const people = [one, other].flatMap(({ events }) => toConfirm(strandsIn(events)).slice(0, 1));
  return { account: one.record.account, event: 'tenants_same', people };
}

/** As the command `correct` takes it. */
export function correctionOf({ account, event, people }: Said): Correction {
  return { account, event, body: correctionBody(event, people) };
}
