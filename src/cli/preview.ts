import { Command } from 'commander';
import pc from 'picocolors';
import { plural } from '../operate/plural.ts';
import { isPlanned, type Preview, type PreviewedRecord } from '../operate/preview.ts';
import { nameOf, unitOfPlace } from '../operate/tenant-words.ts';
import type { Tenant } from '../project/tenant.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { readConfig, withReader } from './home.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';
import { planLines, planSummary } from './plan-text.ts';

/** How many records a text shows; `--json` shows all. */
const MOST_SHOWN = 100;

type People = ReadonlyMap<string, Tenant>;

export async function peopleOf(ids: Iterable<string>): Promise<People> {
  return await withReader(async ({ stores }) => {
    const people = new Map<string, Tenant>();
    for (const id of new Set(ids)) {
      const row = await stores.tenants.get(id);
      if (row !== null) people.set(id, row.record);
    }
    return people;
  });
}

function recordLines(record: PreviewedRecord, label: string, people: People): string[] {
  const tenant = people.get(record.tenantId);
  const who = [record.tenantId, tenant && nameOf(tenant), tenant && unitOfPlace(tenant, record.place)];
  const summary = record.plan === null ? '' : planSummary(record.plan);
  const head = `${who.filter(Boolean).join('  ')} · ${record.kind}${record.remoteId === null ? '' : ` ${record.remoteId}`}`;
  return [
    plain(`${head}${summary ? `: ${summary}` : ''}`),
    ...(record.plan === null ? [] : planLines(record.plan, label)).map((line) => `    ${line}`),
    // What is only waiting for "live" is said by the plan.
    ...(record.message !== null && record.cause !== 'preview'
      ? [
          `    ${pc.yellow(plain(record.message))}`,
          ...(record.remedy ? [`    → ${plain(record.remedy)}`] : []),
        ]
      : []),
  ];
}

function countsLine({ create, update, decisions, notes, needsYou, inLine }: Preview['counts']): string {
  return [
    `${plural(create, 'record', 'records')} would be added`,
    `${update} changed`,
    `${plural(decisions, 'decision', 'decisions')} set`,
    `${plural(notes, 'note', 'notes')} added`,
    `${needsYou} ${needsYou === 1 ? 'needs' : 'need'} you`,
    `${inLine} ${inLine === 1 ? 'is' : 'are'} as wanted`,
  ].join(', ');
}

/** `everybody`: also records of which there is nothing to say. */
export function previewText(preview: Preview, people: People, everybody: boolean): string {
  const shown = preview.records.filter(
    (record) => everybody || isPlanned(record) || record.state === 'parked' || record.state === 'retrying',
  );
  const lines = preview.connections.flatMap(({ name, label, mode, failure }) => {
    const own = shown.slice(0, MOST_SHOWN).filter(({ connection }) => connection === name);
    return [
      pc.bold(plain(`${name} (${label}), ${mode}`)),
      ...(failure === null ? [] : [pc.red(plain(failure.message)), `→ ${plain(failure.remedy)}`]),
      ...(own.length === 0 && failure === null ? ['Nothing would be written.'] : []),
      ...own.flatMap((record) => recordLines(record, label, people)),
      '',
    ];
  });
  const more = shown.length - MOST_SHOWN;
  return [
    ...lines,
    ...(more > 0 ? [`and ${more} more; see all with --json`] : []),
    `${countsLine(preview.counts)}. Nothing was written.`,
  ].join('\n');
}

/** A connection of that name, else a tenant. */
async function askedFor(target: string | undefined) {
  if (target === undefined) return { tenantId: null, connection: null };
  const config = await readConfig('none');
  if (config.connections.some(({ name }) => name === target)) return { tenantId: null, connection: target };
  const tenant = await withReader(({ stores }) => stores.tenants.get(target));
  if (tenant !== null) return { tenantId: tenant.record.id, connection: null };
  throw new Failure(
    'unknown_target',
    `There is no connection and no tenant ${target}`,
    'List them with: boomsync connection list, boomsync tenants',
  );
}

export function previewCommand(exit: Exit): Command {
  return new Command('preview')
    .description('what would be written over there now, field by field; nothing is written')
    .argument('[tenant or connection]', 'only this one')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
It looks into every PMS now, so it is never of yesterday. A live connection is shown as well: what it will do next.

Examples:
  $ boomsync preview                 everybody, everywhere
  $ boomsync preview oak-street      one connection
  $ boomsync preview t12             one tenant
  $ boomsync preview oak-street --json

Exit code 1 where a PMS could not be asked.`,
    )
    .action(async (target: string | undefined, options: { json?: boolean }) => {
      const output = createOutput(options.json === true);
      const asked = await askedFor(target);
      const preview = await handOver('preview', asked, output);
      if (preview.connections.some(({ failure }) => failure !== null)) exit.code = 1;
      const people = await peopleOf(preview.records.map(({ tenantId }) => tenantId));
      output.result(preview, () => previewText(preview, people, asked.tenantId !== null));
    });
}
