/** Work in rounds: one after the other while there is more, then a sleep that ends early on a wake. */

const PAUSE_AFTER_FAULT_MS = 1000;

export class Loop {
  readonly #round: () => Promise<number>;
  readonly #onFault: (error: unknown) => void;
  #awaitingIdle: (() => void)[] = [];
  #running: Promise<void> | null = null;
  #stopped = false;
  #woken = false;
  #endSleep: (() => void) | null = null;

  /** `round` returns for how long there is nothing to do, in milliseconds; 0 when there may be more at once. */
  constructor(round: () => Promise<number>, onFault: (error: unknown) => void) {
    this.#round = round;
    this.#onFault = onFault;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There may be something to do. A wake that comes during a round is not lost. */
  wake(): void {
    this.#woken = true;
    this.#endSleep?.();
  }

  /** Resolves when there is nothing to do now. */
  async idle(): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#awaitingIdle.push(resolve);
      this.wake();
    });
  }

  /** Lets the round that is under way finish. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const asking = this.#awaitingIdle.length;
      const wait = await this.#round().catch((error: unknown) => {
        this.#onFault(error);
        return PAUSE_AFTER_FAULT_MS;
      });
      if (wait === 0) continue;
      for (const resolve of this.#awaitingIdle.splice(0, asking)) resolve();
      if (!this.#stopped) await this.#sleep(wait);
    }
    for (const resolve of this.#awaitingIdle.splice(0)) resolve();
  }

  async #sleep(ms: number): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#endSleep = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#woken = false;
    this.#endSleep = null;
  }
}
