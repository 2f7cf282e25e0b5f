/** All reading of Boom's API: what deliveries leave unsaid, whole accounts, and the gaps in which we did not hear. */
import { faultName } from '../fault-name.ts';
import { asPushError } from '../http/push-error.ts';
import type { Tenant } from '../project/tenant.ts';
import { objectsOf } from '../project/wanted-reads.ts';
import type { ReadStore } from '../store/reads.ts';
import type { Resync, ResyncReason } from '../store/resyncs.ts';
import type { Stores } from '../store/stores.ts';
import type { Gap } from '../store/uptime.ts';
import { GapWatch } from './gaps.ts';
import { Hydrator, type ReadLog } from './hydrator.ts';
import { runResync } from './resync.ts';
import type { BoomSource } from './source.ts';

/** No record waits longer for a read before it is made. */
const LONGEST_WAIT_MS = 5 * 60_000;
const ASK_AGAIN_MS = 5 * 60_000;

export interface BoomReadsOptions {
  /** `source`: null for an account without API keys. */
  accounts: readonly { name: string; source: BoomSource | null }[];
  stores: Stores;
  log: ReadLog;
  now: () => Date;
  random: () => number;
  /** There are new events in the inbox. */
  onRead: () => void;
  /** Resolves when all that waits in the inbox has been projected. */
  projected: () => Promise<void>;
}

export interface ResyncAsked {
  reason: ResyncReason;
  /** Only this account; null: all of them. */
  account: string | null;
  /** UTC ISO 8601; null: since the last time. */
  since: string | null;
  /** Everything, whenever it changed. */
  all: boolean;
  /** Count what differs and keep nothing. */
  dryRun: boolean;
}

export interface ResyncReport {
  account: string;
  /** `no_keys`: there is no API to ask · `failed`: it broke off, and the next one goes on · `stopped`: we are ending. */
  outcome: 'done' | 'no_keys' | 'failed' | 'stopped';
  since: string | null;
  /** Objects that were looked at, those of them that were new or had changed, and tenants that changed by it. */
  seen: number;
  changed: number;
  tenants: number;
  message: string | null;
  remedy: string | null;
}

export class BoomReads {
  readonly hydrators: readonly Hydrator[];
  readonly watch: GapWatch;
  readonly #options: BoomReadsOptions;
  #stopped = false;
  #recovering: Promise<void> = Promise.resolve();
  /** Boom's API failed while a gap was read back. */
  #askAgainAt = 0;

  constructor(options: BoomReadsOptions) {
    this.#options = options;
    const { stores, log, now, random, onRead } = options;
    this.hydrators = options.accounts.flatMap(({ name, source }) =>
      source === null ? [] : [new Hydrator(name, source, { ...stores, log, now, random, onRead })],
    );
    this.watch = new GapWatch({ ...stores, now });
  }

  /** An account that was never read is read once, so that later readings know what is new. */
  start(): void {
    for (const { loop } of this.hydrators) loop.start();
    this.#recovering = this.#readFirst().catch((error: unknown) => {
      this.#options.log.error(
        faultName(error),
        'the first reading of Boom failed; the next resync goes on with it',
      );
    });
  }

  wake(): void {
    for (const { loop } of this.hydrators) loop.wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.hydrators.map(({ loop }) => loop.stop()));
    await this.#recovering;
  }

  /** Whether something about this person is still to be read, and has not been waited for too long. */
  async awaitsRead(tenant: Tenant): Promise<boolean> {
    const { stores, now } = this.#options;
    if (!this.hydrators.some(({ account }) => account === tenant.account)) return false;
    const since = await stores.reads.wantedSince(tenant.account, objectsOf(tenant));
    return since !== null && now().getTime() - Date.parse(since) < LONGEST_WAIT_MS;
  }

  /** Reads whole accounts, one after the other. Never throws for what Boom answers. */
  async resync(asked: ResyncAsked): Promise<ResyncReport[]> {
    const reports: ResyncReport[] = [];
    for (const { name, source } of this.#options.accounts) {
      if (asked.account !== null && asked.account !== name) continue;
      if (source === null) {
        reports.push({ ...NO_KEYS, account: name });
        continue;
      }
      const begun = await this.#begin(name, asked);
      reports.push(await this.#run(begun, source, asked.dryRun));
    }
    return reports;
  }

  async #readFirst(): Promise<void> {
    const { stores, log } = this.#options;
    for (const { account } of this.hydrators) {
      if ((await stores.resyncs.lastFinished(account)) !== null || this.#stopped) continue;
      const asked = { reason: 'schedule', account, since: null, all: false, dryRun: false } as const;
      const [report] = await this.resync(asked);
      log.info({ account, outcome: report?.outcome, seen: report?.seen }, 'read Boom for the first time');
    }
  }

  /** One at a time: a gap may be found while another is being read back. */
  recover(): Promise<void> {
    this.#recovering = this.#recovering
      .then(() => this.#recoverAll())
      .catch((error: unknown) => {
        this.#options.log.error(faultName(error), 'reading a gap back failed; it is tried again');
      });
    return this.#recovering;
  }

  async #recoverAll(): Promise<void> {
    const { stores, accounts, projected, now } = this.#options;
    const asks = now().getTime() >= this.#askAgainAt;
    for (const gap of await stores.uptime.gaps({ open: true })) {
      const done = (await stores.resyncs.ofGap(gap.id)).filter((one) => one.finishedAt !== null);
      for (const { name, source } of accounts) {
        if (!asks || source === null || this.#stopped || done.some((one) => one.account === name)) continue;
        await this.#readBack(gap, name, source);
      }
    }
    await projected();
    await this.watch.settle(accounts.map(({ name, source }) => ({ name, canRead: source !== null })));
  }

  async #readBack(gap: Gap, account: string, source: BoomSource): Promise<void> {
    const { stores, log, now } = this.#options;
    const begun =
      (await stores.resyncs.unfinished(account, gap.id)) ??
      (await stores.resyncs.begin({
        account,
        reason: 'gap',
        gapId: gap.id,
        since: gap.from,
        until: gap.to,
        baseline: (await stores.resyncs.lastFinished(account)) === null,
        startedAt: now().toISOString(),
      }));
    const { outcome, seen, changed, tenants } = await this.#run(begun, source, false);
    if (outcome === 'failed') this.#askAgainAt = now().getTime() + ASK_AGAIN_MS;
    log.info(
      { account, from: gap.from, to: gap.to, outcome, seen, changed, tenants },
      'read back what Boom sent while we were down',
    );
  }

  async #begin(account: string, asked: ResyncAsked): Promise<Resync> {
    const { resyncs, reads } = this.#options.stores;
    const broken = await resyncs.unfinished(account, null);
    const same = asked.since === null && !asked.all && !asked.dryRun;
    // Asked for again in the same way, it goes on where it broke off.
    if (broken !== null && (same || (asked.all && broken.since === null && !asked.dryRun))) return broken;
    const startedAt = this.#options.now().toISOString();
    const last = await resyncs.lastFinished(account);
    const begin = asked.since ?? last?.startedAt ?? (await reads.firstEventAt(account)) ?? startedAt;
    const begun = {
      account,
      reason: asked.reason,
      gapId: null,
      since: asked.all ? null : begin,
      until: startedAt,
      baseline: !asked.all && last === null,
      startedAt,
    };
    if (asked.dryRun) {
      return {
        ...begun,
        id: 0,
        step: 'applications',
        page: 1,
        pages: null,
        seen: 0,
        changed: 0,
        tenants: 0,
        finishedAt: null,
      };
    }
    return await resyncs.begin(begun);
  }

  async #run(begun: Resync, source: BoomSource, dryRun: boolean): Promise<ResyncReport> {
    const { stores, now, onRead } = this.#options;
    let at = begun;
    const report = (outcome: ResyncReport['outcome'], message: string | null, remedy: string | null) => {
      const { account, since, seen, changed, tenants } = at;
      return { account, outcome, since, seen, changed, tenants, message, remedy };
    };
    try {
      at = await runResync(begun, source, {
        reads: dryRun ? countingOnly(stores.reads) : stores.reads,
        resyncs: dryRun ? { ...stores.resyncs, save: async () => {} } : stores.resyncs,
        now,
        onRead,
        stopped: () => this.#stopped,
        onPage: (resync) => {
          at = resync;
        },
      });
      if (at.finishedAt === null) return report('stopped', null, null);
      if (!dryRun) {
        await this.#options.projected();
        at = { ...at, tenants: await stores.reads.tenantsChangedSince(at.account, at.startedAt) };
        await stores.resyncs.save(at);
      }
      return report('done', null, null);
    } catch (thrown) {
      const error = asPushError(thrown);
      if (error !== thrown) this.#options.log.error(faultName(thrown), 'our own fault in a resync');
      return report('failed', error.message, error.remedy);
    }
  }
}

const NO_KEYS = {
  outcome: 'no_keys',
  since: null,
  seen: 0,
  changed: 0,
  tenants: 0,
  message: 'There are no API keys for this account, so that boomsync cannot ask Boom',
  remedy: 'Ask Boom for API keys and name them under "boom: - api:" in config/boomsync.yaml.',
} as const;

/** Compares with what was read before, and keeps nothing. */
function countingOnly(reads: ReadStore): ReadStore {
  return {
    ...reads,
    async record(account, found) {
      const known = await reads.known(
        account,
        found.map(({ object }) => object),
      );
      return found.flatMap(({ object, hash }) => (known.get(object)?.hash === hash ? [] : [0]));
    },
  };
}
