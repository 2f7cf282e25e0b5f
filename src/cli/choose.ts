/** `candidates` and `choose`: which record over there is this person's. */

import { Command, Option } from 'commander';
import { KINDS, type Kind } from '../connect/contract.ts';
import type { Candidates } from '../operate/candidates.ts';
import { nameOfRecord } from '../operate/records.ts';
import type { RecordName } from '../store/sync.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { createOutput, table } from './output.ts';
import { plain } from './plain.ts';
import { valueText } from './plan-text.ts';
import { theOne, waitingRecords } from './waiting-records.ts';

interface Options {
  connection?: string;
  kind?: Kind;
  json?: boolean;
}

const kindOption = () => new Option('--kind <kind>', 'only the record of that kind').choices(KINDS);

/** Those of a tenant whose records a person is asked about. */
async function asked(id: string, { connection, kind }: Options) {
  const { tenantId, waiting } = await waitingRecords(id, connection);
  const found = waiting.filter(
    (record) => record.candidates.length > 0 && (kind === undefined || record.kind === kind),
  );
  const nobody = new Failure(
    'nothing_asked',
    `You are not asked which record is ${tenantId}’s`,
    'See what you are asked with: boomsync errors',
  );
  return { found, nobody };
}

/** Side by side: what Boom says, and each of the records. */
function sideBySide({ label, boom, candidates }: Candidates): string {
  if (candidates.length === 0) return plain(`None of them is in ${label} any more.`);
  const names = [
    ...new Set([
      ...Object.keys(boom?.fields ?? {}),
      ...candidates.flatMap(({ fields }) => Object.keys(fields)),
    ]),
  ];
  return table(
    [
      'field',
      'Boom says',
      ...candidates.map(({ remoteId, heldBy }) => (heldBy ? `${remoteId} (${heldBy}’s)` : remoteId)),
    ],
    names.map((name) => [
      name,
      valueText(boom?.fields[name]),
      ...candidates.map(({ fields }) => valueText(fields[name])),
    ]),
  );
}

export function candidatesCommand(_exit: Exit): Command {
  return new Command('candidates')
    .description('the records over there of which one may be this person’s, side by side')
    .argument('<tenant>', 'its id, like t12')
    .option('--connection <name>', 'only there')
    .addOption(kindOption())
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
It asks the PMS now and changes nothing.

Examples:
  $ boomsync candidates t12
  $ boomsync candidates t12 --connection oak-street --json`,
    )
    .action(async (id: string, options: Options) => {
      const output = createOutput(options.json === true);
      const { found, nobody } = await asked(id, options);
      if (found.length === 0) throw nobody;
      const records: (RecordName & Candidates)[] = [];
      for (const record of found) {
        const name = nameOfRecord(record);
        records.push({ ...name, ...(await handOver('candidates', name, output)) });
      }
      output.result({ records }, () =>
        records
          .flatMap((one) => [
            plain(`${one.tenantId} · ${one.kind} in ${one.connection}`),
            sideBySide(one),
            plain(
              `→ boomsync choose ${one.tenantId} ${one.candidates[0]?.remoteId ?? '<its id>'}, or with --not`,
            ),
          ])
          .join('\n'),
      );
    });
}

export function chooseCommand(_exit: Exit): Command {
  return new Command('choose')
    .description('say which record over there is this person’s, or which is not')
    .argument('<tenant>', 'its id, like t12')
    .argument('<record>', 'the id of the record over there, as `boomsync candidates` shows it')
    .option('--not', 'it is somebody else’s')
    .option('--connection <name>', 'only there')
    .addOption(kindOption())
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
The one that you choose is this person’s from then on, and is brought in line. With --not it is left alone and no longer
looked at for this person, so that a record of their own may be made.

Examples:
  $ boomsync choose t12 4711
  $ boomsync choose t12 4712 --not --connection oak-street`,
    )
    .action(async (id: string, remoteId: string, options: Options & { not?: boolean }) => {
      const output = createOutput(options.json === true);
      const { found, nobody } = await asked(id, options);
      const fitting = found.filter(({ candidates }) => candidates.includes(remoteId));
      const record = nameOfRecord(theOne(fitting, nobody));
      const same = options.not !== true;
      const result = await handOver('choose', { ...record, remoteId, same }, output);
      const now = result.record;
      output.result({ ...record, ...result }, () =>
        [
          plain(
            same
              ? `Record ${remoteId} in ${record.connection} is ${record.tenantId}’s.`
              : `Record ${remoteId} in ${record.connection} is somebody else’s, and left alone.`,
          ),
          ...(now?.message ? [plain(`  ${now.message}`)] : []),
          ...(now?.remedy ? [plain(`  → ${now.remedy}`)] : []),
        ].join('\n'),
      );
    });
}
