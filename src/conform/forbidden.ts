/** What no write may ask a PMS for, whatever the PMS is: by the words of its paths and of what is set. */
const FORBIDDEN = /lease|deposit|payment|charge|ledger|move.?out|vacat|evict/i;

/** The part of the path, or the name of what is set, that speaks of it; null where nothing does. */
export function forbiddenIn(path: string, body: unknown): string | null {
  const names = [...path.split('/'), ...namesIn(body)];
  return names.find((name) => FORBIDDEN.test(name)) ?? null;
}

/** Of what is set to something: what a PMS wants back as it was is no wish. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    inner === null || inner === '' || inner === false ? [] : [name, ...namesIn(inner)],
  );
}
