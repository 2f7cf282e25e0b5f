/** Projects whatever waits in the inbox, one batch after the other, and says that records changed. */
import { Loop } from '../loop.ts';
import type { ProjectionStore } from '../project/projection-store.ts';
import { OUR_FAULT, projectBatch, type Read } from '../project/projector.ts';
import { asStoreUnavailable } from '../store/store-unavailable.ts';

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
  /** How many more are taken one by one, after a batch that failed. */
  #singly = 0;

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
    const { store, now, onChanged, onFault } = this.#options;
    const limit = this.#singly > 0 ? 1 : BATCH;
    let result: Awaited<ReturnType<typeof projectBatch>>;
    try {
      result = await projectBatch(store, await this.#options.read(), { limit, now });
    } catch (error) {
      if (asStoreUnavailable(error) !== null) throw error;
      // One event of them fails us: the others go on without it.
      if (limit > 1) {
        this.#singly = BATCH;
      } else {
        onFault(error);
        const [first] = await store.pending(1);
        if (first) await store.fail(first.id, OUR_FAULT, now().toISOString());
      }
      return true;
    }
    this.#singly = Math.max(0, this.#singly - 1);
    if (result.changed.length > 0) onChanged();
    // Receiving has its turn between two batches.
    await new Promise(setImmediate);
    return result.events > 0;
  }
}
