/** The rows of one file, and what becomes of them. No files here: see `ledger.ts`. */
import type { Fields, FieldValue, Kind } from '../../src/connect/contract.ts';
import { COLUMNS, ID, SORTED_BY } from './columns.ts';
import { neutralised, restored } from './formula.ts';
import { BrokenTable, type Table } from './table.ts';

/** A row as it stands in the file, by column. */
export type KeptRow = Record<string, string>;

export interface Sheet {
  kind: Kind;
  header: string[];
  /** Every row that is known, those that have left the file included. */
  rows: string[][];
  rowOf: Map<string, string[]>;
  /** How many of the rows the file holds; the others came after. */
  found: number;
  /** Nobody has sorted the file by hand, or added a row. */
  inOurOrder: boolean;
}

/** `table` is null where there is no file. `kept` are the rows of our last write: what is missing comes back. */
export function sheetOf(kind: Kind, table: Table | null, kept: ReadonlyMap<string, KeptRow>): Sheet {
  const { header, rows } = widened(kind, table ?? { header: [], rows: [] });
  const rowOf = new Map<string, string[]>();
  const sheet: Sheet = { kind, header, rows, rowOf, found: rows.length, inOurOrder: false };
  for (const [index, cells] of rows.entries()) {
    const id = idOf(sheet, cells);
    if (id === '') continue;
    if (rowOf.has(id)) throw new BrokenTable(`row ${index + 2} has the ${ID} of a row above it`);
    rowOf.set(id, cells);
  }
  const keys = rows.map((cells) => keyOf(sheet, cells));
  const inOrder = keys.every((key, at) => at === 0 || compare(keys[at - 1] ?? [], key) <= 0);
  sheet.inOurOrder = inOrder && rowOf.size === rows.length;
  for (const [id, cells] of kept)
    if (!rowOf.has(id)) for (const [column, text] of Object.entries(cells)) setCell(sheet, id, column, text);
  return sheet;
}

/** A column for every cell, and every column of ours, which somebody may have taken out. */
function widened(kind: Kind, table: Table): Table {
  const width = Math.max(table.header.length, ...table.rows.map((cells) => cells.length));
  const header = Array.from({ length: width }, (_, at) => table.header[at] ?? '');
  header.push(...COLUMNS[kind].filter((column) => !header.includes(column)));
  return { header, rows: table.rows.map((cells) => header.map((_, at) => cells[at] ?? '')) };
}

/** What the file shows: an edit by hand included, the apostrophe that makes it safe left out. */
export function fieldsOf(sheet: Sheet, id: string): Fields | null {
  const cells = sheet.rowOf.get(id);
  if (cells === undefined) return null;
  const named = sheet.header.map((column, index) => [column, restored(cells[index] ?? '') || null] as const);
  return Object.fromEntries(
    named.filter(([column], at) => column !== '' && column !== ID && sheet.header.indexOf(column) === at),
  );
}

export function put(sheet: Sheet, id: string, fields: Fields): void {
  for (const [column, value] of Object.entries(fields))
    if (column !== ID) setCell(sheet, id, column, neutralised(asText(value)));
}

export function remove(sheet: Sheet, id: string): void {
  const cells = sheet.rowOf.get(id);
  if (cells === undefined) return;
  const at = sheet.rows.indexOf(cells);
  sheet.rows.splice(at, 1);
  sheet.rowOf.delete(id);
  if (at < sheet.found) sheet.found -= 1;
}

/** The rows that belong into the file. It stays sorted until somebody sorts it by hand; then new rows come last. */
export function tableOfSheet(sheet: Sheet): Table {
  const { header, rows, found } = sheet;
  const listed = (part: string[][]) => part.filter((cells) => isListed(sheet, cells));
  if (sheet.inOurOrder) return { header, rows: sorted(sheet, listed(rows)) };
  return { header, rows: [...listed(rows.slice(0, found)), ...sorted(sheet, listed(rows.slice(found)))] };
}

/** The same for programs: our columns, an empty cell as null. */
export function jsonOfSheet(sheet: Sheet): string {
  const places = COLUMNS[sheet.kind].map((column) => [column, sheet.header.indexOf(column)] as const);
  const rows = tableOfSheet(sheet)
    .rows.filter((cells) => idOf(sheet, cells) !== '')
    .map((cells) =>
      Object.fromEntries(places.map(([column, at]) => [column, restored(cells[at] ?? '') || null])),
    );
  return `${JSON.stringify(rows, null, 2)}\n`;
}

export function keptOfSheet(sheet: Sheet): Map<string, KeptRow> {
  return new Map(
    [...sheet.rowOf].map(([id, cells]) => [
      id,
      Object.fromEntries(
        sheet.header
          .map((column, at) => [column, cells[at] ?? ''])
          .filter(([column, cell]) => column !== '' && cell !== ''),
      ),
    ]),
  );
}

/** The rent roll lists who lives there; a row of the landlord's own stays whatever it says. */
function isListed(sheet: Sheet, cells: string[]): boolean {
  if (sheet.kind !== 'tenant' || idOf(sheet, cells) === '') return true;
  return cellOf(sheet, cells, 'status').trim().toLowerCase() === 'resident';
}

function setCell(sheet: Sheet, id: string, column: string, text: string): void {
  let cells = sheet.rowOf.get(id);
  if (cells === undefined) {
    cells = sheet.header.map((name) => (name === ID ? neutralised(id) : ''));
    sheet.rowOf.set(id, cells);
    sheet.rows.push(cells);
  }
  let at = sheet.header.indexOf(column);
  if (at === -1) at = sheet.header.push(column) - 1;
  cells[at] = text;
}

function asText(value: FieldValue): string {
  return value === null ? '' : String(value);
}

function cellOf(sheet: Sheet, cells: string[], column: string): string {
  return restored(cells[sheet.header.indexOf(column)] ?? '');
}

function idOf(sheet: Sheet, cells: string[]): string {
  return cellOf(sheet, cells, ID).trim();
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function sorted(sheet: Sheet, rows: string[][]): string[][] {
  const keyed = rows.map((cells) => ({ cells, key: keyOf(sheet, cells) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ cells }) => cells);
}

function keyOf(sheet: Sheet, cells: string[]): string[] {
  return SORTED_BY.map((column) => cellOf(sheet, cells, column));
}

function compare(a: string[], b: string[]): number {
  for (const [at, text] of a.entries()) {
    const order = COLLATOR.compare(text, b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
