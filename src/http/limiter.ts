/** Holds a connection to what its PMS allows: so many at once, and so many in each of several windows of time. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Window {
  requests: number;
  seconds: number;
}

export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** Remembers what was spent in a window, so that a restart does not forget it. `slot`: a tenth of the window. */
export interface Ledger {
  /** What was reserved from `slot` on. */
  spent(seconds: number, slot: number): Promise<{ slot: number; requests: number }[]>;
  /** Before they are sent, and some at a time: a crash counts too many, never too few. */
  reserve(seconds: number, slot: number, requests: number): Promise<void>;
}

export interface Clock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

export interface LimiterTools {
  /** Asked with the first request; null where nothing is to be remembered. */
  ledger?: () => Ledger | null;
  clock?: Clock;
}

/** What is allowed is used up for longer than a request should wait in memory. */
export class UsedUp extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super('the requests of this time are used up');
    this.waitMs = waitMs;
  }
}

const SLOTS = 10;
/** A window this short is over before a restart is. */
const MOMENT_S = 2;
/** So much of a window is written down at once. */
const CHUNKS = 50;
/** Windows of a minute are waited for; what takes longer is the connection's to wait for. */
const LONGEST_TURN_MS = 90_000;

export async function limiter(
  concurrency: number,
  windows: readonly Window[],
  { ledger = () => null, clock = { now: Date.now, sleep } }: LimiterTools = {},
): Promise<Limit> {
  const { default: PQueue } = await import('p-queue');
  const atOnce = new PQueue({ concurrency });
  const counts = windows.map((window) => new WindowCount(window, ledger));
  let turns: Promise<unknown> = Promise.resolve();
  const turn = async () => {
    for (;;) {
      const waits: number[] = [];
      for (const count of counts) waits.push(await count.waitMs(clock.now()));
      const wait = Math.max(0, ...waits);
      if (wait > LONGEST_TURN_MS) throw new UsedUp(wait);
      if (wait === 0) break;
      await clock.sleep(wait);
    }
    const now = clock.now();
    for (const count of counts) await count.spend(now);
  };
  return async (task) => {
    if (counts.length > 0) {
      // One after the other, and before the place among those at work, which waiting must not hold.
      const mine = turns.then(turn);
      turns = mine.catch(() => {});
      await mine;
    }
    return atOnce.add(task);
  };
}

/** What counts against a window now; 0 for windows that are kept in memory alone. */
export async function spentNow(ledger: Ledger, seconds: number, now: number): Promise<number> {
  const slots = await ledger.spent(seconds, Math.floor((now * SLOTS) / (seconds * 1000)) - SLOTS);
  return slots.reduce((sum, { requests }) => sum + requests, 0);
}

/** Counts by tenths of the window, and all of a tenth as long as any of it counts: rather too many than too few. */
class WindowCount {
  readonly #window: Window;
  readonly #ledger: () => Ledger | null;
  readonly #slotMs: number;
  readonly #chunk: number;
  /** Spent, and reserved beyond that, by slot; null before the ledger was read. */
  #slots: Map<number, { spent: number; reserved: number }> | null = null;

  constructor(window: Window, ledger: () => Ledger | null) {
    this.#window = window;
    this.#ledger = window.seconds > MOMENT_S ? ledger : () => null;
    this.#slotMs = (window.seconds * 1000) / SLOTS;
    this.#chunk = Math.max(1, Math.floor(window.requests / CHUNKS));
  }

  async waitMs(now: number): Promise<number> {
    const slots = await this.#recent(now);
    const ordered = [...slots].sort(([a], [b]) => a - b);
    let over = ordered.reduce((sum, [, { spent }]) => sum + spent, 0) - this.#window.requests + 1;
    for (const [slot, { spent }] of ordered) {
      if (over <= 0) break;
      over -= spent;
      if (over <= 0) return (slot + SLOTS + 1) * this.#slotMs - now;
    }
    return 0;
  }

  async spend(now: number): Promise<void> {
    const slots = await this.#recent(now);
    const slot = this.#slotOf(now);
    const here = slots.get(slot) ?? { spent: 0, reserved: 0 };
    if (here.spent >= here.reserved) {
      here.reserved = here.spent + this.#chunk;
      await this.#ledger()?.reserve(this.#window.seconds, slot, here.reserved);
    }
    here.spent += 1;
    slots.set(slot, here);
  }

  async #recent(now: number) {
    const oldest = this.#slotOf(now) - SLOTS;
    if (this.#slots === null) {
      const known = (await this.#ledger()?.spent(this.#window.seconds, oldest)) ?? [];
      this.#slots = new Map(
        known.map(({ slot, requests }) => [slot, { spent: requests, reserved: requests }]),
      );
    }
    // A time that has not come is a clock that was set back: it would be waited for as long.
    for (const slot of this.#slots.keys())
      if (slot < oldest || slot > oldest + SLOTS) this.#slots.delete(slot);
    return this.#slots;
  }

  #slotOf(now: number): number {
    return Math.floor(now / this.#slotMs);
  }
}
