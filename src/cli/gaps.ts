import { Command } from 'commander';
import { type GapReport, readGaps } from '../operate/gaps.ts';
import { plural } from '../operate/plural.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { runningServer, withReader } from './home.ts';
import { createOutput, moment } from './output.ts';

/** `down 23 Nov 14:02 – 23 Nov 14:31; recovered 3 changes, 1 tenant changed`. */
export function sayGap(gap: GapReport, timezone: string): string[] {
  const { recovered, unconfirmed, state } = gap;
  const when = `Gap ${gap.id}: down ${moment(gap.from, timezone)} – ${moment(gap.to, timezone)}`;
  const read = `recovered ${plural(recovered.changes, 'change', 'changes')} from Boom, ${plural(recovered.tenants, 'tenant', 'tenants')} changed`;
  switch (state) {
    case 'settled':
      return [`${when}; ${recovered.changes > 0 ? `${read}; ` : ''}settled`];
    case 'reading':
      return [`${when}; Boom is being read back`];
    case 'read_back':
      return [
        `${when}; ${read}`,
        `  Reporting is unconfirmed since for ${plural(unconfirmed.reporting, 'tenant', 'tenants')}: payments, furnishments and move-outs cannot be asked of Boom.`,
        `  → Look at their rent reporting in Boom, then: boomsync gaps checked ${gap.id}`,
      ];
    case 'unread':
      return [
        `${when}; what Boom sent in that time may be missing: boomsync has no API keys to ask for it (account ${gap.unread.join(', ')})`,
        ...(recovered.changes > 0 ? [`  From the other accounts ${read}.`] : []),
        `  Unconfirmed since: applications of ${plural(unconfirmed.leasing, 'tenant', 'tenants')}, rent reporting of ${plural(unconfirmed.reporting, 'tenant', 'tenants')}; and there may be people of whom we have not heard.`,
        `  → In Boom look at the applications that changed in that time, and at rent reporting; then: boomsync gaps checked ${gap.id}`,
        '  → With API keys ("boom: - api:" in config/boomsync.yaml) boomsync reads such gaps back by itself.',
      ];
    default:
      return state satisfies never;
  }
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const gaps = await readGaps(stores, config.accounts);
    const now =
      runningServer(config) === null ? ['boomsync is not running: what Boom sends now is not received.'] : [];
    createOutput(json === true).result({ gaps, total: gaps.length }, () =>
      [
        ...now,
        ...(gaps.length === 0
          ? ['There was no gap so far of more than two minutes, the time in which Boom tries again.']
          : gaps.flatMap((gap) => sayGap(gap, config.timezone))),
      ].join('\n'),
    );
  });
}

async function checked(ids: string[], { json, all }: { json?: boolean; all?: boolean }): Promise<void> {
  const output = createOutput(json === true);
  const known = await withReader(({ stores, config }) => readGaps(stores, config.accounts));
  if (ids.length === 0 && all !== true)
    throw new Failure('usage', 'Say which gap, or --all', 'List them with: boomsync gaps', 2);
  const unknown = ids.find((id) => !known.some((gap) => String(gap.id) === id));
  if (unknown !== undefined)
    throw new Failure('unknown_gap', `There is no gap ${unknown}`, 'List them with: boomsync gaps');
  const gapIds = known
    .filter(({ id, state }) => (all === true ? state !== 'settled' : ids.includes(String(id))))
    .map(({ id }) => id);
  const result = await handOver('gaps_checked', { gapIds }, output);
  output.result(result, () =>
    gapIds.length === 0 ? 'No gap is open.' : `Settled, because you have looked: gap ${gapIds.join(', ')}.`,
  );
}

export function gapsCommand(_exit: Exit): Command {
  const command = new Command('gaps')
    .description('when Boom could not reach us, and what became of it')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Boom tries to deliver for two minutes. After a longer gap boomsync reads the interval back from Boom's API, where it
has keys for it; what the API cannot tell stays unconfirmed until Boom speaks of the person again, or you have looked.

Examples:
  $ boomsync gaps
  $ boomsync gaps checked 2       you have looked in Boom: nothing is missing
  $ boomsync gaps checked --all`,
    )
    .action(list);
  command
    .command('checked')
    .description('say that you have looked in Boom')
    .argument('[gaps...]', 'their numbers, as `boomsync gaps` shows them')
    .option('--all', 'all that are open')
    .option('--json', 'print one JSON document')
    .action((ids: string[], _options: unknown, self: Command) => checked(ids, self.optsWithGlobals()));
  return command;
}
