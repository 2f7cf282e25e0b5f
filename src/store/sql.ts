/** Small parts of raw SQL that SQLite and PostgreSQL share. */

/** Rows a statement, so that none holds the thread for long. */
const CHUNK = 100;

export function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += CHUNK) yield items.slice(start, start + CHUNK);
}

/** `(?, ?, ?)`, one for each value. */
export function placeholders(values: readonly unknown[]): string {
  return `(${values.map(() => '?').join(', ')})`;
}
