/** What people and fields are called on a page. */
import type { Connection } from '../connect/connection.ts';
import type { Person } from '../project/tenant.ts';
import type { Words } from '../words/words.ts';

export function nameOf(
  { firstName, lastName }: Pick<Person, 'firstName' | 'lastName'>,
  { frame }: Words,
): string {
  return [firstName, lastName].filter(Boolean).join(' ') || frame.unnamed;
}

/** `Phone` for `PhoneNumbers.Mobile`; the name that the PMS uses where we have no word for it. */
export function fieldNames(
  connections: readonly Connection[],
  { fields }: Words,
): (connection: string, field: string) => string {
  return (connection, field) => {
    const meaning = connections.find(({ name }) => name === connection)?.meaningOf(field) ?? null;
    return meaning === null ? field : fields[meaning];
  };
}
