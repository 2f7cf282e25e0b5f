import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import pc from 'picocolors';
import type { Config } from '../config/config.ts';
import { ensureHome } from '../config/create.ts';
import { loadConfig } from '../config/load.ts';
import { loadConnections } from '../connect/load.ts';
import type { Reload } from '../operate/command.ts';
import { createLog } from '../operate/log.ts';
import { firstRunPath } from '../operate/people/first-run.ts';
import { NewerSchema, schemaState } from '../store/database.ts';
import { acquireHomeLock, readAnnouncement } from '../store/home-lock.ts';
import { type Exit, Failure } from './failure.ts';
import { addressOf, openToWrite, readConfig, readConnections } from './home.ts';

/** How long a command may hold the home before we say that somebody else has it. */
const PATIENCE_MS = 5000;

function welcome(config: Config, address: string, created: string[], firstRun: string | null): string {
  const [account] = config.accounts;
  const paths = config.accounts.map(({ name }) =>
    config.accounts.length === 1 ? '/webhooks/boom' : `/webhooks/boom/${name}`,
  );
  // The key is shown to whoever sits here or has just made it, and kept out of a service's log.
  const show = process.stdout.isTTY || created.some((file) => file.includes('secrets'));
  const key = show
    ? account?.webhookKeys[0]
    : '(in config/secrets/boom-webhook-key, or where config/boomsync.yaml says)';
  const base = config.publicUrl ?? address;
  const lines = [
    ...(created.length > 0 ? [`Made: ${created.join(', ')}`, ''] : []),
    `${pc.bold('boomsync is running')} at ${address}`,
    '',
    ...(firstRun === null
      ? []
      : [
          'Open this in a browser to choose how you sign in (it works once, for 24 hours):',
          `  ${address}${firstRun}`,
          '',
        ]),
    'Give this to Boom (partner support sets it for you):',
    ...paths.map((path) => `  address  ${base}${path}`),
    `  key      ${key}   (Boom sends it as X-API-Key)`,
    '',
    ...(config.publicUrl === null
      ? [
          'Boom cannot reach this address from outside yet: set "publicUrl" in config/boomsync.yaml',
          'once this computer has a public https address.',
          '',
        ]
      : []),
    'What to do next:',
    '  npx boomsync demo                        see a month of one building arrive',
    '  npx boomsync send application_approved   send yourself one message, as Boom would',
    '  npx boomsync status                      is everything all right?',
    `Your connections: ${config.connections.map((c) => c.name).join(', ')}. Their files are in config/connections/.`,
    'Ctrl-C stops it; nothing is lost.',
  ];
  return `${lines.join('\n')}\n`;
}

/** What else stands in `config/` counts from the next start. */
async function connectionsNow({ dataDir }: Config): ReturnType<Reload> {
  const loaded = await loadConfig();
  if ('faults' in loaded) return loaded;
  const made = await loadConnections(loaded.config.connections, { dataDir });
  return made.ok
    ? { connections: made.connections, accounts: loaded.config.accounts, alerts: loaded.config.alerts }
    : { faults: made.faults };
}

async function serveUntilStopped(): Promise<void> {
  const { created } = await ensureHome();
  const config = await readConfig();
  const connections = await readConnections(config);
  const lock = acquireHomeLock(config.dataDir, { patience: PATIENCE_MS });
  if (lock === null) {
    const other = readAnnouncement(config.dataDir);
    throw new Failure(
      'already_running',
      `boomsync is already running for this home${other ? ` at ${addressOf(other)} (process ${other.pid})` : ''}`,
      'Stop that one first, or set BOOMSYNC_HOME to another folder.',
    );
  }
  // From here on, so that no signal ends us in the middle of starting.
  const stopAsked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  try {
    const { knex, stores } = await openToWrite(config).catch((error: unknown) => {
      if (error instanceof NewerSchema) throw new Failure('newer_database', error.message, error.remedy);
      throw error;
    });
    try {
      const log = createLog(config.logLevel);
      const { serve } = await import('../serve.ts');
      const server = await serve({
        config,
        connections,
        stores,
        log,
        reload: () => connectionsNow(config),
        schemaCurrent: async () => {
          const { pending, unknown } = await schemaState(knex);
          return pending.length === 0 && unknown.length === 0;
        },
      }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') {
          throw new Failure(
            'port_taken',
            `Another program listens on port ${config.port}`,
            'Set BOOMSYNC_PORT to a free port, or "server.port" in config/boomsync.yaml.',
          );
        }
        throw error;
      });
      const { host, port } = server;
      lock.announce({ pid: process.pid, host, port, startedAt: new Date().toISOString() });
      const firstRun = await firstRunPath(stores, new Date());
      process.stdout.write(welcome(config, addressOf({ host, port }), created, firstRun));
      if (Number(process.versions.node.split('.')[0]) < 22) {
        log.warn({ node: process.versions.node }, 'this Node.js is past its end of life; 24 is recommended');
      }
      await stopAsked;
      log.info('stopping');
      if (await endsInTime(server.stop())) log.info('stopped');
      else {
        // As after a crash: what is under way is looked up by the next start before anything is sent again.
        log.warn('a request that is under way is not answered in time; stopped without it');
        lock.release();
        process.exit(0);
      }
    } finally {
      await knex.destroy();
    }
  } finally {
    lock.release();
  }
}

/** Whoever stops us kills us after ten seconds or more; a PMS may take longer to answer. */
const DRAIN_MS = 6000;

async function endsInTime(stopped: Promise<void>): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(DRAIN_MS, false, { signal: timer.signal }).catch(() => false);
  const ended = await Promise.race([stopped.then(() => true), late]);
  timer.abort();
  return ended;
}

export function serveCommand(_exit: Exit): Command {
  return new Command('serve')
    .description('receive from Boom and keep everything in line (npm start does this)')
    .addHelpText(
      'after',
      `
Makes config/ and data/ where they are missing, brings the database up to date, and serves until Ctrl-C.

Examples:
  $ boomsync serve
  $ BOOMSYNC_PORT=9000 boomsync serve`,
    )
    .action(serveUntilStopped);
}
