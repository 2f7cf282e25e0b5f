/** The fake Boom as a whole: the life of a building, its deliveries to one address, and the partner API beside them. */
import { type ApiOptions, type BoomApiServer, startBoomApi } from './api.ts';
import { CALM, type Chaos } from './chaos.ts';
import { createClock } from './clock.ts';
import { createOutbox, type DeliveryStats, type Outbox, type OutboxOptions } from './delivery.ts';
import type { Generation, SimDelivery } from './life.ts';
import { createPoster, type Poster } from './poster.ts';
import { createRandom } from './random.ts';
import type { Truth } from './truth.ts';
import { createWorld, type World } from './world.ts';

export interface FakeBoomOptions {
  /** The same seed, units, start and generation give the same life, whatever the chaos. */
  seed: number;
  units: number;
  start: Date;
  /**
   * When life stops; what waits to be sent then is still sent, two minutes being the longest. Receivers distrust
   * times that lie ahead of theirs: let it be the real now, or before.
   */
  end: Date;
  generation?: Generation;
  /** A webhook's address and key; or whatever takes a delivery, says whether it was taken, and never rejects. */
  target: { url: string; key: string } | ((delivery: SimDelivery, at: Date) => Promise<boolean>);
  chaos?: Partial<Chaos>;
  /** Simulated seconds in a real one; infinite, the default: as fast as the receiver answers. */
  speed?: number;
  /** How many requests may be under way at once: 1 keeps the order. */
  concurrency?: number;
  /** Left out: no API is served. */
  api?: ApiOptions;
  /**
   * Called and waited for before each request, with the simulated time. With a concurrency of 1 nothing else goes on
   * meanwhile, so that a receiver which is stopped in one call and started in a later one was away for just that
   * simulated time.
   */
  onClock?: (at: Date) => Promise<void> | void;
  onOutcome?: OutboxOptions['onOutcome'];
}

export interface FakeBoom {
  readonly world: World;
  /** Null where no API is served. */
  readonly api: BoomApiServer | null;
  /** Lives from start to end; ends early where it is stopped. Once only. */
  run(): Promise<DeliveryStats>;
  stats(): DeliveryStats;
  /** How far the life has come. */
  now(): Date;
  /** What a receiver should have come to, as of `now()`. */
  truth(): Truth;
  /** Ends the life where it is; the API goes on answering. */
  halt(): void;
  /** Ends everything and waits for it. */
  stop(): Promise<void>;
}

export async function createFakeBoom(options: FakeBoomOptions): Promise<FakeBoom> {
  const { seed, units, start, generation = 'current', target, chaos, onOutcome } = options;
  const world = createWorld({ seed, units, start, generation });
  const poster = typeof target === 'function' ? null : await createPoster(target);
  const api = options.api ? await startBoomApi(world, options.api) : null;
  const outbox = createOutbox({
    post: async (delivery, at) =>
      typeof target === 'function'
        ? await target(delivery, new Date(at))
        : await (poster as Poster).post(delivery.body),
    chaos: { ...CALM, ...chaos },
    random: createRandom(`chaos ${seed}`),
    ...(onOutcome ? { onOutcome } : {}),
  });
  const stopped = new AbortController();
  let running: Promise<void> | null = null;
  return {
    world,
    api,
    async run() {
      running ??= live(world, outbox, options, stopped.signal);
      await running;
      return { ...outbox.stats };
    },
    stats: () => ({ ...outbox.stats }),
    now: () => world.now(),
    truth: () => world.truth(),
    halt: () => stopped.abort(),
    async stop() {
      stopped.abort();
      await running;
      poster?.close();
      await api?.close();
    },
  };
}

async function live(
  world: World,
  outbox: Outbox,
  { start, end, speed = Number.POSITIVE_INFINITY, concurrency = 1, onClock }: FakeBoomOptions,
  stopped: AbortSignal,
): Promise<void> {
  const clock = createClock(start.getTime(), speed);
  const underWay = new Set<Promise<void>>();
  while (!stopped.aborted) {
    const event = world.next().getTime();
    const post = outbox.next();
    if (event <= end.getTime() && (post === null || event <= post)) {
      await clock.until(event, stopped);
      if (!stopped.aborted) for (const delivery of world.advance(new Date(event))) outbox.add(delivery);
    } else if (post !== null) {
      await clock.until(post, stopped);
      if (stopped.aborted) break;
      await onClock?.(new Date(post));
      const sending = outbox.sendNext(post).finally(() => underWay.delete(sending));
      underWay.add(sending);
      if (underWay.size >= concurrency) await Promise.race(underWay);
    } else if (underWay.size > 0) {
      // What comes back refused is to be tried again.
      await Promise.race(underWay);
    } else break;
  }
  await Promise.all(underWay);
  if (!stopped.aborted) world.advance(end);
}
