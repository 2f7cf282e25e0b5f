/** Wires the pipeline together: receive → inbox → project → reconcile → connect. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type BoomApi, createBoomApi } from './boom/api/client.ts';
import type { Config } from './config/config.ts';
import type { Connection } from './connect/connection.ts';
import { faultName } from './fault-name.ts';
import { PushError } from './http/push-error.ts';
import type { Reload } from './operate/command.ts';
import { type Commands, createCommands } from './operate/commands.ts';
import { openTombstones, type Tombstones } from './operate/forget/tombstones.ts';
import type { Log } from './operate/log.ts';
import { Projecting } from './operate/projecting.ts';
import { createReplays } from './operate/replay.ts';
import type { Read } from './project/understand.ts';
import { BoomReads } from './read/boom-reads.ts';
import { ConnectionWorker, type WorkerTools } from './reconcile/worker.ts';
import type { Stores } from './store/stores.ts';

export interface AppOptions {
  config: Config;
  connections: readonly Connection[];
  stores: Stores;
  log: Log;
  now?: () => Date;
  /** Boom's API by account; from the configuration unless a test says otherwise. */
  sources?: ReadonlyMap<string, BoomApi>;
  /** Told before each step of a pass over a record. */
  step?: WorkerTools['step'];
  /** Reads the connections anew, as a running server does when asked to. */
  reload?: Reload;
}

/** Everything behind the front door: it needs no network of its own. */
export interface App {
  commands: Commands;
  reads: BoomReads;
  /** A delivery was stored. */
  wake(): void;
  start(): void;
  /** Projects and reconciles until nothing is due now; for commands without a server, and for tests. */
  drain(): Promise<void>;
  /** Lets what is under way finish. */
  stop(): Promise<void>;
  /** As they are now. */
  connections(): readonly Connection[];
}

export function createApp({
  config,
  connections: first,
  stores,
  log,
  now = () => new Date(),
  sources,
  step,
  reload,
}: AppOptions): App {
  const random = Math.random;
  const stopping = new AbortController();
  const reads: BoomReads = new BoomReads({
    accounts: config.accounts.map(({ name, api }) => ({
      name,
      source:
        sources?.get(name) ??
        (api === null
          ? null
          : createBoomApi({ config: api, account: name, log, wait: waitUntil(stopping.signal) })),
    })),
    stores,
    log,
    now,
    random,
    onRead: () => projecting.loop.wake(),
    projected: () => (started ? projecting.loop.idle() : projecting.drain()),
  });
  const tools: WorkerTools = {
    ...stores,
    timezone: config.timezone,
    log,
    now,
    random,
    awaitsRead: (tenant) => reads.awaitsRead(tenant),
    ...(step ? { step } : {}),
  };
  let connections = first;
  const workerOf = (connection: Connection) => {
    connection.countIn(stores.spentRequests.of(connection.name));
    return new ConnectionWorker(connection, tools);
  };
  let workers = connections.map(workerOf);
  /** What is under way ends first, so that nobody is worked on twice at once. */
  const connectAnew = async (next: readonly Connection[]) => {
    await Promise.all(workers.map((worker) => worker.loop.stop()));
    if (stopping.signal.aborted) return;
    connections = next;
    workers = connections.map(workerOf);
    if (started) for (const worker of workers) worker.loop.start();
  };
  const wakeWorkers = () => {
    for (const worker of workers) worker.loop.wake();
  };
  const tombstones = openTombstones(config.dataDir);
  const read = reader(config, tombstones);
  const projecting = new Projecting({
    store: stores.projection,
    read,
    now,
    readsFrom: (account) => reads.hydrators.some((hydrator) => hydrator.account === account),
    onStripped: () => stores.retention.checkpoint(),
    onProjected: () => reads.wake(),
    onChanged: wakeWorkers,
    onFault: (error) => log.error(faultName(error), 'projecting failed; it is tried again'),
  });
  let started = false;
  const drain = async () => {
    await projecting.drain();
    for (const hydrator of reads.hydrators) while (await hydrator.drain()) await projecting.drain();
    for (const worker of workers) await worker.drain();
  };
  const settled = async () => {
    if (!started) return await drain();
    await projecting.loop.idle();
    // A read may name another object, as an enrollment its customer; that one names nothing more.
    for (let depth = 0; depth < 2; depth += 1) {
      await Promise.all(reads.hydrators.map((hydrator) => hydrator.loop.idle()));
      await projecting.loop.idle();
    }
    await Promise.all(workers.map((worker) => worker.loop.idle()));
  };
  const replays = createReplays({
    stores,
    projecting,
    read,
    now,
    onProgress: (done, total) => log.info({ done, total }, 'replaying'),
    onFault: (error) => log.error(faultName(error), 'an event could not be replayed'),
  });
  const commands = createCommands({
    stores,
    connections: () => connections,
    timezone: config.timezone,
    config,
    stopping: stopping.signal,
    reads,
    replays,
    wake: wakeWorkers,
    settled,
    now,
    alone: async (name, work) => {
      const worker = workers.find(({ connection }) => connection.name === name);
      return worker === undefined ? await work() : await worker.alone(work);
    },
    unprojected: (work) => projecting.alone(work),
    tombstones,
    reload: reload ?? null,
    connectAnew,
  });

  return {
    commands,
    reads,
    connections: () => connections,
    wake: () => projecting.loop.wake(),
    start() {
      started = true;
      projecting.loop.start();
      reads.start();
      for (const worker of workers) worker.loop.start();
    },
    drain,
    async stop() {
      replays.stop();
      stopping.abort();
      await reads.stop();
      await projecting.loop.stop();
      await Promise.all(workers.map((worker) => worker.loop.stop()));
    },
  };
}

/** Boom may ask us to wait for minutes: nobody stops as slowly. */
function waitUntil(signal: AbortSignal): (ms: number) => Promise<void> {
  return async (ms) => {
    try {
      await sleep(ms, undefined, { signal });
    } catch {
      throw new PushError('rate_limited', 'boomsync is stopping.', {
        remedy: 'Nothing to do: it is read with the next start.',
      });
    }
  };
}

/** The normaliser with each account's way of reading; its tables load with the first delivery. */
function reader(config: Config, tombstones: Tombstones): () => Promise<Read> {
  let loading: Promise<Read> | null = null;
  const accounts = new Map(config.accounts.map((account) => [account.name, account]));
  const [first] = config.accounts;
  return () => {
    loading ??= import('./boom/normalise.ts').then(async ({ createNormaliser }) => {
      const normalise = await createNormaliser();
      return (body, account, source) => {
        const reading = accounts.get(account) ?? first;
        if (reading === undefined)
          return { ok: false, ignored: false, reason: 'Its account is no longer in config/boomsync.yaml' };
        return tombstones.strip(account, body, normalise(body, reading, source));
      };
    });
    return loading;
  };
}
