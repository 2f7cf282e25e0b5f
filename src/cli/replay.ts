import { Command } from 'commander';
import type { ReplayResult } from '../operate/replay.ts';
import type { Stores } from '../store/stores.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';
import { heldBy } from './tenant-events.ts';

interface Options {
  json?: boolean;
  failed?: boolean;
  dryRun?: boolean;
}

/** Tenants named in the text; `--json` names all. */
const MOST_NAMED = 20;

async function progress(stores: Stores): Promise<string | null> {
  const far = await stores.replay.progress();
  return far === null ? null : `Replayed ${far.done} of ${far.total} events. What is on record stays in use.`;
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;

/** `leasing 4, stage 3`: in how many records each register differs. */
function registersText(changed: ReplayResult['changed']): string {
  const totals = new Map<string, number>();
  for (const name of changed.flatMap(({ registers }) => registers))
    totals.set(name, (totals.get(name) ?? 0) + 1);
  return [...totals].map(([name, total]) => `${name} ${total}`).join(', ');
}

function text({ dryRun, events, failed, changed, added, gone }: ReplayResult): string {
  const would = dryRun ? 'would change' : 'changed';
  const named = [
    ...changed.map(({ tenantId, registers }) => `  ${tenantId}: ${registers.join(', ')}`),
    ...added.map((id) => `  ${id}: new`),
    ...gone.map(({ tenantId, into }) => `  ${tenantId}: ${into === null ? 'nobody any more' : `is ${into}`}`),
  ];
  const more = named.length - MOST_NAMED;
  return [
    `Went through ${count(events, 'event')}; ${failed} of them cannot be used.`,
    `${count(changed.length, 'tenant')} ${would}${changed.length > 0 ? ` (${registersText(changed)})` : ''}, ${added.length} new, ${gone.length} gone.`,
    ...named.slice(0, MOST_NAMED),
    ...(more > 0 ? [`  and ${more} more; see all with --json`] : []),
    ...(dryRun ? ['Nothing was changed: this was a dry run.'] : []),
  ]
    .map(plain)
    .join('\n');
}

function failedText({ dryRun, events, failed }: ReplayResult): string {
  if (dryRun) return `${count(events, 'event')} failed and would be tried again.`;
  return `${count(events, 'event')} tried again; ${failed} still cannot be used.`;
}

export function replayCommand(_exit: Exit): Command {
  return new Command('replay')
    .description('make the records anew from the events, as this version reads them')
    .argument('[tenant]', 'only this tenant: its own events, whom they are about stays as it is')
    .option('--failed', 'only events that failed')
    .option('--dry-run', 'say what would change and change nothing')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Of use after an update. Nothing is fetched from anywhere. The records that are there stay in use until the new ones take
their place all at once; deliveries are taken meanwhile. Ctrl-C is safe. What did not change is not written again over
there.

Examples:
  $ boomsync replay --dry-run
  $ boomsync replay
  $ boomsync replay t12
  $ boomsync replay --failed`,
    )
    .action(async (tenant: string | undefined, options: Options) => {
      const failed = options.failed === true;
      if (failed && tenant !== undefined) {
        throw new Failure('usage', 'A tenant and --failed exclude one another', 'Give one of them.', 2);
      }
      const output = createOutput(options.json === true);
      const tenantId =
        tenant === undefined ? null : (await withReader(({ stores }) => heldBy(stores, tenant))).record.id;
      const asked = { tenantId, failed, dryRun: options.dryRun === true };
      const { replay } = await handOver('replay', asked, output, progress);
      output.result(replay, () => (failed ? failedText(replay) : text(replay)));
    });
}
