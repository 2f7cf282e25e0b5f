/** One account at Boom with API keys: one health for all that is asked of it, and one whole reading after the other. */
import type { BoomApi } from '../boom/api/client.ts';
import { Breaker } from '../breaker.ts';
import { faultName } from '../fault-name.ts';
import { asPushError, PushError, type PushErrorKind } from '../http/push-error.ts';
import type { ConnectionStore } from '../store/connections.ts';
import { healthName } from '../store/connections.ts';
import type { ReadStore } from '../store/reads.ts';
import type { Resync, ResyncStore } from '../store/resyncs.ts';
import { Hydrator, type ReadLog } from './hydrator.ts';
import { type ResyncTools, runResync } from './resync.ts';

export interface ResyncReport {
  account: string;
  /** `no_keys`: there is no API to ask · `failed`: it broke off, and the next one goes on · `stopped`: we are ending. */
  outcome: 'done' | 'no_keys' | 'failed' | 'stopped';
  since: string | null;
  /** Objects that were looked at, those of them that were new or had changed, and tenants that changed by it. */
  seen: number;
  changed: number;
  tenants: number;
  /** Of the failure. */
  kind: PushErrorKind | null;
  message: string | null;
  remedy: string | null;
}

export const NOTHING_READ = {
  since: null,
  seen: 0,
  changed: 0,
  tenants: 0,
  kind: null,
  message: null,
  remedy: null,
} as const;

export interface AccountTools {
  reads: ReadStore;
  resyncs: ResyncStore;
  connections: ConnectionStore;
  log: ReadLog;
  now: () => Date;
  random: () => number;
  /** There are new events in the inbox. */
  onRead: () => void;
  /** Resolves when all that waits in the inbox has been projected. */
  projected: () => Promise<void>;
}

export class BoomAccount {
  readonly name: string;
  readonly hydrator: Hydrator;
  readonly #source: BoomApi;
  readonly #breaker: Breaker;
  readonly #tools: AccountTools;
  /** Ends with the whole reading that was last asked for. */
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(name: string, source: BoomApi, tools: AccountTools) {
    this.name = name;
    this.#source = source;
    this.#tools = tools;
    this.#breaker = new Breaker(healthName(name), () => source.check(), tools);
    this.hydrator = new Hydrator(name, source, { ...tools, breaker: this.#breaker });
  }

  /** Whole readings one after the other, whoever asks for them. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return await result;
  }

  /** In its turn. `begin`: asked once Boom may be. Never throws for what Boom answers. */
  async read(begin: () => Promise<Resync>, dryRun = false): Promise<ResyncReport> {
    const account = this.name;
    if (this.#stopped) return { ...NOTHING_READ, account, outcome: 'stopped' };
    const obstacle = await this.#obstacle();
    if (obstacle !== null) return { ...NOTHING_READ, account, ...failed(obstacle) };
    let at = await begin();
    const onPage = (resync: Resync) => {
      at = resync;
    };
    try {
      at = await runResync(at, this.#source, this.#resyncTools(dryRun, onPage));
      if (at.finishedAt === null) return reportOf(at, { outcome: 'stopped' });
      await this.#breaker.succeed();
      if (!dryRun) at = await this.#countTenants(at);
      return reportOf(at, { outcome: 'done' });
    } catch (thrown) {
      return reportOf(at, failed(await this.#heed(thrown)));
    }
  }

  /** Lets what is under way finish its page. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.hydrator.loop.stop(), this.#turn]);
  }

  /** Why Boom is left alone now; null where it may be asked. */
  async #obstacle(): Promise<PushError | null> {
    if ((await this.#breaker.wait()) === 0) return null;
    const health = await this.#tools.connections.get(healthName(this.name));
    return new PushError(health?.kind ?? 'rate_limited', health?.message ?? 'Boom asked us to slow down.', {
      remedy: health?.remedy ?? 'Nothing to do: it is tried again by itself.',
    });
  }

  #resyncTools(dryRun: boolean, onPage: (resync: Resync) => void): ResyncTools {
    const { reads, resyncs, now, onRead } = this.#tools;
    const tools = { now, onPage, stopped: () => this.#stopped };
    if (!dryRun) return { ...tools, reads, resyncs, onRead };
    return {
      ...tools,
      reads: {
        highWater: reads.highWater,
        record: (account, found, _, how) => reads.countNews(account, found, how?.tell ?? 'changed'),
      },
      resyncs: { save: async () => {} },
      onRead: () => {},
    };
  }

  async #countTenants(finished: Resync): Promise<Resync> {
    const { reads, resyncs, projected } = this.#tools;
    await projected();
    const counted = { ...finished, tenants: await reads.tenantsChangedBy(finished) };
    await resyncs.save(counted);
    return counted;
  }

  /** A failure of the API or its keys is the account's; the hydrator heeds it as well. */
  async #heed(thrown: unknown): Promise<PushError> {
    const error = asPushError(thrown);
    if (error !== thrown)
      this.#tools.log.error({ account: this.name, ...faultName(thrown) }, 'our own fault in a resync');
    if (error.concernsConnection || error.kind === 'rate_limited' || error.kind === 'forbidden')
      await this.#breaker.fail(error);
    return error;
  }
}

function failed({ kind, message, remedy }: PushError) {
  return { outcome: 'failed', kind, message, remedy } as const;
}

function reportOf(
  { account, since, seen, changed, tenants }: Resync,
  how: Pick<ResyncReport, 'outcome'> & Partial<ResyncReport>,
): ResyncReport {
  return { ...NOTHING_READ, account, since, seen, changed, tenants, ...how };
}
