import { once } from 'node:events';
import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import type { DeliveryStats } from '../simulate/delivery.ts';
import type { FakeBoom, FakeBoomOptions } from '../simulate/fake-boom.ts';
import { target } from './deliver.ts';
import { type Exit, Failure } from './failure.ts';
import { readConfig, readConnections } from './home.ts';
import { createOutput } from './output.ts';
import { type SimulateOptions, simulateOptions } from './simulate-options.ts';

const DAY_MS = 86_400_000;

/** Percent of the deliveries that `--reorder` holds back. */
const HELD_BACK = 25;

const SHOW_EVERY_MS = 250;

async function simulate(options: SimulateOptions): Promise<void> {
  const config = await readConfig('accounts');
  await refuseRealRecords(config, options.yes === true);
  const to = options.url === undefined ? target(config) : { url: options.url, key: keyOf(config) };
  const output = createOutput(options.json === true);
  const end = new Date();
  const start = startOf(end, options.days);
  const seed = options.seed ?? Math.floor(Math.random() * 1_000_000);
  const boom = await create({
    seed,
    units: options.units,
    start,
    end,
    target: to,
    generation: options.older ? 'older' : 'current',
    chaos: {
      drop: options.drop,
      duplicate: options.duplicate,
      reorder: options.reorder ? HELD_BACK : 0,
    },
    speed: options.speed,
    api: { port: options.apiPort },
  });
  // From here on, so that Ctrl-C never leaves without the summary.
  const stopAsked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  let stopped = false;
  stopAsked.then(() => {
    stopped = true;
    boom.halt();
  });
  try {
    output.say(introduction(options, boom, seed, to.url));
    const stats = await showing(boom, start, end);
    if (stats.posts > 0 && stats.delivered === 0 && !stopped) {
      throw new Failure(
        'not_taken',
        `Not one of ${stats.deliveries} deliveries was taken at ${to.url}`,
        'Look whether boomsync listens there, and whether the key is the one in config/boomsync.yaml.',
      );
    }
    const lived = { from: start.toISOString(), to: boom.now().toISOString(), stopped };
    output.result({ seed, units: options.units, ...lived, ...stats, ...heldAtBoom(boom) }, () =>
      summary(boom, stats, stopped),
    );
    if (options.stay && !stopped) {
      output.say(`Boom's API goes on answering at ${boom.api?.url}. Ctrl-C ends it.`);
      await stopAsked;
    }
  } finally {
    await boom.stop();
  }
}

/** A UTC midnight: the same seed begun at another moment would be another life. */
function startOf(end: Date, days: number): Date {
  return new Date(Math.floor(end.getTime() / DAY_MS - days) * DAY_MS);
}

/** Loaded only now: got and the simulated life are nothing that another command should carry. */
async function create(options: FakeBoomOptions): Promise<FakeBoom> {
  const { createFakeBoom } = await import('../simulate/fake-boom.ts');
  return await createFakeBoom(options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Failure(
      'port_taken',
      `Another program listens on port ${options.api?.port}`,
      'Say another one: --api-port 8799',
    );
  });
}

/** Many invented people would be written, so a warning is not enough here. */
async function refuseRealRecords(config: Config, yes: boolean): Promise<void> {
  const connections = await readConnections(config, true);
  const real = connections.filter(({ mode, capabilities }) => mode === 'live' && !capabilities.local);
  if (real.length === 0 || yes) return;
  const names = real.map(({ label, name }) => `${label} (${name})`).join(', ');
  throw new Failure(
    'not_confirmed',
    `A whole building of invented people would be written into ${names}`,
    'Set it to "mode: preview", use a home of its own (BOOMSYNC_HOME), or say --yes.',
  );
}

function keyOf(config: Config): string {
  return config.accounts[0]?.webhookKeys[0] ?? '';
}

function introduction(
  { units, days, speed }: SimulateOptions,
  { api }: FakeBoom,
  seed: number,
  url: string,
): string {
  const pace =
    speed === Number.POSITIVE_INFINITY
      ? 'as fast as it goes'
      : `in about ${duration((days * DAY_MS) / speed / 1_000)}`;
  return [
    `A building of ${units} units lives the last ${days} days, ${pace}; deliveries go to ${url}.`,
    `The seed is ${seed}: today, with the same units and days, the same seed is the same life.`,
    `Boom's API answers at ${api?.url}. To try reads, put this under the account in config/boomsync.yaml,`,
    'and start boomsync with these two variables:',
    `  api: { accessKey: env:BOOM_ACCESS_KEY, secretKey: env:BOOM_SECRET_KEY, server: "${api?.url}" }`,
    `  BOOM_ACCESS_KEY=${api?.accessKey} BOOM_SECRET_KEY=${api?.secretKey}`,
    '',
  ].join('\n');
}

/** One line that is written anew, on a terminal only. */
async function showing(boom: FakeBoom, start: Date, end: Date): Promise<DeliveryStats> {
  const terminal = process.stderr.isTTY === true;
  const show = () => {
    const share = (boom.now().getTime() - start.getTime()) / (end.getTime() - start.getTime());
    const { delivered, lost } = boom.stats();
    const day = boom.now().toISOString().slice(0, 10);
    const line = `${day}  ${Math.floor(share * 100)} %  ${delivered} delivered${lost > 0 ? `, ${lost} lost` : ''}`;
    process.stderr.write(`\r${line.padEnd(60)}`);
  };
  const timer = terminal ? setInterval(show, SHOW_EVERY_MS) : undefined;
  try {
    return await boom.run();
  } finally {
    clearInterval(timer);
    if (terminal) process.stderr.write(`\r${' '.repeat(60)}\r`);
  }
}

function heldAtBoom(boom: FakeBoom) {
  const { applications, customers, enrollments } = boom.world.records;
  return {
    people: boom.truth().people.length,
    applications: applications.size,
    customers: customers.size,
    enrollments: enrollments.size,
  };
}

function summary(boom: FakeBoom, stats: DeliveryStats, stopped: boolean): string {
  const { people, applications, customers, enrollments } = heldAtBoom(boom);
  const until = boom.now().toISOString().slice(0, 10);
  const chaos = `${stats.dropped} dropped, ${stats.duplicated} sent twice, ${stats.held} held back on purpose`;
  return [
    `${stopped ? 'Stopped' : 'Done'}: life went on until ${until}.`,
    `${stats.deliveries} deliveries: ${stats.delivered} taken, ${stats.lost} lost after three tries; ${chaos}.`,
    `${stats.posts} requests, of which ${stats.retries} tried again.`,
    `Boom knows ${people} people, ${applications} applications, ${customers} customers, ${enrollments} enrollments.`,
    'Look at data/rent-roll.csv and data/applicants.csv, or try: npx boomsync tenants',
  ].join('\n');
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}

export function simulateCommand(_exit: Exit): Command {
  const command = new Command('simulate').description(
    'let an invented building live, and send yourself what Boom would',
  );
  for (const option of simulateOptions()) command.addOption(option);
  return command
    .addHelpText(
      'after',
      `
The people stay on record, as those of the demo do: use a home of its own (BOOMSYNC_HOME).

Examples:
  $ boomsync simulate
  $ boomsync simulate --units 200 --days 365 --speed max
  $ boomsync simulate --drop 5 --duplicate 5 --reorder --seed 7
  $ boomsync simulate --stay                  and then, with Boom's API configured: boomsync resync`,
    )
    .action(simulate);
}
