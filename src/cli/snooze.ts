/** `snooze`: what needs you of a tenant is not told for a while, or for good. */

import { Command, InvalidArgumentError } from 'commander';
import { nameOfRecord } from '../operate/records.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { readConfig } from './home.ts';
import { createOutput, moment } from './output.ts';
import { plain } from './plain.ts';
import { waitingRecords } from './waiting-records.ts';

const DAY_MS = 24 * 60 * 60_000;
/** More is for good. */
const MOST_DAYS = 3650;

interface Options {
  days?: number;
  forGood?: boolean;
  why?: string;
  off?: boolean;
  connection?: string;
  json?: boolean;
}

function days(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > MOST_DAYS)
    throw new InvalidArgumentError(`Give a whole number of days from 1 to ${MOST_DAYS}.`);
  return number;
}

async function snooze(id: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const ways = [options.days !== undefined, options.forGood === true, options.off === true];
  if (ways.filter(Boolean).length !== 1)
    throw new Failure('usage', 'Say --days, --for-good or --off', 'See how with: boomsync snooze --help', 2);
  const { tenantId, waiting } = await waitingRecords(id, options.connection);
  const records = waiting.map(nameOfRecord);
  if (options.off === true) {
    const result = await handOver('unquiet', { records }, output);
    output.result({ tenantId, ...result }, () =>
      result.ended === 0
        ? `Nothing of ${tenantId} was quiet.`
        : `What needs you of ${tenantId} is told again.`,
    );
    return;
  }
  const until =
    options.days === undefined ? null : new Date(Date.now() + options.days * DAY_MS).toISOString();
  const result = await handOver('quiet', { records, until, why: options.why ?? '' }, output);
  const { timezone } = await readConfig('none');
  const end = until === null ? 'for good' : `until ${moment(until, timezone)}`;
  const where = [...new Set(result.quiet.map(({ connection }) => connection))].join(', ');
  output.result({ tenantId, until, ...result }, () =>
    plain(
      `Quiet ${end}: ${tenantId} in ${where}. Another trouble is told all the same; see it with: boomsync errors --all`,
    ),
  );
}

export function snoozeCommand(_exit: Exit): Command {
  return new Command('snooze')
    .description('do not tell what needs you of a tenant, for a while or for good')
    .argument('<tenant>', 'its id, like t12')
    .option('--days <n>', 'for so many days', days)
    .option('--for-good', 'until something else is the matter')
    .option('--off', 'tell it again')
    .option('--why <reason>', 'shown by "boomsync errors --all"')
    .option('--connection <name>', 'only there')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Nothing is written meanwhile, as before; it is only not counted. Another trouble of the same record speaks up at once.

Examples:
  $ boomsync snooze t12 --days 7 --why "the manager is on it"
  $ boomsync snooze t12 --for-good
  $ boomsync snooze t12 --off`,
    )
    .action(snooze);
}
