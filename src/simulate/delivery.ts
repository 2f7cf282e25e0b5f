/** Boom's outgoing mail: what waits, what is tried again, and what is given up. */
import { createAgenda } from './agenda.ts';
import { type Chaos, fateOf } from './chaos.ts';
import type { SimDelivery } from './life.ts';
import type { Random } from './random.ts';
import { MINUTE } from './time.ts';

/** How often Boom tries again, and how long after the last try. */
const RETRIES = 2;
const RETRY_AFTER = MINUTE;

export interface DeliveryStats {
  /** What happened in the simulated life and is told by a delivery. */
  deliveries: number;
  /** Of those: taken at least once. */
  delivered: number;
  /** Of those: never sent, on purpose. */
  dropped: number;
  /** Of those: refused or unanswered each time that Boom tried. */
  lost: number;
  /** Sent again although the first was sent, on purpose. */
  duplicated: number;
  /** Held back so that others overtook them, on purpose. */
  held: number;
  /** Requests made, with those that were tried again. */
  posts: number;
  /** Requests that were made because the one before was refused or not answered. */
  retries: number;
}

/** `duplicate`: taken, and it was taken before. */
export type Outcome = 'delivered' | 'duplicate' | 'dropped' | 'lost';

/** The body as it was sent, and the simulated time of the sending in milliseconds since 1970. */
export type Post = (delivery: SimDelivery, at: number) => Promise<boolean>;

export interface OutboxOptions {
  post: Post;
  chaos: Chaos;
  random: Random;
  /** Called once for each delivery, and again for each duplicate that was taken. */
  onOutcome?: (delivery: SimDelivery, outcome: Outcome, at: number) => void;
}

interface Copy {
  delivery: SimDelivery;
  tries: number;
  state: { open: number; taken: boolean };
}

export interface Outbox {
  readonly stats: DeliveryStats;
  add(delivery: SimDelivery): void;
  /** When the next is to be sent, in milliseconds since 1970; null where nothing waits. */
  next(): number | null;
  /** Sends what is due next; `at`: the simulated time. */
  sendNext(at: number): Promise<void>;
}

export function createOutbox({ post, chaos, random, onOutcome }: OutboxOptions): Outbox {
  const waiting = createAgenda<Copy>();
  const stats: DeliveryStats = {
    deliveries: 0,
    delivered: 0,
    dropped: 0,
    lost: 0,
    duplicated: 0,
    held: 0,
    posts: 0,
    retries: 0,
  };

  /** One of a delivery's copies has come to its end. */
  function close({ delivery, state }: Copy, taken: boolean, at: number): void {
    state.open -= 1;
    if (taken) {
      if (!state.taken) stats.delivered += 1;
      onOutcome?.(delivery, state.taken ? 'duplicate' : 'delivered', at);
      state.taken = true;
    } else if (state.open === 0 && !state.taken) {
      stats.lost += 1;
      onOutcome?.(delivery, 'lost', at);
    }
  }

  return {
    stats,
    add(delivery) {
      stats.deliveries += 1;
      const after = fateOf(random, chaos);
      const state = { open: after.length, taken: false };
      for (const ms of after) waiting.add(delivery.at + ms, { delivery, tries: 0, state });
      if ((after[0] ?? 0) > 0) stats.held += 1;
      if (after.length > 1) stats.duplicated += 1;
      if (after.length > 0) return;
      stats.dropped += 1;
      onOutcome?.(delivery, 'dropped', delivery.at);
    },
    next: () => waiting.next(),
    async sendNext(at) {
      const copy = waiting.take()?.what;
      if (copy === undefined) return;
      stats.posts += 1;
      if (copy.tries > 0) stats.retries += 1;
      copy.tries += 1;
      if (await post(copy.delivery, at)) close(copy, true, at);
      else if (copy.tries > RETRIES) close(copy, false, at);
      else waiting.add(at + RETRY_AFTER, copy);
    },
  };
}
