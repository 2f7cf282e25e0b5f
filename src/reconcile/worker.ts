/**
 * One connection's loop: who is due, a pass over each, and a pause when the connection itself fails. Connections know
 * nothing of each other, so that one dead PMS holds up nobody else.
 */
import PQueue from 'p-queue';
import { Breaker } from '../breaker.ts';
import type { Connection } from '../connect/connection.ts';
import { faultName } from '../fault-name.ts';
import { asPushError, type PushError } from '../http/push-error.ts';
import { Loop } from '../loop.ts';
import type { AttemptStore } from '../store/attempts.ts';
import type { ConnectionStore } from '../store/connections.ts';
import type { RemoteIndexStore } from '../store/remote-index.ts';
import type { SyncStore } from '../store/sync.ts';
import type { TenantStore } from '../store/tenants.ts';
import { createFinder } from './finder.ts';
import type { PassTools } from './pass-tools.ts';
import { passTenant, type TenantPass } from './tenant-pass.ts';
import { chosenKeys, Turns, turnKeys } from './turns.ts';
import { UnitList } from './unit-list.ts';

/** Tenants of one round; a file connector writes its file once a round. */
const ROUND = 1000;
/** Looks again after this long even when nothing is planned, should a clock have been set back. */
const LONGEST_SLEEP_MS = 60_000;

export interface WorkerLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

export interface WorkerTools {
  tenants: TenantStore;
  sync: SyncStore;
  attempts: AttemptStore;
  remoteIndex: RemoteIndexStore;
  connections: ConnectionStore;
  timezone: string;
  installation: () => Promise<string>;
  log: WorkerLog;
  now: () => Date;
  random: () => number;
  awaitsRead: PassTools['awaitsRead'];
  step?: PassTools['step'];
}

export class ConnectionWorker {
  readonly connection: Connection;
  readonly loop: Loop;
  readonly #tools: WorkerTools;
  readonly #breaker: Breaker;
  readonly #turns = new Turns();
  readonly #find: PassTools['find'];
  readonly #units: UnitList;
  /** One after the other: rounds, and what may not run beside one. */
  #busy: Promise<unknown> = Promise.resolve();
  /** Who waits to be alone: the round that is under way takes on nobody more. */
  #waiting = 0;

  constructor(connection: Connection, tools: WorkerTools) {
    this.connection = connection;
    this.#tools = tools;
    this.#breaker = new Breaker(connection.name, () => connection.connector.check(), tools);
    this.#find = createFinder(connection, tools.remoteIndex, tools.now);
    this.#units = new UnitList(connection.connector, tools.now);
    this.loop = new Loop(
      () => this.#next(),
      (error) => tools.log.error({ connection: connection.name, ...faultName(error) }, 'a round failed'),
    );
  }

  /** Works until nothing is due now; for a command without a server. */
  async drain(): Promise<void> {
    while ((await this.#next()) === 0);
  }

  /** Does `work` while no pass is under way, and lets what it made durable become durable. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    try {
      return await this.#after(async () => {
        const done = await work();
        await this.connection.connector.flush?.();
        return done;
      });
    } finally {
      this.#waiting -= 1;
      this.loop.wake();
    }
  }

  #next(): Promise<number> {
    return this.#after(() => this.#round());
  }

  #after<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#busy.then(work);
    this.#busy = turn.catch(() => {});
    return turn;
  }

  /** The landlord's own pause: nothing is done, and what is due stays due. */
  async #isPaused(): Promise<boolean> {
    const health = await this.#tools.connections.get(this.connection.name);
    return (health?.pausedAt ?? null) !== null;
  }

  /** One round. Returns how long there is nothing to do, in milliseconds; 0 when there may be more at once. */
  async #round(): Promise<number> {
    const { sync, now } = this.#tools;
    const { name, revision } = this.connection;
    if (await this.#isPaused()) return LONGEST_SLEEP_MS;
    const wait = await this.#breaker.wait();
    if (wait > 0) return wait;

    const due = await sync.due(name, revision, now().toISOString(), ROUND);
    if (due.length === 0) {
      // A file that somebody deleted is written again although nobody is due.
      if (this.connection.connector.flush && !(await this.#flush())) return 1;
      const next = await sync.nextAttempt(name);
      const ms = next === null ? LONGEST_SLEEP_MS : Date.parse(next) - now().getTime();
      return Math.min(Math.max(ms, 1), LONGEST_SLEEP_MS);
    }
    return (await this.#passAll(due)) ? 0 : 1;
  }

  /** False when the connection failed meanwhile. Throws once nobody of the round is at work any more. */
  async #passAll(tenantIds: string[]): Promise<boolean> {
    const { connector } = this.connection;
    const queue = new PQueue({ concurrency: this.connection.concurrency });
    const passes: TenantPass[] = [];
    const faults: unknown[] = [];
    let failure: PushError | null = null;
    for (const id of tenantIds) {
      void queue.add(async () => {
        if (failure !== null || this.loop.stopped || this.#waiting > 0) return;
        try {
          if (await this.#isPaused()) return;
          const pass = await this.#pass(id);
          if (pass === null) return;
          if (pass.failure !== null) failure = pass.failure;
          if (connector.flush) passes.push(pass);
          else await this.#save([pass]);
        } catch (error) {
          faults.push(error);
        }
      });
    }
    await queue.onIdle();
    if (connector.flush) {
      if (!(await this.#flush())) return false;
      await this.#save(passes);
    }
    if (failure !== null) await this.#breaker.fail(failure);
    else if (faults.length === 0) await this.#breaker.succeed();
    if (faults.length > 0) throw faults[0];
    return failure === null;
  }

  /** Whether what was gathered is durable now; else the connection is paused and nothing counts as done. */
  async #flush(): Promise<boolean> {
    try {
      await this.connection.connector.flush?.();
      return true;
    } catch (thrown) {
      await this.#breaker.fail(asPushError(thrown));
      return false;
    }
  }

  async #pass(tenantId: string): Promise<TenantPass | null> {
    const { tenants, sync, attempts, timezone, installation, now, random, awaitsRead, step } = this.#tools;
    const tenant = await tenants.get(tenantId);
    if (tenant === null) return null;
    const states = await sync.states([tenant.record.id], this.connection.name);
    const pass = () =>
      passTenant(tenant, this.connection, states, {
        sync,
        attempts,
        timezone,
        installation,
        now,
        random,
        find: this.#find,
        units: () => this.#units.read(),
        // What was read since this record was is in a newer one, with which the next pass begins.
        awaitsRead: async (one) =>
          (await awaitsRead(one)) || (await tenants.revisionOf(one.id)) !== tenant.revision,
        ...(step ? { step } : {}),
      });
    return await this.#turns.take([...turnKeys(tenant.record.person), ...chosenKeys(states)], pass);
  }

  async #save(passes: TenantPass[]): Promise<void> {
    const { sync, log } = this.#tools;
    await sync.savePasses(passes);
    for (const { states, faults } of passes) {
      for (const fault of faults) {
        log.error({ connection: this.connection.name, ...faultName(fault) }, 'our own fault in a pass');
      }
      for (const { tenantId, connection, kind, state, cause } of states) {
        log.info({ tenant: tenantId, connection, kind, state, cause }, 'reconciled');
      }
    }
  }
}
