import { Command } from 'commander';
import pc from 'picocolors';
import { addUnits } from '../config/edit-connection.ts';
import type { RemoteUnit } from '../connect/contract.ts';
import { unitKey } from '../connect/units.ts';
import type { UnitOfBoom, UnitReport } from '../operate/units.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { configuredConnection } from './home.ts';
import { createOutput, table } from './output.ts';
import { plain } from './plain.ts';
import { checkEdited, takeUp } from './take-up.ts';

interface Options {
  json?: boolean;
  write?: boolean;
  accept: string[];
}

function words({ property, title, address }: RemoteUnit): string {
  return [property, title].filter(Boolean).join(' / ') || address || '';
}

function row(unit: UnitOfBoom, there: ReadonlyMap<string, RemoteUnit>): [string, string, string, string] {
  if (unit.unitId !== null) {
    const known = there.get(unit.unitId);
    return [
      unit.words,
      unit.unitId,
      known ? words(known) : '',
      known ? 'in your list' : 'in your list, and not there',
    ];
  }
  const [best, ...others] = unit.proposals;
  if (best === undefined) return [unit.words, '', '', 'nothing is alike'];
  const also = others.map((one) => `${one.unit.id} (${words(one.unit)})`).join(', ');
  const how = best.exact ? `fits: ${best.why}` : `perhaps: ${best.why}${also ? `; or ${also}` : ''}`;
  return [unit.words, best.unit.id, words(best.unit), how];
}

function text({ connection, label, there, ours }: UnitReport, written: Record<string, string>): string {
  const byId = new Map(there.map((unit) => [unit.id, unit]));
  const open = ours.filter(({ unitId }) => unitId === null);
  const exact = open.filter(
    ({ proposals }) => proposals[0]?.exact === true && !(proposals[0].unit.id in written),
  );
  const count = Object.keys(written).length;
  const [example] = open.flatMap(({ words: key, proposals }) =>
    proposals[0] && !proposals[0].exact ? [`${key}=${proposals[0].unit.id}`] : [],
  );
  return [
    plain(`${label} lists ${there.length} units; the people on record name ${ours.length}.`),
    '',
    table(
      ['Boom says', 'id', `in ${label}`, ''],
      ours.map((unit) => row(unit, byId)),
    ),
    '',
    ...(count > 0 ? [pc.green(`Written into config/connections/${connection}.yaml: ${count}.`)] : []),
    ...(count === 0 && exact.length > 0
      ? [`Write those that fit into your list: boomsync units ${connection} --write`]
      : []),
    ...(count === 0 && example !== undefined
      ? [plain(`Say yourself which one it is: boomsync units ${connection} --accept "${example}"`)]
      : []),
    ...(open.length === 0 ? ['Every unit is in your list.'] : []),
  ].join('\n');
}

/** `Oak / 4B=10231`, as many as there are. */
function pair(said: string, before: string[]): string[] {
  return [...before, said];
}

/** What the landlord accepts, by name; each must be a unit of Boom's and one that is there. */
function accepted(
  said: readonly string[],
  { label, ours, there, connection }: UnitReport,
): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const text of said) {
    const at = text.lastIndexOf('=');
    const [key, id] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    const unit = ours.find((one) => unitKey(one.words) === unitKey(key));
    const wrong =
      at < 0
        ? 'has no "="; expected Boom’s unit, "=", and the id'
        : unit === undefined
          ? 'names no unit that Boom named'
          : there.every((one) => one.id !== id)
            ? `names no unit that ${label} lists`
            : null;
    if (wrong !== null || unit === undefined)
      throw new Failure(
        'not_accepted',
        `"${text}" ${wrong}`,
        `See both with: boomsync units ${connection}`,
        2,
      );
    pairs[unit.words] = id;
  }
  return pairs;
}

async function units(name: string, { json, write, accept }: Options): Promise<void> {
  const output = createOutput(json === true);
  const { connection } = await configuredConnection(name);
  const report = await handOver('units', { connection: name }, output);
  const exact = report.ours.flatMap(({ words: key, proposals: [best] }) =>
    write === true && best?.exact === true ? [[key, best.unit.id] as const] : [],
  );
  const pairs = { ...Object.fromEntries(exact), ...accepted(accept, report) };
  if (Object.keys(pairs).length > 0) {
    checkEdited(await addUnits(connection.file, pairs));
    if (!(await takeUp(output))) output.say('No server runs: it counts from the next start.');
  }
  output.result({ ...report, written: pairs }, () => text(report, pairs));
}

export function unitsCommand(_exit: Exit): Command {
  return new Command('units')
    .description('the units of a PMS, and which of Boom’s they may be')
    .argument('<connection>', 'its name')
    .option('--write', 'put those that fit beyond doubt into config/connections/<name>.yaml')
    .option(
      '--accept <pair>',
      'put this one there: "Oak Street / 4B=10231"; may be said several times',
      pair,
      [],
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Compared by ids, then by address and name, then by name and property. Nothing is written by itself, and where two fit
you are asked to say which one it is. Your comments in the file stay.

Examples:
  $ boomsync units oak-street
  $ boomsync units oak-street --write
  $ boomsync units oak-street --accept "Oak Street / 4B=10231"`,
    )
    .action(units);
}
