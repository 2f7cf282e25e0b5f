/** Wires the pipeline together: receive → inbox → project → reconcile → connect. */
import type { Config } from './config/config.ts';
import type { Connection } from './connect/connection.ts';
import { faultName } from './fault-name.ts';
import { type Commands, createCommands } from './operate/commands.ts';
import type { Log } from './operate/log.ts';
import { Projecting } from './operate/projecting.ts';
import type { Read } from './project/projector.ts';
import { ConnectionWorker, type WorkerTools } from './reconcile/worker.ts';
import type { Stores } from './store/stores.ts';

export interface AppOptions {
  config: Config;
  connections: readonly Connection[];
  stores: Stores;
  log: Log;
  now?: () => Date;
  /** Told before each step of a pass over a record. */
  step?: WorkerTools['step'];
}

/** Everything behind the front door: it needs no network of its own. */
export interface App {
  commands: Commands;
  /** A delivery was stored. */
  wake(): void;
  start(): void;
  /** Projects and reconciles until nothing is due now; for commands without a server, and for tests. */
  drain(): Promise<void>;
  /** Lets what is under way finish. */
  stop(): Promise<void>;
}

export function createApp({
  config,
  connections,
  stores,
  log,
  now = () => new Date(),
  step,
}: AppOptions): App {
  const tools: WorkerTools = {
    ...stores,
    timezone: config.timezone,
    log,
    now,
    random: Math.random,
    ...(step ? { step } : {}),
  };
  const workers = connections.map((connection) => new ConnectionWorker(connection, tools));
  const wakeWorkers = () => {
    for (const worker of workers) worker.loop.wake();
  };
  const projecting = new Projecting({
    store: stores.projection,
    read: reader(config),
    now,
    onChanged: wakeWorkers,
    onFault: (error) => log.error(faultName(error), 'projecting failed; it is tried again'),
  });
  let started = false;
  const drain = async () => {
    await projecting.drain();
    for (const worker of workers) await worker.drain();
  };
  const settled = async () => {
    if (!started) return await drain();
    await projecting.loop.idle();
    await Promise.all(workers.map((worker) => worker.loop.idle()));
  };
  const commands = createCommands({ stores, connections, wake: wakeWorkers, settled, now });

  return {
    commands,
    wake: () => projecting.loop.wake(),
    start() {
      started = true;
      projecting.loop.start();
      for (const worker of workers) worker.loop.start();
    },
    drain,
    async stop() {
      await projecting.loop.stop();
      await Promise.all(workers.map((worker) => worker.loop.stop()));
    },
  };
}

/** The normaliser with each account's way of reading; its tables load with the first delivery. */
function reader(config: Config): () => Promise<Read> {
  let loading: Promise<Read> | null = null;
  const accounts = new Map(config.accounts.map((account) => [account.name, account]));
  const [first] = config.accounts;
  return () => {
    loading ??= import('./boom/normalise.ts').then(async ({ createNormaliser }) => {
      const normalise = await createNormaliser();
      return (body, account, source) => {
        const reading = accounts.get(account) ?? first;
        return reading
          ? normalise(body, reading, source)
          : { ok: false, ignored: false, reason: 'Its account is no longer in config/boomsync.yaml' };
      };
    });
    return loading;
  };
}
