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
/** Who waits holds a socket. One address alone must not take all places. */
const MOST_WAITING = 100;
const MOST_WAITING_OF_ONE = 20;

interface Failures {
  count: number;
  /** Milliseconds since 1970. */
  at: number;
}

export interface ThrottleTools {
  now: () => Date;
  wait: (ms: number) => Promise<void>;
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
  #allWaiting = 0;

  constructor(tools: ThrottleTools) {
    this.#tools = tools;
  }

  /**
   * Waits its turn, then tries. Null where too many wait already, which counts as no failure. Those that try at once
   * count before it is known how they end: otherwise a hundred at a time would all be the first.
   */
  async attempt(name: string, address: string, tries: () => Promise<boolean>): Promise<boolean | null> {
    const waiting = this.#waiting.get(address) ?? 0;
    if (this.#allWaiting >= MOST_WAITING || waiting >= MOST_WAITING_OF_ONE) return null;
    const keys = [`name ${name}`, `address ${address}`];
    const delay = Math.max(...keys.map((key) => delayAfter(this.#count(key))));
    for (const key of keys) this.#add(key, 1);
    this.#waiting.set(address, waiting + 1);
    this.#allWaiting += 1;
    try {
      if (delay > 0) await this.#tools.wait(delay);
      const good = await tries();
      if (good) {
        this.#failures.delete(`name ${name}`);
        // Not all of the address's: who knows one password could otherwise guess another's at leisure.
        this.#add(`address ${address}`, -1);
      }
      return good;
    } finally {
      this.#allWaiting -= 1;
      const left = (this.#waiting.get(address) ?? 1) - 1;
      if (left === 0) this.#waiting.delete(address);
      else this.#waiting.set(address, left);
    }
  }

  /** How many names and addresses are remembered. */
  get size(): number {
    return this.#failures.size;
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
