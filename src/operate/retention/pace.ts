/** Work in steps so short that whoever receives waits for none of them, with a rest after each. */
import { setTimeout as sleep } from 'node:timers/promises';

/** A step that takes longer makes the next one smaller; it has twice as much before anybody notices. */
const LONGEST_MS = 4;
const FIRST = 50;
const MOST = 200;
/** Half the time is the others'. */
const REST_MS = 2;

export class Pace {
  /** How many rows or pages the next step is to take. */
  size = FIRST;
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get stopped(): boolean {
    return this.#signal.aborted;
  }

  async step<Result>(work: (size: number) => Promise<Result>): Promise<Result> {
    const began = performance.now();
    const result = await work(this.size);
    const took = performance.now() - began;
    this.size = nextSize(this.size, took);
    await sleep(Math.max(took, REST_MS));
    return result;
  }
}

/** Pure. `took`: in milliseconds. */
export function nextSize(size: number, took: number): number {
  if (took > LONGEST_MS) return Math.max(1, Math.floor(size / 2));
  return took < LONGEST_MS / 2 ? Math.min(MOST, size * 2) : size;
}
