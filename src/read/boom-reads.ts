/** All reading of Boom's API: what deliveries leave unsaid, whole accounts, and the gaps in which we did not hear. */
import type { BoomApi } from '../boom/api/client.ts';
import { faultName } from '../fault-name.ts';
import type { Tenant } from '../project/tenant.ts';
import { objectsOf } from '../project/wanted-reads.ts';
import { healthName } from '../store/connections.ts';
import type { Resync } from '../store/resyncs.ts';
import type { Stores } from '../store/stores.ts';
import { type AccountTools, BoomAccount, NOTHING_READ, type ResyncReport } from './account.ts';
import { GapWatch } from './gaps.ts';
import type { Hydrator } from './hydrator.ts';
import { intervalOf, type ResyncAsked } from './interval.ts';
import { Recovery } from './recovery.ts';

/** No record waits longer for a read before it is made. */
const LONGEST_WAIT_MS = 5 * 60_000;

export interface BoomReadsOptions
  extends Pick<AccountTools, 'log' | 'now' | 'random' | 'onRead' | 'projected'> {
  /** `source`: null for an account without API keys. */
  accounts: readonly { name: string; source: BoomApi | null }[];
  stores: Stores;
}

export interface AccountsAsked extends ResyncAsked {
  /** Only this account; null: all of them. */
  account: string | null;
  /** Count what differs and keep nothing. */
  dryRun: boolean;
}

export class BoomReads {
  readonly hydrators: readonly Hydrator[];
  readonly watch: GapWatch;
  readonly #options: BoomReadsOptions;
  /** `reader`: null for an account without API keys. */
  readonly #accounts: readonly { name: string; reader: BoomAccount | null }[];
  readonly #recovery: Recovery;
  #firstReading: Promise<void> = Promise.resolve();

  constructor(options: BoomReadsOptions) {
    this.#options = options;
    const { accounts, stores, ...tools } = options;
    this.#accounts = accounts.map(({ name, source }) => ({
      name,
      reader: source === null ? null : new BoomAccount(name, source, { ...stores, ...tools }),
    }));
    this.hydrators = this.#readers.map(({ hydrator }) => hydrator);
    this.watch = new GapWatch({ ...stores, now: tools.now, canRead: this.#readers.length > 0 });
    this.#recovery = new Recovery({ ...stores, ...tools, accounts: this.#accounts, watch: this.watch });
  }

  get #readers(): BoomAccount[] {
    return this.#accounts.flatMap(({ reader }) => reader ?? []);
  }

  /** Under which the health of the accounts' APIs is kept, beside that of the connections. */
  get healthNames(): string[] {
    return this.#readers.map(({ name }) => healthName(name));
  }

  /** An account that was never read is read once, so that later readings know what is new. */
  start(): void {
    for (const { loop } of this.hydrators) loop.start();
    this.#firstReading = this.#readFirst().catch((error: unknown) => {
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
    await Promise.all(this.#readers.map((reader) => reader.stop()));
    await this.#firstReading;
    await this.#recovery.idle();
  }

  /**
   * Whether something about this person is still to be read, and none of it has been waited for too long; or was read,
   * and is not in their record yet.
   */
  async awaitsRead(tenant: Tenant): Promise<boolean> {
    const { stores, now } = this.#options;
    if (!this.hydrators.some(({ account }) => account === tenant.account)) return false;
    const objects = objectsOf(tenant);
    const since = await stores.reads.wantedSince(tenant.account, objects);
    if (since !== null && now().getTime() - Date.parse(since) < LONGEST_WAIT_MS) return true;
    return await stores.reads.unprojected(tenant.account, objects);
  }

  /** Reads back what is open of the gaps, and closes those of which nothing is. */
  recover(): Promise<void> {
    return this.#recovery.recover();
  }

  /** Reads whole accounts, one after the other. Never throws for what Boom answers. */
  async resync(asked: AccountsAsked): Promise<ResyncReport[]> {
    const reports: ResyncReport[] = [];
    for (const { name, reader } of this.#accounts) {
      if (asked.account !== null && asked.account !== name) continue;
      reports.push(
        reader === null
          ? { ...NOTHING_READ, ...NO_KEYS, account: name }
          : await reader.inTurn(() => this.#resyncOne(reader, asked)),
      );
    }
    return reports;
  }

  async #readFirst(): Promise<void> {
    const { stores, log } = this.#options;
    for (const { name } of this.#readers) {
      if ((await stores.resyncs.coveredUntil(name)) !== null) continue;
      const [report] = await this.resync({ account: name, since: null, all: false, dryRun: false });
      const { outcome, kind, seen } = report ?? {};
      if (outcome === 'done') log.info({ account: name, seen }, 'read Boom for the first time');
      if (outcome === 'failed')
        log.warn(
          { account: name, kind },
          'the first reading of Boom broke off; the next resync goes on with it',
        );
    }
  }

  /** Asked for again in the same way, it goes on where one broke off, and then reads what changed since that was begun. */
  async #resyncOne(reader: BoomAccount, asked: AccountsAsked): Promise<ResyncReport> {
    const broken = await this.#brokenOff(reader.name, asked);
    if (broken === null) return await reader.read(() => this.#begin(reader.name, asked), asked.dryRun);
    const rest = await reader.read(async () => broken);
    if (rest.outcome !== 'done') return rest;
    const since = await reader.read(() => this.#begin(reader.name, { ...asked, since: null, all: false }));
    return {
      ...since,
      since: rest.since,
      seen: rest.seen + since.seen,
      changed: rest.changed + since.changed,
      tenants: rest.tenants + since.tenants,
    };
  }

  async #brokenOff(account: string, { since, all, dryRun }: AccountsAsked): Promise<Resync | null> {
    if (dryRun || since !== null) return null;
    const { resyncs, connections } = this.#options.stores;
    const broken = await resyncs.unfinished(account, null);
    // A right may be lacking for ever: what may be read is not held up by what may not.
    if ((await connections.get(healthName(account)))?.kind === 'forbidden') return null;
    return broken !== null && (!all || broken.since === null) ? broken : null;
  }

  async #begin(account: string, asked: AccountsAsked): Promise<Resync> {
    const { resyncs, reads } = this.#options.stores;
    const startedAt = this.#options.now().toISOString();
    const soFar = {
      coveredUntil: await resyncs.coveredUntil(account),
      firstEventAt: await reads.firstEventAt(account),
    };
    const begun = { account, gapId: null, startedAt, ...intervalOf(asked, soFar, startedAt) };
    return asked.dryRun ? { ...begun, ...NOT_KEPT, updatedAt: startedAt } : await resyncs.begin(begun);
  }
}

/** A resync that no table knows. */
const NOT_KEPT = {
  id: 0,
  step: 'applications',
  page: 1,
  pages: null,
  seen: 0,
  changed: 0,
  tenants: 0,
  finishedAt: null,
} as const;

const NO_KEYS = {
  outcome: 'no_keys',
  message: 'There are no API keys for this account, so that boomsync cannot ask Boom',
  remedy: 'Ask Boom for API keys and name them under "boom: - api:" in config/boomsync.yaml.',
} as const;
