/** What somebody chose for themselves, checked: a name, and a password given twice. */
import { nameFault } from '../../operate/people/commands.ts';
import { faultOf, SHORTEST_PASSWORD } from '../../operate/people/password.ts';
import type { Words } from '../../words/words.ts';

/** A sentence, or null where it will do. */
export function chosenNameFault(name: string, { signIn: { faults } }: Words): string | null {
  const fault = nameFault(name);
  if (fault === null) return null;
  return { empty: faults.nameEmpty, long: faults.nameLong, odd: faults.nameOdd }[fault];
}

export function chosenPasswordFault(
  password: string,
  again: string,
  { signIn: { faults } }: Words,
): string | null {
  const fault = faultOf(password);
  if (fault === 'short') return faults.short(SHORTEST_PASSWORD);
  if (fault === 'long') return faults.long;
  return password === again ? null : faults.differ;
}
