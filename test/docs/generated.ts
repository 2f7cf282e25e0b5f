/** Parts of the docs that are made from the code: between two markers stands exactly what the code says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';

export const ROOT = resolve(import.meta.dirname, '../..');

export function readDoc(file: string): string {
  return readFileSync(resolve(ROOT, file), 'utf8');
}

/** A table of Markdown, its columns as wide as their widest cell. */
export function markdownTable(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Holds the part of `file` that is called `name` to `text`; with UPDATE_DOCS=1 writes it there first. */
export function expectPart(file: string, name: string, text: string, test: string): void {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const doc = readDoc(file);
  const parts = doc.split(begin);
  const [before = '', rest = ''] = parts;
  const after = rest.slice(rest.indexOf(end));
  expect(parts.length === 2 && rest.includes(end), `${file} needs the markers ${begin} and ${end}`).toBe(
    true,
  );
  const wanted = `${before}${begin}\n\n${text}\n\n${after}`;
  if (process.env.UPDATE_DOCS === '1' && wanted !== doc) writeFileSync(resolve(ROOT, file), wanted);
  const found = readDoc(file);
  expect(found, `${file}: "${name}" is out of date. Run: UPDATE_DOCS=1 npx vitest run ${test}`).toBe(wanted);
}
