import { Command } from 'commander';
import { nameOf } from '../operate/tenant-words.ts';
import { forget as words } from '../words/en/forget.ts';
import type { Exit } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { createOutput, moment, table } from './output.ts';
import { plain } from './plain.ts';
import { AT_THE_TERMINAL } from './terminal.ts';

interface Options {
  reason?: string;
  json?: boolean;
}

async function list(json: boolean): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const holds = await stores.legalHolds.now();
    const rows = await Promise.all(
      holds.map(async ({ tenantId, heldAt, reason }) => {
        const tenant = await stores.tenants.get(tenantId);
        return [tenantId, tenant && nameOf(tenant.record), moment(heldAt, config.timezone), reason];
      }),
    );
    createOutput(json).result({ holds }, () =>
      rows.length === 0
        ? words.hold.none
        : [words.hold.list, table(['tenant', 'name', 'since', 'why'], rows)].join('\n'),
    );
  });
}

async function hold(id: string | undefined, { reason, json }: Options): Promise<void> {
  const output = createOutput(json === true);
  if (id === undefined) return await list(json === true);
  const asked = { tenantId: id, reason: reason ?? null, who: AT_THE_TERMINAL };
  const done = await handOver('legal_hold', asked, output);
  const { tenantId, heldAt } = done.hold;
  const said = done.already ? words.hold.already(tenantId, heldAt.slice(0, 10)) : words.hold.done(tenantId);
  output.result(done, () => plain([said, words.hold.backups].join('\n')));
}

async function release(id: string, { reason, json }: Options): Promise<void> {
  const output = createOutput(json === true);
  const asked = { tenantId: id, reason: reason ?? null, who: AT_THE_TERMINAL };
  const done = await handOver('legal_release', asked, output);
  output.result(done, () => plain(words.hold.released(done.released.tenantId)));
}

export function holdCommand(_exit: Exit): Command {
  return new Command('hold')
    .description('a legal hold: nothing of somebody is removed until you release them')
    .argument('[tenant]', 'its id, like t12; without it: who is held')
    .option('--reason <text>', 'why, for whoever asks later')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
For a dispute or a claim: retention and "boomsync forget" leave everything of that person alone. Records go on being kept
in line; to send nothing of a person to a PMS is another thing, on the tenant's page.

Examples:
  $ boomsync hold t12 --reason "deposit claim, case 24-118"
  $ boomsync hold`,
    )
    .action(hold);
}

export function releaseCommand(_exit: Exit): Command {
  return new Command('release')
    .description('end a legal hold')
    .argument('<tenant>', 'its id, like t12')
    .option('--reason <text>', 'why, for whoever asks later')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Example:
  $ boomsync release t12 --reason "settled"`,
    )
    .action(release);
}
