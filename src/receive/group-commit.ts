/**
 * Deliveries that wait in the same turn of the event loop share one transaction, and so one sync of the disk.
 * While one commit runs the next group gathers; nobody waits for a timer.
 */
import type { Appended, Delivery, Inbox } from '../store/inbox.ts';
import { asStoreUnavailable, StoreUnavailable } from '../store/store-unavailable.ts';

/** Deliveries a transaction: what is more waits for the next one, so that none takes long. */
const LARGEST_GROUP = 500;
/**
 * So many go at once: gathering more saves less of the sync of the disk than it costs to carry their requests through
 * every collection of garbage.
 */
const ENOUGH = 64;
/** Beyond this, memory is at stake and new deliveries are refused. */
const MOST_WAITING = 2_000;

interface Waiting {
  delivery: Delivery;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

export class GroupCommit {
  readonly #inbox: Pick<Inbox, 'appendAll' | 'probe'>;
  readonly #onStored: () => void;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  /** Ends the turn that is being waited for. */
  #gathered = (): void => {};
  #closed = false;
  #writable = true;
  #refusedSome = false;

  constructor(inbox: Pick<Inbox, 'appendAll' | 'probe'>, onStored: () => void) {
    this.#inbox = inbox;
    this.#onStored = onStored;
  }

  /** Whether the store took the last group. */
  get writable(): boolean {
    return this.#writable && !this.#closed;
  }

  /** The same, but after a failure it asks the store again: nobody may be sending any more. */
  async check(): Promise<boolean> {
    if (this.#writable || this.#closed) return this.writable;
    try {
      await this.#inbox.probe();
      this.#writable = true;
    } catch {
      // Still not; the next check asks again.
    }
    return this.writable;
  }

  /**
   * Whether the store takes deliveries and none was refused since this was last asked: a full disk may take the smaller
   * ones, and to Boom one that was refused is as if we were not there.
   */
  async tookAll(): Promise<boolean> {
    const refusedSome = this.#refusedSome;
    this.#refusedSome = false;
    return (await this.check()) && !refusedSome;
  }

  /**
   * Resolves once the delivery is on disk. Rejects with `StoreUnavailable` when the store cannot take it, with
   * anything else when the delivery itself cannot be stored.
   */
  append(delivery: Delivery): Promise<Appended> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('closed'));
    if (this.#waiting.length >= MOST_WAITING) {
      this.#refusedSome = true;
      return Promise.reject(new StoreUnavailable('overloaded'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject });
      if (this.#waiting.length === ENOUGH) this.#gathered();
      this.#running ??= this.#run();
    });
  }

  /** Refuses what comes from now on, and waits for what has been taken. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      await this.#commit(this.#waiting.splice(0, LARGEST_GROUP));
    }
    this.#running = null;
  }

  /** Until a turn of the loop brings nobody new, so that what is in the sockets already joins, or there are enough. */
  async #gather(): Promise<void> {
    for (let before = 0; before < this.#waiting.length && this.#waiting.length < ENOUGH; ) {
      before = this.#waiting.length;
      await new Promise<void>((resolve) => {
        this.#gathered = resolve;
        setImmediate(resolve);
      });
    }
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      this.#answer(group, await this.#inbox.appendAll(group.map((it) => it.delivery)));
    } catch (error) {
      const unavailable = asStoreUnavailable(error);
      // A full disk may still take the smaller ones; whatever else ails the store ails it for all of them.
      if (unavailable !== null && (unavailable.reason !== 'full' || group.length === 1)) {
        this.#refuse(group, unavailable);
      } else if (group.length === 1) {
        for (const it of group) it.reject(error);
      } else {
        for (const it of group) await this.#commit([it]);
      }
    }
  }

  #answer(group: readonly Waiting[], appended: readonly Appended[]): void {
    this.#writable = true;
    group.forEach((it, index) => {
      it.resolve(appended[index] as Appended);
    });
    if (appended.some((it) => it.status === 'stored')) this.#onStored();
  }

  #refuse(group: readonly Waiting[], error: StoreUnavailable): void {
    this.#writable = false;
    this.#refusedSome = true;
    for (const it of group) it.reject(error);
  }
}
