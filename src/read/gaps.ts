/**
 * Knows when this program was not there to hear. Boom tries a delivery three times within two minutes: what it sent
 * in a longer gap is lost, and is read back where Boom's API can tell it.
 */
import type { BoomEvent } from '../boom/event.ts';
import { EFFECTS, isLiveLeasing, isLiveReporting } from '../project/effects.ts';
import { RETRY_WINDOW_MS } from '../project/ordering.ts';
import type { Tenant } from '../project/tenant.ts';
import type { Inbox } from '../store/inbox.ts';
import type { ResyncStore } from '../store/resyncs.ts';
import type { Gap, UnconfirmedPart, UptimeStore } from '../store/uptime.ts';

/** How often we say that we are there. */
export const BEAT_MS = 30_000;

/** What was decided this long before a gap may have been taken back in it. */
const MAY_BE_REVERTED_MS = 30 * 24 * 60 * 60_000;
/** Sets that BoomReport's events fill, and no read tells. */
const REPORTED: ReadonlySet<string> = new Set(['verification', 'issue', 'furnishment', 'payment']);

export interface GapTools {
  uptime: UptimeStore;
  inbox: Pick<Inbox, 'count'>;
  resyncs: Pick<ResyncStore, 'ofGap'>;
  now: () => Date;
  /** Whether some account has API keys: then even an empty book may lack somebody. */
  canRead: boolean;
}

export class GapWatch {
  readonly #tools: GapTools;
  #run = 0;
  #seenAt = 0;

  constructor(tools: GapTools) {
    this.#tools = tools;
  }

  /** Returns the gap since the last run, if there was one. */
  async begin(): Promise<Gap | null> {
    const { uptime, now } = this.#tools;
    const last = await uptime.lastSeen();
    const at = now();
    const gap =
      last === null ? null : await this.#gapSince(Date.parse(last.seen), at, Date.parse(last.began));
    this.#run = await uptime.begin(at.toISOString());
    this.#seenAt = at.getTime();
    return gap;
  }

  /** We are there and the store takes deliveries. Returns the gap since we last were, if there was one. */
  async beat(): Promise<Gap | null> {
    const { uptime, now } = this.#tools;
    const at = now();
    const gap = await this.#gapSince(this.#seenAt, at, this.#seenAt);
    await uptime.seen(this.#run, at.toISOString());
    this.#seenAt = at.getTime();
    return gap;
  }

  /** Takes out of the open gaps whom Boom has spoken of since, and closes those in which nothing is left. */
  async settle(accounts: readonly { name: string; canRead: boolean }[]): Promise<void> {
    const { uptime, resyncs, now } = this.#tools;
    for (const gap of await uptime.gaps({ open: true })) {
      const finished = (await resyncs.ofGap(gap.id)).filter((one) => one.finishedAt !== null);
      const read = accounts.filter(({ name }) => finished.some((one) => one.account === name));
      for (const { name } of read) await uptime.confirm(gap.id, { account: name, what: 'leasing' });
      const left = await uptime.settleHeard(gap.id, settledBy);
      // Without a reading there may be people of whom we have never heard.
      if (left === 0 && read.length === accounts.length) await uptime.settle(gap.id, now().toISOString());
    }
  }

  async #gapSince(seenAt: number, at: Date, began: number): Promise<Gap | null> {
    const { uptime, inbox, canRead } = this.#tools;
    // A clock that was ahead says nothing of when we were last there: at the latest when the run began.
    const since = seenAt > at.getTime() ? Math.min(began, at.getTime()) : seenAt;
    if (at.getTime() - since <= RETRY_WINDOW_MS) return null;
    // Nobody has been told of us yet.
    if (!canRead && (await inbox.count()) === 0) return null;
    const from = new Date(since).toISOString();
    return await uptime.openGap(from, at.toISOString(), (tenant) => unconfirmedOf(tenant, since));
  }
}

/** What Boom may have said of this person in the gap. */
function unconfirmedOf({ applications, enrollments }: Tenant, from: number): UnconfirmedPart[] {
  const parts: UnconfirmedPart[] = [];
  const leasing = applications.some(
    ({ leasing: now, since }) =>
      now !== null &&
      now !== 'merged' &&
      (isLiveLeasing(now) || Date.parse(since ?? '') > from - MAY_BE_REVERTED_MS),
  );
  if (leasing) parts.push('leasing');
  if (enrollments.some(({ reporting }) => reporting === null || isLiveReporting(reporting))) {
    parts.push('reporting');
  }
  return parts;
}

/** What a delivery makes known again; a visit to a link says nothing of furnishments or a move-out. */
function settledBy({ name }: BoomEvent): UnconfirmedPart | null {
  const { leasing, reporting, own } = EFFECTS[name];
  if (reporting !== undefined || (own !== undefined && REPORTED.has(own))) return 'reporting';
  return leasing !== undefined || own === 'merge' ? 'leasing' : null;
}
