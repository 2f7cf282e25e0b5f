/** Most expressions are a path of names (`person.email`): walked here, since JSONata takes thirty times as long. */

const PLAIN = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
/** Words that JSONata reads otherwise. */
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'and', 'or', 'in', 'function']);

/** The names of a path; null where the expression is more than that. */
export function plainPath(text: string): string[] | null {
  const names = text.trim().split('.');
  return PLAIN.test(text.trim()) && !names.some((name) => WORDS.has(name)) ? names : null;
}

/** What stands there, as JSONata would say it; null where a list is met, which JSONata goes through. */
export function walk(names: readonly string[], scope: unknown): { found: unknown } | null {
  let here = scope;
  for (const name of names) {
    if (Array.isArray(here)) return null;
    if (typeof here !== 'object' || here === null) return { found: undefined };
    here = Object.hasOwn(here, name) ? (here as Record<string, unknown>)[name] : undefined;
  }
  return Array.isArray(here) ? null : { found: here };
}
