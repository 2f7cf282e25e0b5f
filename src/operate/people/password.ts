/** Passwords as they are kept: scrypt, slow and large on purpose, so that a stolen database is no list of passwords. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import PQueue from 'p-queue';

export const SHORTEST_PASSWORD = 10;
/** Longer ones only keep us busy. */
export const LONGEST_PASSWORD = 1000;

const LOG_N = 15;
const R = 8;
const P = 1;
const KEY_BYTES = 32;
const FORM = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d)\$([\w-]+)\$([\w-]+)$/;

/** Each takes 32 MB, and one of the four threads that files are read and names are looked up with. */
const queue = new PQueue({ concurrency: 2 });

/** Who comes first: somebody who has proven already who they are, then whoever signs in, then a change of password. */
const TURNS = { proven: 2, sign_in: 1, change: 0 };
export type Turn = keyof typeof TURNS;
/** Of each turn. Some seconds of work: more would only be waited for in vain. */
const MOST_WAITING = 100;

/** So many wait already that this one was not looked at. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';

  constructor() {
    super('Too many passwords wait to be looked at');
  }
}

/** Fits no password; it costs as much to compare with as any other. */
const NOBODY = `scrypt$${LOG_N}$${R}$${P}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** How a password that is to be chosen is wrong; null: it will do. */
export function faultOf(password: string): 'short' | 'long' | null {
  const { length } = [...password];
  if (length < SHORTEST_PASSWORD) return 'short';
  return length > LONGEST_PASSWORD ? 'long' : null;
}

/** `scrypt$15$8$1$salt$key`. Throws `PasswordsBusy`. */
export async function hashPassword(password: string, turn: Turn): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, { logN: LOG_N, r: R, p: P }, turn);
  return `scrypt$${LOG_N}$${R}$${P}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether it has that form. */
export const isPasswordHash = (text: string): boolean => FORM.test(text);

/**
 * With null (nobody has that name, or no password yet) it takes as long as with a password that is wrong. Throws
 * `PasswordsBusy`.
 */
export async function passwordFits(password: string, kept: string | null, turn: Turn): Promise<boolean> {
  const [, logN, r, p, salt = '', key = ''] = FORM.exec(kept ?? NOBODY) ?? [];
  if (password.length > 2 * LONGEST_PASSWORD) return false;
  const wanted = Buffer.from(key, 'base64url');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost, turn);
  return derived.length === wanted.length && timingSafeEqual(derived, wanted) && kept !== null;
}

async function derive(
  password: string,
  salt: Buffer,
  cost: { logN: number; r: number; p: number },
  turn: Turn,
): Promise<Buffer> {
  const priority = TURNS[turn];
  if (queue.sizeBy({ priority }) >= MOST_WAITING) throw new PasswordsBusy();
  const options: ScryptOptions = { N: 2 ** cost.logN, r: cost.r, p: cost.p, maxmem: 64 * 1024 * 1024 };
  // The same letters, whichever way a keyboard composes them.
  const text = password.normalize('NFC');
  return await queue.add(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(text, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
      }),
    { priority },
  );
}
