/** Passes over people who may be one, one after the other: both might find nobody, and both create. */
import type { Person } from '../project/tenant.ts';
import type { SyncState } from '../store/sync.ts';

/** What two people who may be one share: whatever a PMS is asked for when one of them is looked up. */
export function turnKeys({ email, phone, firstName, lastName }: Person): string[] {
  const digits = phone?.replace(/\D/g, '').slice(-10) ?? '';
  const name = [firstName, lastName].filter(Boolean).join(' ').trim().toLowerCase();
  return [
    ...(email ? [`email:${email.trim().toLowerCase()}`] : []),
    ...(digits ? [`phone:${digits}`] : []),
    ...(name ? [`name:${name}`] : []),
  ];
}

/** Two people who have nothing in common may be said to have one record. */
export function chosenKeys(states: readonly SyncState[]): string[] {
  return states.flatMap(({ kind, answers }) =>
    answers?.same ? [`record:${kind}:${answers.same.remoteId}`] : [],
  );
}

export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Does `work` when everybody before it who shares one of `keys` is done. They queue up at once: no two wait for each other. */
  async take<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const turn = Promise.all(keys.map((key) => this.#last.get(key))).then(work);
    const settled = turn.then(
      () => {},
      () => {},
    );
    for (const key of keys) this.#last.set(key, settled);
    try {
      return await turn;
    } finally {
      for (const key of keys) if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
