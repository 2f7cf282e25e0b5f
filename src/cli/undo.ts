import { Command, InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import { nameOf } from '../operate/tenant-words.ts';
import type { UndoResult } from '../operate/undo.ts';
import type { Undone } from '../reconcile/undone.ts';
import { confirm } from './confirm.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { configuredConnection, readConfig } from './home.ts';
import { createOutput, moment } from './output.ts';
import { plain } from './plain.ts';
import { valueText } from './plan-text.ts';
import { peopleOf } from './preview.ts';

interface Options {
  since?: string;
  connection?: string;
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
}

const RESULTS: Record<Undone['result'], string> = {
  would: pc.green('can be taken back'),
  done: pc.green('taken back'),
  edited: pc.dim('nothing of ours is left there'),
  by_hand: pc.yellow('to be done by hand'),
  failed: pc.red('failed'),
};

const AGO: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `2h`, `30m`, `3d`, a day, or a time. */
function time(text: string): string {
  const [, number, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const at = number === undefined ? Date.parse(text) : Date.now() - Number(number) * (AGO[unit] ?? 0);
  if (Number.isNaN(at) || (number === undefined && !/^\d{4}-\d{2}-\d{2}/.test(text)))
    throw new InvalidArgumentError(
      'expected 2h, 3d, a day like 2026-11-03, or a time like 2026-11-03T14:02Z',
    );
  if (at > Date.now()) throw new InvalidArgumentError('that time has not come yet');
  return new Date(at).toISOString();
}

type Names = ReadonlyMap<string, string>;

function writeLines(
  { attempt, result, fields, edited, message, remedy }: Undone,
  names: Names,
  zone: string,
) {
  const { id, at, action, tenantId, connection, kind } = attempt;
  const who = `${tenantId} ${names.get(tenantId) ?? ''}`.trim();
  return [
    `${plain(`${id}  ${moment(at, zone)}  ${action} · ${who} · ${kind} in ${connection}`)}: ${RESULTS[result]}`,
    ...fields.map(({ field, from, to }) => plain(`    ${field}: ${valueText(from)} → ${valueText(to)}`)),
    ...(edited.length > 0 ? [plain(`    edited since, and left alone: ${edited.join(', ')}`)] : []),
    ...(message === null ? [] : [plain(`    ${message}`)]),
    ...(remedy === null ? [] : [plain(`    → ${remedy}`)]),
  ];
}

async function textOf({ writes }: UndoResult, timezone: string): Promise<string> {
  const people = await peopleOf(writes.map(({ attempt }) => attempt.tenantId));
  const names = new Map([...people].map(([id, tenant]) => [id, nameOf(tenant)]));
  return writes.flatMap((write) => writeLines(write, names, timezone)).join('\n');
}

async function undo(attempt: string | undefined, options: Options, exit: Exit): Promise<void> {
  const { since, connection, dryRun, yes, json } = options;
  const output = createOutput(json === true);
  const attemptId = attempt === undefined ? null : Number(attempt);
  if (attemptId !== null && !Number.isSafeInteger(attemptId))
    throw new Failure('usage', `${attempt} is no number`, 'See them with: boomsync tenants show <tenant>', 2);
  if ((attemptId === null) === (since === undefined))
    throw new Failure('usage', 'Say which write, or --since when', 'See how with: boomsync undo --help', 2);
  if (connection !== undefined) await configuredConnection(connection);
  const { timezone } = await readConfig('none');

  const attemptIds = attemptId === null ? null : [attemptId];
  const asked = { attemptIds, since: since ?? null, connection: connection ?? null };
  const found = await handOver('undo', { ...asked, dryRun: true }, output);
  // What only a person can take back is held as well, so that nothing is sent again meanwhile.
  const possible = found.writes.filter(({ result }) => result === 'would' || result === 'by_hand').length;
  if (dryRun === true || possible === 0) {
    const text = await textOf(found, timezone);
    output.result(found, () =>
      [...(text ? [text] : []), possible === 0 ? 'Nothing can be taken back.' : 'Nothing was changed.'].join(
        '\n',
      ),
    );
    return;
  }
  output.say(await textOf(found, timezone));
  await confirm(possible === 1 ? 'Take this back?' : `Take these ${possible} writes back?`, yes === true);
  // What was written since it was shown is not taken back.
  const shown = found.writes.map(({ attempt: { id } }) => id);
  const result = await handOver('undo', { ...asked, attemptIds: shown, dryRun: false }, output);
  if (result.writes.some((write) => write.result === 'failed')) exit.code = 1;
  const text = await textOf(result, timezone);
  output.result(result, () =>
    [text, 'boomsync leaves these records alone now, until: boomsync retry <tenant>'].join('\n'),
  );
}

export function undoCommand(exit: Exit): Command {
  return new Command('undo')
    .description('take back what boomsync wrote, where nobody has edited it since')
    .argument('[attempt]', 'the number of one write, as `boomsync tenants show` has it')
    .option('--since <time>', 'all since then: 2h, 3d, 2026-11-03, 2026-11-03T14:02Z', time)
    .option('--connection <name>', 'only what was written there')
    .option('--dry-run', 'say what would be taken back and change nothing')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
It shows everything first and asks. Only fields that still show what boomsync wrote get their former value back. Nothing
is deleted over there: what cannot be taken back is listed, with what to do by hand. The records are left alone
afterwards, until you say: boomsync retry <tenant>

Examples:
  $ boomsync undo 341
  $ boomsync undo --since 2h --dry-run
  $ boomsync undo --since 2026-11-03T14:02Z --connection oak-street --yes`,
    )
    .action((attempt: string | undefined, options: Options) => undo(attempt, options, exit));
}
