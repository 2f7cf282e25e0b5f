import { Command } from 'commander';
import { applicantsDue, type ForgottenApplicants } from '../operate/forget/applicants.ts';
import { prune } from '../operate/retention/prune.ts';
import type { RetentionResult } from '../operate/retention/retention.ts';
import { bytesText } from './bytes.ts';
import type { Exit } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { createOutput } from './output.ts';

interface Options {
  dryRun?: boolean;
  json?: boolean;
}

type Result = RetentionResult & Pick<ForgottenApplicants, 'applicants'>;

function text({ dryRun, bodies, bodyBytes, attempts, freedBytes, applicants }: Result): string {
  const would = dryRun ? 'Would remove' : 'Removed';
  return [
    `${would} ${bodies} messages of Boom's as they came (${bytesText(bodyBytes)}; what was understood of them stays), and ${attempts} old entries of what was written where.`,
    `${dryRun ? 'Would forget' : 'Forgot'} ${applicants} who applied long ago and never moved in.`,
    dryRun ? 'Nothing was changed.' : `The database is smaller by ${bytesText(freedBytes)}.`,
  ].join('\n');
}

async function run({ dryRun, json }: Options): Promise<void> {
  const output = createOutput(json === true);
  if (dryRun !== true) {
    const pruned = await handOver('retention', { dryRun: false }, output);
    const { applicants } = await handOver('forget_applicants', { dryRun: false }, output);
    const done = { ...pruned, applicants };
    output.result(done, () => text(done));
    return;
  }
  await withReader(async ({ config, stores }) => {
    const now = () => new Date();
    const { signal } = new AbortController();
    const held = await stores.legalHolds.tenants();
    const tools = { store: stores.retention, keep: config.retention, now, held };
    const found = await prune({ ...tools, signal, dryRun: true });
    const due = await applicantsDue({ stores, config, now, stopping: signal });
    const result = { ...found, dryRun: true, applicants: due.length };
    output.result(result, () => text(result));
  });
}

export function retentionCommand(_exit: Exit): Command {
  return new Command('retention')
    .description('remove what is no longer needed')
    .option('--dry-run', 'say what would be removed and change nothing')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
It runs every night; "retention" in config/boomsync.yaml says when, and how long what is kept.

Examples:
  $ boomsync retention --dry-run
  $ boomsync retention`,
    )
    .action(run);
}
