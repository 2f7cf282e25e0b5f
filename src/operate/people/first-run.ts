/** How the first person gets in: by a link that the server prints while there is no user. */
import type { Stores } from '../../store/stores.ts';
import { makeSecret } from './secrets.ts';

const FIRST_RUN_MS = 24 * 60 * 60_000;

/** The path of a new link, which the ones before it give way to; null where there is a user already. */
export async function firstRunPath({ people, signInLinks }: Stores, at: Date): Promise<string | null> {
  if (await people.any()) return null;
  const { secret, hash } = makeSecret();
  await signInLinks.add({ hash, userId: null }, FIRST_RUN_MS, at);
  return `/first-run/${secret}`;
}
