import { join } from 'node:path';
import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { type Looked, lookFor, type Places } from '../operate/forget/look.ts';
import type { Receipt } from '../operate/forget/receipt.ts';
import { nameOf } from '../operate/tenant-words.ts';
import { FORGOTTEN_FOLDER } from '../store/tombstone-files.ts';
import { forget as words } from '../words/en/forget.ts';
import { confirm } from './confirm.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { readConnections, withReader } from './home.ts';
import { createOutput, moment } from './output.ts';
import { plain } from './plain.ts';
import { AT_THE_TERMINAL } from './terminal.ts';

interface Options {
  backups?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
}

const item = (text: string) => `  - ${text}`;

function copyLines(copies: Places['copies'], timezone: string): string[] {
  return copies.map(({ file, at, goneBy }) =>
    item(
      `${moment(at, timezone)}  ${file} (${goneBy === null ? words.byHand : words.goneBy(goneBy.slice(0, 10))})`,
    ),
  );
}

function elsewhere({ pms }: Pick<Places, 'pms'>): string[] {
  if (pms.length === 0) return [];
  return [
    words.elsewhere,
    ...pms.map(({ label, kind, remoteId }) => item(words.remote(label, kind, remoteId))),
  ];
}

function lookText({ tenant, places }: Looked, timezone: string, backups: boolean): string {
  const { events, bodies, rows, others, files, copies } = places;
  const goes = [
    words.profile,
    words.bodies(bodies),
    words.events(events),
    ...words.rows(rows),
    ...words.others(others),
    ...files.map(({ label, kind }) => words.file(label, kind)),
  ];
  const copied = [
    words.copies,
    ...copyLines(copies, timezone),
    backups ? words.erasesCopies : words.eraseCopies,
  ];
  return [
    words.of(`${places.tenantId} ${nameOf(tenant.record)}`),
    words.goes,
    ...goes.map(item),
    words.stays,
    ...[words.ledger, words.tombstone].map(item),
    ...elsewhere(places),
    ...(copies.length > 0 ? copied : []),
  ]
    .map(plain)
    .join('\n');
}

function receiptText(receipt: Receipt, { timezone, dataDir }: Config): string {
  const { id, tenantId, at, clean, erased, copies } = receipt;
  return [
    words.done(tenantId, id, moment(at, timezone)),
    clean ? words.clean : words.notClean,
    ...(erased.length > 0 ? [words.erased(erased.length)] : []),
    ...elsewhere(receipt),
    ...(copies.length > 0 ? [words.copies, ...copyLines(copies, timezone)] : []),
    words.receipt(join(dataDir, FORGOTTEN_FOLDER, `${id}.receipt.json`)),
  ]
    .map(plain)
    .join('\n');
}

async function look(id: string): Promise<{ looked: Looked; config: Config }> {
  return await withReader(async ({ stores, config }) => {
    const connections = await readConnections(config, true);
    const signal = new AbortController().signal;
    const looked = await lookFor(id, { stores, connections, config, signal });
    if (looked === null)
      throw new Failure('unknown_tenant', `There is no tenant ${id}`, 'List them with: boomsync tenants');
    return { looked, config };
  });
}

async function forget(id: string, { backups = false, dryRun, yes, json }: Options): Promise<void> {
  const output = createOutput(json === true);
  const { looked, config } = await look(id);
  const { tenantId, hold } = looked.places;
  const text = () => lookText(looked, config.timezone, backups);
  if (dryRun === true) {
    const held = hold === null ? [] : [words.held(tenantId, moment(hold.heldAt, config.timezone))];
    output.result(looked.places, () => [text(), ...held, words.nothingChanged].join('\n'));
    return;
  }
  if (hold !== null)
    throw new Failure(
      'held',
      `You hold ${tenantId}, so nothing of them is removed`,
      `End that first, with: boomsync release ${tenantId}`,
    );
  output.say(text());
  await confirm(words.ask(tenantId), yes === true);
  const receipt = await handOver('forget', { tenantId, backups, who: AT_THE_TERMINAL }, output);
  output.result(receipt, () => receiptText(receipt, config));
}

export function forgetCommand(_exit: Exit): Command {
  return new Command('forget')
    .description('erase somebody: shows every place first, and asks')
    .argument('<tenant>', 'its id, like t12')
    .option('--backups', 'delete the backups in which they stand as well')
    .option('--dry-run', 'only show')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Names, addresses and messages go from the database, its log and your lists; ids, decisions and their times stay for as
long as decisions are kept. What Boom sends late about them is not kept. Records in a PMS are listed, and stay yours to
delete there.

Examples:
  $ boomsync forget t12 --dry-run
  $ boomsync forget t12 --backups`,
    )
    .action(forget);
}
