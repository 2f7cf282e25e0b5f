/** The table of a connector's fields, as its manifest has them: what is sent, of whom, and who wins. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { CompiledManifest } from '../../src/connect/compile-manifest.ts';
import { KINDS, type Kind } from '../../src/connect/contract.ts';
import { desiredFields, mappedFields } from '../../src/connect/mapping.ts';
import { readable, SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { comparedInWords, limitsInWords, readsInWords } from './connector-words.ts';
import { markdownTable, ROOT } from './generated.ts';

interface Row {
  field: string;
  kinds: Kind[];
  cells: string[];
}

const code = (text: unknown) => (text === null || text === undefined ? '' : `\`${text}\``);

/** One row for each field; where the kinds have it otherwise, one for each kind. */
async function rowsOf({ manifest, kinds }: CompiledManifest): Promise<Row[]> {
  const rows = new Map<string, Row>();
  for (const kind of KINDS) {
    const compiled = kinds.get(kind);
    if (compiled === undefined) continue;
    const mapped = mappedFields(compiled, manifest.capabilities.local, new Map(), new Set());
    const example = await desiredFields(
      mapped,
      readable({ ...SAMPLE_SCOPE, unitId: unitIdFor(manifest.id) }),
    );
    for (const [field, spec] of Object.entries(compiled.spec.fields)) {
      const cells = [
        readsInWords(spec.from),
        code(example[field]),
        code(spec.owner),
        comparedInWords(spec.compare),
        limitsInWords(spec, kind, manifest),
      ];
      const name = [field, ...cells].join('\n');
      const row = rows.get(name) ?? { field, kinds: [], cells };
      row.kinds.push(kind);
      rows.set(name, row);
    }
  }
  const order = [...new Set([...rows.values()].map(({ field }) => field))];
  return [...rows.values()].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** As the example of its configuration has one. */
function unitIdFor(id: string): string | null {
  const text = readFileSync(resolve(ROOT, `config/connections/${id}.example.yaml`), 'utf8');
  const { units }: { units?: Record<string, string | number> | null } = parse(text);
  const [first] = Object.values(units ?? {});
  return first === undefined ? null : String(first);
}

function aboutEmpty({ kinds, manifest }: CompiledManifest): string {
  const clears = [...kinds.values()].every(
    ({ spec }) => (spec.empty ?? (manifest.capabilities.local ? 'clear' : 'keep')) === 'clear',
  );
  return clears ? 'What Boom does not know is emptied.' : 'What Boom does not know is left alone.';
}

export async function fieldsPart(compiled: CompiledManifest): Promise<string> {
  const { manifest, kinds } = compiled;
  const rows = await rowsOf(compiled);
  const columns = [
    { head: 'field', cell: ({ field }: Row) => code(field) },
    // Said only where the kinds differ.
    { head: 'of', cell: ({ kinds: of }: Row) => (of.length === kinds.size ? '' : of.join(', ')) },
    ...['from Boom', 'for example', 'who wins', 'compared', 'limits'].map((head, at) => ({
      head,
      cell: ({ cells }: Row) => cells[at] ?? '',
    })),
  ].filter(({ cell }) => rows.some((row) => cell(row) !== ''));
  const table = markdownTable(
    columns.map(({ head }) => head),
    rows.map((row) => columns.map(({ cell }) => cell(row))),
  );
  return `${table}

[Who wins](../how-it-works.md#the-three-way-merge) where both sides changed a field: \`fields:\` in the connection's file may
say otherwise. ${aboutEmpty(compiled)} The examples are of an invented person; the expressions stand in
[the manifest](../../connectors/${manifest.id}/manifest.yaml).`;
}
