/** Projects whatever waits in the inbox, one batch after the other, and says that records changed. */
import { Loop } from '../loop.ts';
import type { ProjectionStore } from '../project/projection-store.ts';
import { projectBatch, type ReadsFrom } from '../project/projector.ts';
import { OUR_FAULT, type Read } from '../project/understand.ts';
import { asStoreUnavailable } from '../store/store-unavailable.ts';

/** Events a batch: few enough that receiving never waits long for the thread. */
const BATCH = 100;
/** While many wait, what a batch costs by itself counts more; a delivery then waits a tenth of a second at most. */
const LARGE_BATCH = 1000;
/** Looks again by itself, should a wake have been missed. */
const LONGEST_SLEEP_MS = 60_000;

export interface ProjectingOptions {
  store: ProjectionStore;
  read: () => Promise<Read>;
  /** Events were projected, whether or not a record changed. */
  onProjected?: () => void;
  onChanged: () => void;
  onFault: (error: unknown) => void;
  now: () => Date;
  /** What was kept of somebody who was forgotten was taken out again: it still stands in the log. */
  onStripped?: () => Promise<void>;
  /** Whether an account's API can be asked; none without it. */
  readsFrom?: ReadsFrom;
}

export class Projecting {
  readonly loop: Loop;
  readonly #options: ProjectingOptions;
  /** How many more are taken one by one, after a batch that failed. */
  #singly = 0;
  /** The last batch was full. */
  #behind = false;
  /** Something has waited. What reads an event is large, and where nothing ever comes it is never loaded. */
  #needed = false;
  /** Ends with what holds the records now, a batch or a replay. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ProjectingOptions) {
    this.#options = options;
    this.loop = new Loop(async () => ((await this.#batch()) ? 0 : LONGEST_SLEEP_MS), options.onFault);
  }

  /** Projects until nothing waits; for commands without a server. */
  async drain(): Promise<void> {
    while (await this.#batch());
  }

  /** Runs `work` while nothing is projected; what arrives meanwhile waits. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return await result;
  }

  /** Whether there was anything to project. */
  async #batch(): Promise<boolean> {
    return await this.alone(() => this.#projectNext());
  }

  async #projectNext(): Promise<boolean> {
    const { store, now, readsFrom, onProjected, onChanged, onFault } = this.#options;
    this.#needed ||= (await store.pending(1)).length > 0;
    if (!this.#needed) return false;
    const limit = this.#singly > 0 ? 1 : this.#behind ? LARGE_BATCH : BATCH;
    let result: Awaited<ReturnType<typeof projectBatch>>;
    try {
      result = await projectBatch(store, await this.#options.read(), {
        limit,
        now,
        ...(readsFrom ? { readsFrom } : {}),
      });
    } catch (error) {
      if (asStoreUnavailable(error) !== null) throw error;
      // One event of them fails us: the others go on without it.
      if (limit > 1) {
        this.#singly = limit;
      } else {
        onFault(error);
        const [first] = await store.pending(1);
        if (first) await store.fail(first.id, OUR_FAULT, now().toISOString());
      }
      return true;
    }
    this.#singly = Math.max(0, this.#singly - 1);
    this.#behind = result.events >= BATCH;
    if (result.stripped) await this.#options.onStripped?.();
    if (result.events > 0) onProjected?.();
    if (result.changed.length > 0) onChanged();
    // Receiving has its turn between two batches.
    await new Promise(setImmediate);
    return result.events > 0;
  }
}
