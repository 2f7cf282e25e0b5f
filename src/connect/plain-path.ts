/**
 * Most expressions are all there is (`$`), a path of names (`person.email`), or one part of the first fitting entry of a list
 * (`phones[type = "home"][0].number`): walked here, since JSONata takes thirty times as long.
 */

/** What stands there, as JSONata would say it; null where it takes JSONata to say. */
export type Walk = (scope: unknown) => { found: unknown } | null;

const NAME = '[A-Za-z_]\\w*';
const PATH = new RegExp(`^${NAME}(\\.${NAME})*$`);
const FIRST = new RegExp(`^(${NAME})\\[(${NAME}) = "([^"\\\\]*)"\\]\\[0\\]\\.(${NAME})$`);
/** Words that JSONata reads otherwise. */
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'and', 'or', 'in', 'function']);

/** Null where the expression is more than that. */
export function plainPath(text: string): Walk | null {
  const path = text.trim();
  if (path === '$') return (scope) => ({ found: scope });
  if (PATH.test(path)) {
    const names = path.split('.');
    return names.some((name) => WORDS.has(name)) ? null : (scope) => walk(names, scope);
  }
  const [, list = '', key = '', value = '', part = ''] = FIRST.exec(path) ?? [];
  if (list === '' || [list, key, part].some((name) => WORDS.has(name))) return null;
  return (scope) => first(scope, list, key, value, part);
}

/** A list on the way JSONata goes through. */
function walk(names: readonly string[], scope: unknown): { found: unknown } | null {
  let here = scope;
  for (const name of names) {
    if (Array.isArray(here)) return null;
    if (typeof here !== 'object' || here === null) return { found: undefined };
    here = own(here, name);
  }
  return Array.isArray(here) ? null : { found: here };
}

function first(
  scope: unknown,
  list: string,
  key: string,
  value: string,
  part: string,
): { found: unknown } | null {
  if (typeof scope !== 'object' || scope === null || Array.isArray(scope)) return null;
  const entries = own(scope, list);
  if (!Array.isArray(entries)) return null;
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return null;
    const is = own(entry, key);
    if (typeof is === 'object' && is !== null) return null;
    if (is !== value) continue;
    const found = own(entry, part);
    return Array.isArray(found) ? null : { found };
  }
  return { found: undefined };
}

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
