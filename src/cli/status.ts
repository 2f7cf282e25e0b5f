import { Command } from 'commander';
import pc from 'picocolors';
import { readStatus, type Status } from '../operate/status.ts';
import type { Verdict } from '../operate/verdict.ts';
import type { Exit, ExitCode } from './failure.ts';
import { sayGap } from './gaps.ts';
import { addressOf, readConfig, readConnections, runningServer, withReader } from './home.ts';
import { createOutput, moment, table } from './output.ts';

const SIGNS: Record<Verdict, string> = {
  in_line: pc.green('● In line'),
  catching_up: pc.cyan('◐ Catching up'),
  needs_you: pc.yellow('▲ Needs you'),
  paused: pc.blue('‖ Paused'),
  stopped: pc.red('■ Stopped'),
  unconfirmed: pc.yellow('◌ Unconfirmed'),
  quiet: pc.yellow('◌ Quiet'),
  not_set_up: pc.dim('○ Not set up'),
};

const EXIT: Record<Verdict, ExitCode> = {
  in_line: 0,
  catching_up: 0,
  paused: 0,
  unconfirmed: 0,
  quiet: 0,
  not_set_up: 0,
  needs_you: 3,
  stopped: 4,
};

const API = {
  none: 'no API keys: only what Boom sends is known, and gaps cannot be read back',
  working: 'API works',
  refused: 'API refuses our keys',
  broken: 'API does not answer',
};

function api({ name, api: state, message, remedy, waiting }: Status['boom']['accounts'][number]): string {
  const more = state === 'broken' || state === 'refused' ? `: ${message ?? ''} → ${remedy ?? ''}` : '';
  const reads = waiting > 0 ? `; ${waiting} still to be read` : '';
  return `Boom (${name}): ${API[state]}${more}${reads}`;
}

function text(status: Status, timezone: string): string {
  const { events } = status;
  const lines = [
    `${SIGNS[status.verdict]}  ${status.sentence}`,
    ...(status.next === null ? [] : [`   Next: ${status.next}`]),
    '',
    `Last message from Boom: ${moment(events.lastAt, timezone)} (${events.total} in all, ${events.ignored} ignored, ${events.failed} failed)`,
    status.server.address === null ? '' : `Listening at ${status.server.address}`,
    ...status.boom.accounts.map(api),
    ...status.boom.gaps.flatMap((gap) => sayGap(gap, timezone)),
    '',
    table(
      ['connection', 'mode', 'health', 'in line', 'waiting', 'retrying', 'needs you', 'nothing to do'],
      status.connections.map((c) => [
        c.name,
        c.mode,
        c.health,
        c.records.synced,
        c.records.waiting,
        c.records.retrying + c.records.creating,
        c.records.parked,
        c.records.skipped,
      ]),
    ),
  ];
  return lines.join('\n').replace(/\n{3,}/g, '\n\n');
}

export async function runStatus({ json }: { json: boolean }): Promise<ExitCode> {
  const config = await readConfig('none');
  const connections = await readConnections(config, true);
  const running = runningServer(config);
  return await withReader(async ({ stores }) => {
    const status = await readStatus({
      stores,
      connections,
      config,
      server: { running: running !== null, address: running && addressOf(running) },
      now: () => new Date(),
    });
    createOutput(json).result(status, () => text(status, config.timezone));
    return EXIT[status.verdict];
  });
}

export function statusCommand(exit: Exit): Command {
  return new Command('status')
    .description('is everything all right, and if not, what to do')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync status
  $ boomsync status --json

Exit codes: 0 in line, catching up, paused or unconfirmed, 3 needs you, 4 stopped.`,
    )
    .action(async (options: { json?: boolean }) => {
      exit.code = await runStatus({ json: options.json === true });
    });
}
