/**
 * Knows when this program was not there to hear. Boom tries a delivery three times within two minutes: what it sent
 * in a longer gap is lost, and is read back where Boom's API can tell it.
 */
import type { Tenant } from '../project/tenant.ts';
import type { ResyncStore } from '../store/resyncs.ts';
import type { TenantStore } from '../store/tenants.ts';
import type { Gap, Unconfirmed, UptimeStore } from '../store/uptime.ts';

/** Boom's first try and two more, a minute apart, and ten seconds of slack. */
export const LONGEST_SILENCE_MS = 130_000;
/** How often we say that we are there. */
export const BEAT_MS = 30_000;

const ENDED = new Set(['declined', 'canceled', 'merged']);
const LIVE_REPORTING = new Set(['registered', 'pending', 'approved']);

export interface GapTools {
  uptime: UptimeStore;
  tenants: Pick<TenantStore, 'list' | 'count'>;
  resyncs: Pick<ResyncStore, 'ofGap'>;
  now: () => Date;
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
    const gap = last === null ? null : await this.#gapSince(Date.parse(last), at);
    this.#run = await uptime.begin(at.toISOString());
    this.#seenAt = at.getTime();
    return gap;
  }

  /** We are there and the store takes deliveries. Returns the gap since we last were, if there was one. */
  async beat(): Promise<Gap | null> {
    const { uptime, now } = this.#tools;
    const at = now();
    const gap = await this.#gapSince(this.#seenAt, at);
    await uptime.seen(this.#run, at.toISOString());
    this.#seenAt = at.getTime();
    return gap;
  }

  /** Takes out of the open gaps whom Boom has spoken of since, and closes those in which nothing is left. */
  async settle(accounts: readonly { name: string; canRead: boolean }[]): Promise<void> {
    const { uptime, resyncs, now } = this.#tools;
    for (const gap of await uptime.gaps({ open: true })) {
      const finished = (await resyncs.ofGap(gap.id)).filter((one) => one.finishedAt !== null);
      const readBack = accounts.every(
        ({ name, canRead }) => canRead && finished.some((one) => one.account === name),
      );
      if (readBack) await uptime.confirm(gap.id, 'leasing');
      const left = await uptime.settleHeard(gap.id);
      // Without a reading there may be people of whom we have never heard.
      if (left === 0 && readBack) await uptime.settle(gap.id, now().toISOString());
    }
  }

  async #gapSince(seenAt: number, at: Date): Promise<Gap | null> {
    const { uptime, tenants } = this.#tools;
    if (at.getTime() - seenAt <= LONGEST_SILENCE_MS) return null;
    // Before anything was ever received there is nothing to have missed.
    if ((await tenants.count()) === 0) return null;
    const gap = await uptime.openGap(new Date(seenAt).toISOString(), at.toISOString());
    for (const { record } of await tenants.list({}))
      await uptime.addUnconfirmed(unconfirmedOf(gap.id, record));
    return gap;
  }
}

/** What Boom may have said of this person in the gap. */
function unconfirmedOf(gapId: number, { id: tenantId, applications, enrollments }: Tenant): Unconfirmed[] {
  const found: Unconfirmed[] = [];
  if (applications.some(({ leasing }) => leasing !== null && !ENDED.has(leasing)))
    found.push({ gapId, tenantId, what: 'leasing' });
  if (enrollments.some(({ reporting }) => reporting === null || LIVE_REPORTING.has(reporting)))
    found.push({ gapId, tenantId, what: 'reporting' });
  return found;
}
