/** What is there and what is so, where Boom may leave anything out. */

/** One copy for the many expressions of a field map. */
const copies = new WeakMap<object, object>();

export function present(scope: unknown): unknown {
  if (typeof scope !== 'object' || scope === null) return scope;
  const copy = copies.get(scope) ?? (withoutNull(scope) as object);
  copies.set(scope, copy);
  return copy;
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNull(inner)]));
}

/** As JSONata casts to true and false, but that of nothing it is false: its own `$not` of nothing is nothing. */
export function isSo(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSo);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
