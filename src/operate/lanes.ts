/** Work one after the other within a lane, and side by side between lanes. */
export class Lanes {
  /** The last of each lane, and the last that was alone. */
  readonly #last = new Map<string, Promise<unknown>>();
  #lastAlone: Promise<unknown> = Promise.resolve();

  /** After what came before it in its lane. `work` must not reject. */
  run(lane: string, work: () => Promise<void>): Promise<void> {
    const done = Promise.all([this.#last.get(lane), this.#lastAlone]).then(work);
    this.#last.set(lane, done);
    return done;
  }

  /** After all that came before it in any lane; what comes after it waits. `work` must not reject. */
  runAlone(work: () => Promise<void>): Promise<void> {
    const done = Promise.all([...this.#last.values(), this.#lastAlone]).then(work);
    this.#lastAlone = done;
    return done;
  }
}
