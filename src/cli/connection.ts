import { Command } from 'commander';
import { readStatus, type Status } from '../operate/status.ts';
import type { Exit } from './failure.ts';
import { handOver } from './hand-over.ts';
import {
  addressOf,
  configuredConnection,
  readConfig,
  readConnections,
  runningServer,
  withReader,
} from './home.ts';
import { createOutput, moment, table } from './output.ts';

type Listed = Status['connections'][number];

function healthText({ health, since }: Listed, timezone: string): string {
  return health === 'working' ? 'working' : `${health} since ${moment(since, timezone)}`;
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const config = await readConfig('none');
  const loaded = await readConnections(config, true);
  const running = runningServer(config);
  await withReader(async ({ stores }) => {
    const server = { running: running !== null, address: running && addressOf(running) };
    const status = await readStatus({ stores, connections: loaded, config, server, now: () => new Date() });
    const connections = status.connections.map((one) => {
      const { connectorId, create, createsPerDay, decisionDelayMs, capabilities } = loaded.find(
        ({ name }) => name === one.name,
      ) as (typeof loaded)[number];
      const { find, notes, byHand, local } = capabilities;
      return {
        ...one,
        connector: connectorId,
        create,
        // Files on this computer have no limit, which JSON cannot say.
        createsPerDay: Number.isFinite(createsPerDay) ? createsPerDay : null,
        decisionDelayMinutes: decisionDelayMs / 60_000,
        capabilities: { find, notes, byHand, local },
      };
    });
    createOutput(json === true).result({ connections }, () =>
      table(
        ['connection', 'is', 'mode', 'health', 'adds', 'waiting', 'in line', 'needs you'],
        connections.map((c) => [
          c.name,
          c.label,
          c.mode,
          healthText(c, config.timezone),
          c.create === 'never'
            ? 'nobody'
            : `${c.create}s${c.createsPerDay === null ? '' : `, ${c.createsPerDay} a day`}`,
          c.due,
          c.records.synced,
          c.records.parked,
        ]),
      ),
    );
  });
}

async function pauseOrResume(
  asked: 'pause' | 'resume',
  name: string,
  { json }: { json?: boolean },
): Promise<void> {
  await configuredConnection(name);
  const output = createOutput(json === true);
  const result = await handOver(asked, { connection: name }, output);
  const { pausedAt, changed } = result;
  output.result({ connection: name, pausedAt, changed }, () => {
    if (asked === 'pause')
      return changed
        ? `Paused: ${name}. Nothing is sent and nothing is dropped, until: boomsync connection resume ${name}`
        : `${name} is paused already.`;
    return changed ? `Resumed: ${name}. What waited is being sent.` : `${name} was not paused.`;
  });
}

export function connectionCommand(_exit: Exit): Command {
  const command = new Command('connection').description(
    'list, pause and resume your connections, or let one go live',
  );
  command
    .command('list')
    .description('every connection: what it is, whether it works, what waits')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  $ boomsync connection list\n  $ boomsync connection list --json')
    .action(list);
  command
    .command('pause')
    .description('do nothing over there for a while; what waits is kept')
    .argument('<connection>', 'its name')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
The pause outlasts a restart. Everything that Boom says meanwhile is received and kept, and goes out once you resume.

Examples:
  $ boomsync connection pause oak-street
  $ boomsync connection resume oak-street`,
    )
    .action((name: string, options: { json?: boolean }) => pauseOrResume('pause', name, options));
  command
    .command('resume')
    .description('end a pause of yours; what waited is sent')
    .argument('<connection>', 'its name')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  $ boomsync connection resume oak-street')
    .action((name: string, options: { json?: boolean }) => pauseOrResume('resume', name, options));
  command
    .command('live')
    .description('show once more what would change over there, ask, and write from now on')
    .argument('<connection>', 'its name')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
It writes "mode: live" into config/connections/<name>.yaml, keeping your comments, and a running server takes it up at
once. New records that the preview showed are let through, whatever "createsPerDay" says.

Examples:
  $ boomsync connection live oak-street
  $ boomsync connection live oak-street --yes`,
    )
    .action(async (name: string, options: { json?: boolean; yes?: boolean }) =>
      (await import('./connection-live.ts')).goLive(name, options),
    );
  return command;
}
