/**
 * The same decision for the same key, made once. Whoever may post can also invent keys without end, so the
 * memory starts afresh when it is full and never holds a long key.
 */
export function remember<T>(decide: (key: string) => T): (key: string) => T {
  const decided = new Map<string, T>();
  return (key) => {
    const known = decided.get(key);
    if (known !== undefined) return known;
    const decision = decide(key);
    if (key.length <= LONGEST) {
      if (decided.size >= MOST) decided.clear();
      decided.set(key, decision);
    }
    return decision;
  };
}

const MOST = 2_000;
const LONGEST = 64;
