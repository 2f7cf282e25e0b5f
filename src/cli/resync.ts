import { Command } from 'commander';
import type { Exit } from './failure.ts';
import { handOver } from './hand-over.ts';
import { createOutput } from './output.ts';
import { recordsTable } from './records-table.ts';

export function resyncCommand(_exit: Exit): Command {
  return new Command('resync')
    .description('bring everything in line now')
    .option('--verify', 'also read every record over there and compare it')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Without --verify only what is due is worked on; what is in line costs nothing.

Examples:
  $ boomsync resync
  $ boomsync resync --verify`,
    )
    .action(async (options: { json?: boolean; verify?: boolean }) => {
      const output = createOutput(options.json === true);
      const result = await handOver('resync', { verify: options.verify === true }, output);
      output.result(result, () =>
        [
          options.verify ? 'Every record was read and compared.' : 'What was due has been brought in line.',
          '',
          recordsTable(result),
        ].join('\n'),
      );
    });
}
