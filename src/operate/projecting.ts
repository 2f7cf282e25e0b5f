/** Projects whatever waits in the inbox, one batch after the other, and says whose record changed. */

import type { ProjectionStore } from '../project/projection-store.ts';
import { projectBatch, type Read } from '../project/projector.ts';
import { Wake } from '../wake.ts';

/** Events a batch: few enough that receiving never waits long for the thread. */
const BATCH = 100;
/** After a failure of the store. */
const PAUSE_MS = 1000;
/** Looks again by itself, should a wake have been missed. */
const LONGEST_SLEEP_MS = 60_000;

export interface ProjectingOptions {
  store: ProjectionStore;
  read: () => Promise<Read>;
  onChanged: () => void;
  onFault: (error: unknown) => void;
  now: () => Date;
}

export class Projecting {
  readonly #options: ProjectingOptions;
  readonly #wake = new Wake();
  #stopped = false;
  #running: Promise<void> | null = null;
  #awaitingIdle: (() => void)[] = [];

  constructor(options: ProjectingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  wake(): void {
    this.#wake.wake();
  }

  /** Resolves when nothing waits in the inbox. */
  async idle(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#awaitingIdle.push(resolve);
      this.#wake.wake();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake.wake();
    await this.#running;
  }

  /** Projects until nothing waits; returns how many events there were. */
  async drain(): Promise<number> {
    const { store, now, onChanged } = this.#options;
    let total = 0;
    for (;;) {
      const read = await this.#options.read();
      const { events, changed } = await projectBatch(store, read, { limit: BATCH, now });
      if (changed.length > 0) onChanged();
      if (events === 0 || this.#stopped) return total;
      total += events;
      await new Promise(setImmediate);
    }
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      let pause = LONGEST_SLEEP_MS;
      const asking = this.#awaitingIdle.length;
      try {
        await this.drain();
      } catch (error) {
        this.#options.onFault(error);
        pause = PAUSE_MS;
      }
      for (const resolve of this.#awaitingIdle.splice(0, asking)) resolve();
      if (!this.#stopped) await this.#wake.wait(pause);
    }
    for (const resolve of this.#awaitingIdle.splice(0)) resolve();
  }
}
