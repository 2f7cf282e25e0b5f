/** What the doctor says of one thing. */

/** `broken`: something does not work now · `look`: it works, and wants a person · `unknown`: it cannot be told from here. */
export type Grade = 'broken' | 'look' | 'good' | 'unknown';

export interface Finding {
  /** `disk`, `connection-oak`: the same in every run. */
  check: string;
  grade: Grade;
  /** One sentence, with nobody's data in it. */
  says: string;
  /** What to do; null where there is nothing to do. */
  remedy: string | null;
}

export const good = (check: string, says: string): Finding => ({ check, grade: 'good', says, remedy: null });

export const unknown = (check: string, says: string, remedy: string | null = null): Finding => ({
  check,
  grade: 'unknown',
  says,
  remedy,
});

export const look = (check: string, says: string, remedy: string): Finding => ({
  check,
  grade: 'look',
  says,
  remedy,
});

export const broken = (check: string, says: string, remedy: string): Finding => ({
  check,
  grade: 'broken',
  says,
  remedy,
});
