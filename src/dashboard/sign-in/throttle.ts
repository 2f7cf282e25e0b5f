/**
 * Makes guessing slow and shuts nobody out: whoever failed often waits longer, ten seconds at most, and then the right
 * password works. Kept in memory: a restart forgets it, which costs a guesser more than it gives.
 */

/** Mistyping is free. */
const FREE = 2;
const FIRST_MS = 250;
const LONGEST_MS = 10_000;
/** After so long without a failure it begins anew. */
const FORGOTTEN_MS = 15 * 60_000;
/** Names and addresses remembered; beyond, the one that failed longest ago is forgotten. */
const MOST_REMEMBERED = 10_000;
/** Who waits holds a socket. One address alone must not take all places, nor so many that scrypt does nothing else. */
const MOST_STRANGERS = 200;
const MOST_OF_ADDRESS = 50;
/** One person mistypes one thing at a time. */
const MOST_OF_PERSON = 5;

interface Failures {
  count: number;
  /** Milliseconds since 1970. */
  at: number;
}

export interface ThrottleTools {
  now: () => Date;
  wait: (ms: number) => Promise<void>;
}

/**
 * Who tries: somebody who is proven to be near to a person, and who has places and failures of that person's own, so that
 * no flood keeps them out; or a stranger, known by what they say they are called and where they come from.
 */
export type Asker = { userId: number } | { name: string; address: string };

interface Lane {
  /** Each has its failures; the most count. */
  keys: readonly string[];
  /** What no more than `most` wait in. */
  place: string;
  most: number;
  /** Of which key a success forgets every failure; of the others only this try. */
  forgets: string;
}

function laneOf(asker: Asker): Lane {
  if ('userId' in asker) {
    const own = `user ${asker.userId}`;
    return { keys: [own], place: own, most: MOST_OF_PERSON, forgets: own };
  }
  const [name, address] = [`name ${asker.name}`, `address ${asker.address}`];
  // Not all of the address's: who knows one password could otherwise guess another's at leisure.
  return { keys: [name, address], place: address, most: MOST_OF_ADDRESS, forgets: name };
}

/** How long to wait after so many failures. */
export function delayAfter(failures: number): number {
  return failures <= FREE ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - FREE - 1));
}

export class Throttle {
  readonly #tools: ThrottleTools;
  /** The one that failed last is at the end. */
  readonly #failures = new Map<string, Failures>();
  readonly #waiting = new Map<string, number>();
  #strangers = 0;

  constructor(tools: ThrottleTools) {
    this.#tools = tools;
  }

  /**
   * Waits its turn, then tries. Null where too many wait already, which counts as no failure, as little as a try that
   * throws. Those that try at once count before it is known how they end: otherwise a hundred at a time would all be the
   * first.
   */
  async attempt(asker: Asker, tries: () => Promise<boolean>): Promise<boolean | null> {
    const lane = laneOf(asker);
    const stranger = 'userId' in asker ? 0 : 1;
    const waiting = this.#waiting.get(lane.place) ?? 0;
    const full = stranger === 1 && this.#strangers >= MOST_STRANGERS;
    if (full || waiting >= lane.most) return null;
    const delay = Math.max(...lane.keys.map((key) => delayAfter(this.#count(key))));
    for (const key of lane.keys) this.#add(key, 1);
    this.#waiting.set(lane.place, waiting + 1);
    this.#strangers += stranger;
    try {
      if (delay > 0) await this.#tools.wait(delay);
      const good = await tries();
      if (good) this.#succeeded(lane);
      return good;
    } catch (error) {
      for (const key of lane.keys) this.#add(key, -1);
      throw error;
    } finally {
      this.#strangers -= stranger;
      const left = (this.#waiting.get(lane.place) ?? 1) - 1;
      if (left === 0) this.#waiting.delete(lane.place);
      else this.#waiting.set(lane.place, left);
    }
  }

  /** How many names, addresses and persons are remembered. */
  get size(): number {
    return this.#failures.size;
  }

  #succeeded({ keys, forgets }: Lane): void {
    for (const key of keys)
      if (key === forgets) this.#failures.delete(key);
      else this.#add(key, -1);
  }

  #count(key: string): number {
    const failures = this.#failures.get(key);
    if (failures === undefined) return 0;
    // Also where the clock was set back since.
    return Math.abs(this.#tools.now().getTime() - failures.at) > FORGOTTEN_MS ? 0 : failures.count;
  }

  #add(key: string, more: number): void {
    const count = this.#count(key) + more;
    this.#failures.delete(key);
    if (count > 0) this.#failures.set(key, { count, at: this.#tools.now().getTime() });
    if (this.#failures.size <= MOST_REMEMBERED) return;
    for (const oldest of this.#failures.keys()) {
      this.#failures.delete(oldest);
      break;
    }
  }
}
