/** Projects whatever waits in the inbox, one batch after the other, and says that records changed. */
import { Loop } from '../loop.ts';
import type { ProjectionStore } from '../project/projection-store.ts';
import { projectBatch, type Read } from '../project/projector.ts';

/** Events a batch: few enough that receiving never waits long for the thread. */
const BATCH = 100;
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
  readonly loop: Loop;
  readonly #options: ProjectingOptions;

  constructor(options: ProjectingOptions) {
    this.#options = options;
    this.loop = new Loop(async () => ((await this.#batch()) ? 0 : LONGEST_SLEEP_MS), options.onFault);
  }

  /** Projects until nothing waits; for commands without a server. */
  async drain(): Promise<void> {
    while (await this.#batch());
  }

  /** Whether there was anything to project. */
  async #batch(): Promise<boolean> {
    const { store, now, onChanged } = this.#options;
    const { events, changed } = await projectBatch(store, await this.#options.read(), { limit: BATCH, now });
    if (changed.length > 0) onChanged();
    // Receiving has its turn between two batches.
    await new Promise(setImmediate);
    return events > 0;
  }
}
