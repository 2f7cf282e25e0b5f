import { Command, InvalidArgumentError } from 'commander';
import type { Resynced } from '../operate/resync.ts';
import type { Stores } from '../store/stores.ts';
import { driftLines } from './drift-text.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { readConfig } from './home.ts';
import { createOutput, moment } from './output.ts';
import { recordsTable } from './records-table.ts';

interface Options {
  json?: boolean;
  verify?: boolean;
  all?: boolean;
  dryRun?: boolean;
  since?: string;
  account?: string;
}

function day(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('expected a day like 2026-11-03');
  if (time > Date.now()) throw new InvalidArgumentError('that day has not come yet');
  return new Date(time).toISOString();
}

/** `applications page 4 of 12, 300 read, 2 changed; about 1 min left`. */
export function createProgress(now: () => number = Date.now): (stores: Stores) => Promise<string | null> {
  const began = now();
  const asked = new Date(began).toISOString();
  let first: { page: number; at: number; step: string } | null = null;
  return async ({ resyncs }) => {
    const running = (await resyncs.running()).at(-1);
    // What was broken off before is not under way.
    if (running === undefined || running.updatedAt < asked) return null;
    const { step, page, pages, seen, changed } = running;
    if (first === null || first.step !== step) first = { page, at: now(), step };
    const each = page > first.page ? (now() - first.at) / (page - first.page) : null;
    const left = pages === null || each === null ? null : Math.ceil((each * (pages - page + 1)) / 60_000);
    return [
      `${step.replaceAll('_', ' ')} page ${page}${pages === null ? '' : ` of ${pages}`}, ${seen} read, ${changed} changed`,
      ...(left === null ? [] : [`about ${left} min left for these`]),
      `${Math.round((now() - began) / 1000)} s so far`,
    ].join('; ');
  };
}

function text(result: Resynced, options: Options, timezone: string): string {
  const lines = result.boom.flatMap((report) => {
    const name = `Boom (${report.account})`;
    const asked = options.since?.slice(0, 10);
    const since =
      report.since === null
        ? 'everything'
        : `what changed since ${asked ? `${asked} (UTC)` : moment(report.since, timezone)}`;
    const would = options.dryRun === true ? 'would change' : 'changed';
    if (report.outcome === 'done')
      return [
        `${name}: read ${since}: ${report.seen} looked at, ${report.changed} ${would}${options.dryRun === true ? '' : `, ${report.tenants} tenants changed`}.`,
      ];
    if (report.outcome === 'no_keys') return [`${name}: ${report.message}.`, `  → ${report.remedy}`];
    return [
      `${name}: broke off after ${report.seen}${report.message === null ? '' : `: ${report.message}`}`,
      `  → ${report.remedy ?? 'The next resync goes on where it broke off.'}`,
    ];
  });
  if (options.dryRun === true) return [...lines, 'Nothing was kept: this was a dry run.'].join('\n');
  const done = options.verify
    ? ['Every record over there was read and compared.', ...driftLines(result.drift)]
    : ['What was due has been brought in line.'];
  return [...lines, ...done, '', recordsTable(result)].join('\n');
}

export function resyncCommand(exit: Exit): Command {
  return new Command('resync')
    .description('read from Boom what changed, and bring everything in line')
    .option('--since <day>', 'read what changed in Boom since this day (UTC), like 2026-11-03', day)
    .option('--all', 'read everything from Boom, whenever it changed')
    .option('--account <name>', 'only this account at Boom')
    .option('--dry-run', 'say what differs in Boom and keep nothing')
    .option('--verify', 'also read every record over there and compare it')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Without --since or --all it reads what changed since the last time. It can be broken off at any point; the next one
goes on. Without API keys for Boom only what is due over there is worked on.

Examples:
  $ boomsync resync
  $ boomsync resync --all                       the first time: the whole book from Boom
  $ boomsync resync --since 2026-11-03 --dry-run
  $ boomsync resync --verify                    also read every record over there`,
    )
    .action(async (options: Options) => {
      const output = createOutput(options.json === true);
      const config = await readConfig('none');
      if (options.account !== undefined && !config.accounts.some(({ name }) => name === options.account)) {
        throw new Failure(
          'unknown_account',
          `There is no account ${options.account}`,
          `They are: ${config.accounts.map(({ name }) => name).join(', ')}`,
        );
      }
      if (options.all === true && options.since !== undefined)
        throw new Failure('usage', '--all and --since exclude one another', 'Give one of them.', 2);
      const asked = {
        verify: options.verify === true,
        account: options.account ?? null,
        since: options.since ?? null,
        all: options.all === true,
        dryRun: options.dryRun === true,
      };
      const result = await handOver('resync', asked, output, createProgress());
      // Without keys a plain resync still does its part; what was asked of Boom expressly was not done.
      const ofBoom = asked.all || asked.since !== null || asked.dryRun || asked.account !== null;
      const undone = ofBoom ? ['failed', 'no_keys'] : ['failed'];
      if (result.boom.some(({ outcome }) => undone.includes(outcome))) exit.code = 1;
      output.result(result, () => text(result, options, config.timezone));
    });
}
