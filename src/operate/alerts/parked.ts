/** What a landlord is told of records that need them, by why they do. Names nobody. */
import type { SyncState } from '../../store/sync.ts';
import type { Cause } from './causes.ts';

/** After `3 records in Buildium need you:`. A cause that is not here is told by its own word. */
const WHY: Readonly<Record<string, string>> = {
  ambiguous: 'two records there fit one person',
  another_person: 'the record there may be somebody else’s',
  decided_there: 'somebody decided otherwise there',
  edited_there: 'they were edited there after us',
  forbidden: 'our key may not write them',
  invalid: 'a value was refused',
  not_there: 'they are not there yet, and we are not to create',
  unmapped_unit: 'the unit is unknown there',
  weak_match: 'one there has the name and the mail of a person, but something else differs',
};

/** The anchor of such a group on the page, and the cause's key. */
export function parkedKey(connection: string, cause: string): string {
  return `parked-${connection}-${cause}`;
}

export function parkedCause(
  cause: string,
  connection: string,
  label: string,
  states: readonly SyncState[],
): Pick<Cause, 'key' | 'title' | 'lines' | 'remedy'> {
  const count = states.length;
  const key = parkedKey(connection, cause);
  const remedy = 'See each of them and what to do with: boomsync errors';
  if (cause === 'by_hand') {
    const things = count === 1 ? 'One thing is' : `${count} things are`;
    return {
      key,
      title: `${things} to be done by hand in ${label}`,
      lines: [],
      remedy: 'When you have done it: boomsync done <tenant>, or tick it off on the page.',
    };
  }
  if (cause === 'over_quota') {
    const records = count === 1 ? 'One new record waits' : `${count} new records wait`;
    return {
      key,
      title: `More new records for ${label} than your limit for a day`,
      lines: [`${records} until you have looked. Nothing of them was written.`],
      remedy: `If they are right, let them through: boomsync approve ${connection}`,
    };
  }
  const why = WHY[cause] ?? cause.replaceAll('_', ' ');
  const records = count === 1 ? 'A record needs' : `${count} records need`;
  return {
    key,
    title: `${records} you in ${label}: ${why}`,
    lines: ['We hold what Boom says of them until you have decided.'],
    remedy,
  };
}
