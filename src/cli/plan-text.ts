/** What differs over there and what becomes of it: the preview, for a terminal. */
import pc from 'picocolors';
import type { FieldValue } from '../connect/contract.ts';
import type { FieldDifference, Plan } from '../store/sync.ts';
import { table } from './output.ts';
import { plain } from './plain.ts';

const DOES: Record<FieldDifference['does'], string> = {
  write: 'Boom’s is sent',
  keep: 'theirs stays',
  ask: 'differs, and not from us: you are asked',
};

const COLOUR: Record<FieldDifference['does'], (text: string) => string> = {
  write: pc.green,
  keep: pc.dim,
  ask: pc.yellow,
};

export function valueText(value: FieldValue | undefined): string {
  return value === undefined || value === null || value === '' ? '–' : String(value);
}

/** One line a field: what Boom says, what we last wrote, what is there now. `label` is what the PMS is called. */
export function fieldTable(fields: readonly FieldDifference[], label: string): string[] {
  if (fields.length === 0) return [];
  const [head = '', ...rows] = table(
    ['field', 'Boom says', 'last pushed', `in ${label} now`, ''],
    fields.map((one) => [
      one.field,
      valueText(one.boom),
      valueText(one.pushed),
      valueText(one.there),
      DOES[one.does],
    ]),
  ).split('\n');
  return [pc.dim(head), ...rows.map((row, at) => COLOUR[fields[at]?.does ?? 'keep'](row))];
}

/** Of a record that is to be added there is nothing to compare with. */
function newFields(fields: readonly FieldDifference[]): string[] {
  if (fields.length === 0) return [];
  const rows = fields.map(({ field, boom }) => [field, valueText(boom)]);
  const [head = '', ...lines] = table(['field', 'Boom says'], rows).split('\n');
  return [pc.dim(head), ...lines.map((line) => pc.green(line))];
}

/** The whole plan of one record, each line indented by the caller. */
export function planLines({ record, fields, decision, notes }: Plan, label: string): string[] {
  return [
    ...(record === 'create' ? newFields(fields) : fieldTable(fields, label)),
    ...(decision === null ? [] : [pc.green(plain(`decision: ${valueText(decision.from)} → ${decision.to}`))]),
    ...notes.map((text) => pc.green(plain(`note: ${text}`))),
  ];
}

/** `add the record, change 2 fields, set the decision, add a note`; empty where the plan does nothing. */
export function planSummary({ record, fields, decision, notes }: Plan): string {
  const written = fields.filter(({ does }) => does === 'write').length;
  return [
    record === 'create' && 'add the record',
    record !== 'create' && written > 0 && `change ${written} ${written === 1 ? 'field' : 'fields'}`,
    decision !== null && 'set the decision',
    notes.length > 0 && (notes.length === 1 ? 'add a note' : `add ${notes.length} notes`),
  ]
    .filter(Boolean)
    .join(', ');
}
