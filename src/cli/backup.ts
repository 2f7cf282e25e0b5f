import { resolve } from 'node:path';
import { Command } from 'commander';
import { bytesText } from './bytes.ts';
import type { Exit } from './failure.ts';
import { handOver } from './hand-over.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';

interface Options {
  to?: string;
  json?: boolean;
}

async function backUp({ to, json }: Options): Promise<void> {
  const output = createOutput(json === true);
  const made = await handOver('backup', { to: to === undefined ? null : resolve(to) }, output);
  const { file, bytes, encrypted, counts, deleted } = made;
  output.result(made, () =>
    [
      plain(`Backed up to ${file} (${bytesText(bytes)}${encrypted ? ', encrypted' : ''})`),
      `Checked: it holds ${counts.tenants ?? 0} tenants and ${counts.inbox ?? 0} events, as the database does.`,
      ...(deleted.length > 0 ? [`Deleted what is no longer kept: ${deleted.join(', ')}`] : []),
      'config/ is not in it: keep a copy of that folder as well, secrets included.',
    ].join('\n'),
  );
}

export function backupCommand(_exit: Exit): Command {
  return new Command('backup')
    .description('copy the database and check the copy')
    .option('--to <file>', 'to this file, beside those that are made every night')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
One is made every night into data/backups; "backup" in config/boomsync.yaml says when, where, how many are kept, and
whether they are encrypted. The server goes on receiving meanwhile.

Examples:
  $ boomsync backup
  $ boomsync backup --to /mnt/usb/boomsync.sqlite
  $ boomsync restore                        see which there are`,
    )
    .action(backUp);
}
