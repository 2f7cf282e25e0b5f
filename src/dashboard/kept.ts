/** What one person, or one script, left here for a while: in memory alone, and for nobody else. */
import { randomBytes } from 'node:crypto';
import type { Who } from './contract.ts';

interface Kept<Thing> {
  who: string;
  thing: Thing;
  /** Milliseconds since 1970. */
  until: number;
}

const nameOf = (who: Who) => who.session?.id ?? `key ${who.key}`;

export class KeptForWho<Thing> {
  readonly #keptMs: number;
  readonly #most: number;
  readonly #kept = new Map<string, Kept<Thing>>();

  /** Beyond `most` things, of everybody, the oldest goes. */
  constructor(keptMs: number, most: number) {
    this.#keptMs = keptMs;
    this.#most = most;
  }

  /** Returns the key by which it is asked for: nobody guesses it. */
  keep(who: Who, thing: Thing, now: Date): string {
    const key = randomBytes(16).toString('base64url');
    this.#kept.set(key, { who: nameOf(who), thing, until: now.getTime() + this.#keptMs });
    for (const [old, { until }] of this.#kept)
      if (until < now.getTime() || this.#kept.size > this.#most) this.#kept.delete(old);
    return key;
  }

  /** Undefined where it is not kept any more, or is somebody else's. */
  get(who: Who, key: string, now: Date): Thing | undefined {
    const found = this.#kept.get(key);
    return found !== undefined && found.who === nameOf(who) && found.until >= now.getTime()
      ? found.thing
      : undefined;
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }
}
