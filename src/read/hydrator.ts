/**
 * Reads what deliveries left unsaid: the objects that they speak of, each once, however many deliveries there were.
 * What was read is an event in the inbox like any other, and wants nothing read itself.
 */
import PQueue from 'p-queue';
import type { BoomApi } from '../boom/api/client.ts';
import { type Breaker, jitter } from '../breaker.ts';
import { faultName } from '../fault-name.ts';
import { asPushError, type PushError } from '../http/push-error.ts';
import { Loop } from '../loop.ts';
import type { DueRead, ReadStore } from '../store/reads.ts';
import { asStoreUnavailable } from '../store/store-unavailable.ts';
import { ObjectReader } from './objects.ts';

/** Objects of one round, and how many are read at once: Boom's limit is kept by the client. */
const ROUND = 100;
const AT_ONCE = 4;
const LONGEST_SLEEP_MS = 60_000;

const MINUTE = 60_000;
/** Waits after the first, second, … failed try of one object; then it is given up until a delivery names it again. */
const WAITS = [1, 5, 30, 120, 720].map((minutes) => minutes * MINUTE);

export interface ReadLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

export interface HydratorTools {
  reads: ReadStore;
  breaker: Breaker;
  log: ReadLog;
  now: () => Date;
  random: () => number;
  /** There are new events in the inbox. */
  onRead: () => void;
}

export class Hydrator {
  readonly loop: Loop;
  readonly account: string;
  readonly #reader: ObjectReader;
  readonly #tools: HydratorTools;

  constructor(account: string, source: BoomApi, tools: HydratorTools) {
    this.account = account;
    this.#tools = tools;
    this.#reader = new ObjectReader(source, tools.now);
    this.loop = new Loop(
      () => this.#round(),
      (error) =>
        tools.log.error({ account, ...faultName(error) }, 'reading from Boom failed; it is tried again'),
    );
  }

  /** Reads until nothing is due now; for a command without a server. Whether anything was read. */
  async drain(): Promise<boolean> {
    let any = false;
    while ((await this.#round()) === 0) any = true;
    return any;
  }

  async #round(): Promise<number> {
    const { reads, breaker, now } = this.#tools;
    // Asked also where nothing is due, so that what is said of its health does not outlive a failure.
    const wait = await breaker.wait();
    if (wait > 0) return wait;
    const due = await reads.due(this.account, now().toISOString(), ROUND);
    if (due.length === 0) {
      const next = await reads.nextAttempt(this.account);
      const ms = next === null ? LONGEST_SLEEP_MS : Date.parse(next) - now().getTime();
      return Math.min(Math.max(ms, 1), LONGEST_SLEEP_MS);
    }
    return await this.#readAll(due);
  }

  async #readAll(due: DueRead[]): Promise<number> {
    const queue = new PQueue({ concurrency: AT_ONCE });
    const faults: unknown[] = [];
    let failure: PushError | null = null;
    let storeFault: unknown = null;
    for (const item of due) {
      void queue.add(async () => {
        if (failure !== null || storeFault !== null || this.loop.stopped) return;
        try {
          await this.#readOne(item.object);
        } catch (thrown) {
          const error = asPushError(thrown);
          if (error.concernsConnection || error.kind === 'rate_limited') failure ??= error;
          // What cannot be stored is nobody's failed try.
          else if (asStoreUnavailable(thrown) !== null) storeFault ??= thrown;
          else {
            if (error !== thrown) faults.push(thrown);
            await this.#putOff(item).catch((fault: unknown) => {
              storeFault ??= fault;
            });
          }
        }
      });
    }
    await queue.onIdle();
    if (storeFault !== null) throw storeFault;
    if (failure !== null) {
      await this.#tools.breaker.fail(failure);
      return 1;
    }
    await this.#tools.breaker.countAnew();
    for (const fault of faults)
      this.#tools.log.error({ account: this.account, ...faultName(fault) }, 'our own fault in a read');
    return 0;
  }

  async #readOne(object: string): Promise<void> {
    const { reads, now, onRead } = this.#tools;
    const mark = { upto: await reads.highWater(), at: now().toISOString() };
    const found = await this.#reader.read(object);
    const objects = new Set([object, ...found.map((read) => read.object)]);
    const done = [...objects].map((one) => ({ object: one, ...mark }));
    const events = await reads.record(this.account, found, done);
    if (events > 0) onRead();
  }

  async #putOff({ object, attempts }: DueRead): Promise<void> {
    const { reads, now, random, log } = this.#tools;
    const wait = WAITS[attempts];
    const at = wait === undefined ? null : new Date(now().getTime() + jitter(wait, random)).toISOString();
    await reads.failed(this.account, object, at);
    if (at === null) {
      const kind = object.slice(0, object.indexOf(':'));
      log.warn(
        { account: this.account, object: kind },
        'given up reading this until Boom speaks of it again',
      );
    }
  }
}
