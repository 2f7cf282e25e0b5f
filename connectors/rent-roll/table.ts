/** A CSV file as its header and its cells, all of them, whoever wrote them; and back. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { ID } from './columns.ts';

export interface Table {
  header: string[];
  /** As they stand in the file: cells of ours are neutralised, cells of the landlord's are theirs. */
  rows: string[][];
}

/** `what` is for a landlord: where it is broken, never what stands there. */
export class BrokenTable extends Error {
  override readonly name = 'BrokenTable';
}

const DELIMITERS = [',', ';', '\t'];

export function tableOf(bytes: Uint8Array): Table {
  const text = textOf(bytes);
  if (text.trim() === '') throw new BrokenTable('it is empty');
  const delimiter = delimiterOf(text);
  let records: string[][];
  try {
    records = parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    const what = code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quotation mark is not closed' : 'it is not a CSV file';
    throw new BrokenTable(typeof lines === 'number' ? `${what} (at or before line ${lines})` : what);
  }
  const [header = [], ...rows] = records;
  return { header: header.map((name) => name.trim()), rows };
}

/** Commas, line feeds; a mark in front where Excel would otherwise garble an accent. */
export function textOfTable({ header, rows }: Table): string {
  const text = stringify([header, ...rows], { record_delimiter: '\n', quoted_match: /[\r;\t]|^\s|\s$/ });
  return /[^\0-\x7f]/.test(text) ? `\ufeff${text}` : text;
}

/** UTF-8; what is none was saved by Excel as plain "CSV", in the code page of Western Windows. */
function textOf(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new BrokenTable('it is not a CSV file');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Excel writes what its country separates lists with. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const names = (delimiter: string) =>
    first.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const delimiter = DELIMITERS.find((candidate) => names(candidate).includes(ID));
  if (delimiter === undefined) throw new BrokenTable(`its first line names no column ${ID}`);
  return delimiter;
}
