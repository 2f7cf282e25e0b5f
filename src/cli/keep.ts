/** `keep` and `use-boom`: whose value a field is to have that was edited over there. */

import { Command } from 'commander';
import { nameOfRecord } from '../operate/records.ts';
import type { Settled } from '../operate/settle.ts';
import type { FieldDifference, SyncState } from '../store/sync.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { createOutput, type Output } from './output.ts';
import { plain } from './plain.ts';
import { valueText } from './plan-text.ts';
import { waitingRecords } from './waiting-records.ts';

interface Options {
  connection?: string;
  field?: string[];
  json?: boolean;
}

type Take = Settled['take'];

async function settleAll(id: string, take: Take, options: Options, output: Output) {
  const { tenantId, all } = await waitingRecords(id, options.connection);
  const results: { connection: string; result: Settled }[] = [];
  for (const record of all) {
    const asked = (record.plan?.fields ?? []).filter((one) => isMeant(one, record, options.field));
    if (asked.length === 0) continue;
    const shown = Object.fromEntries(asked.map(({ field, boom, there }) => [field, { boom, there }]));
    const fields = asked.map(({ field }) => field);
    const result = await handOver('settle', { ...nameOfRecord(record), fields, take, shown }, output);
    results.push({ connection: record.connection, result });
  }
  if (results.length === 0)
    throw new Failure(
      'nothing_asked',
      `You are not asked about any such field of ${tenantId}`,
      'See what you are asked with: boomsync errors',
    );
  return { tenantId, results };
}

/** One that is named may have been kept before. */
function isMeant(
  { field, does }: FieldDifference,
  { cause }: SyncState,
  named: string[] | undefined,
): boolean {
  if (named !== undefined) return named.includes(field);
  return does === 'ask' || (does === 'write' && cause === 'cannot_change');
}

function lines(
  take: Take,
  { connection, result: { settled, record } }: { connection: string; result: Settled },
) {
  return [
    ...settled.map(({ field, boom, there }) =>
      plain(
        take === 'theirs'
          ? `${field} in ${connection} stays ${valueText(there)}, while Boom says ${valueText(boom)}.`
          : `${field} in ${connection} goes from ${valueText(there)} to ${valueText(boom)}.`,
      ),
    ),
    ...(record?.state === 'parked'
      ? [plain(`  ${record.message ?? ''}`), plain(`  → ${record.remedy ?? ''}`)]
      : []),
  ];
}

function answerCommand(name: string, take: Take, description: string, help: string): Command {
  return new Command(name)
    .description(description)
    .argument('<tenant>', 'its id, like t12')
    .option('--connection <name>', 'only there')
    .option('--field <field...>', 'only these fields')
    .option('--json', 'print one JSON document')
    .addHelpText('after', help)
    .action(async (id: string, options: Options) => {
      const output = createOutput(options.json === true);
      const { tenantId, results } = await settleAll(id, take, options, output);
      const records = results.map(({ connection, result: { settled, record } }) => ({
        connection,
        settled,
        record,
      }));
      output.result({ tenantId, take, records }, () => results.flatMap((one) => lines(take, one)).join('\n'));
    });
}

export function keepCommand(_exit: Exit): Command {
  return answerCommand(
    'keep',
    'theirs',
    'what was edited over there stays, and Boom’s is not sent',
    `
It holds while Boom says the same; what Boom says later is asked about anew. To say it of a field for everybody, write
"owner: pms" under "fields:" of the connection.

Examples:
  $ boomsync keep t12
  $ boomsync keep t12 --connection oak-street --field LastName`,
  );
}

export function useBoomCommand(_exit: Exit): Command {
  return answerCommand(
    'use-boom',
    'boom',
    'Boom’s value is written over what was edited over there',
    `
Only over the value that "boomsync errors" shows: where somebody edits it again, you are asked again. It can be taken back
with: boomsync undo

Examples:
  $ boomsync use-boom t12
  $ boomsync use-boom t12 --connection oak-street --field LastName`,
  );
}
