/**
 * JSON lets an object name the same key twice, and the parser keeps the last. What came under the first is
 * then out of sight of whoever looks for forbidden keys, and still there in the text.
 */
export function hasDuplicateKeys(text: string, parsed: unknown): boolean {
  return keysWritten(text) !== keysKept(parsed);
}

/** Colons outside of strings: one a key, in text that is known to be JSON. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON) keys++;
    else if (code === QUOTE) at = closingQuote(text, at);
  }
  return keys;
}

function closingQuote(text: string, opening: number): number {
  let at = opening;
  for (;;) {
    at = text.indexOf('"', at + 1);
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}

/** Without recursion: the nesting may be deeper than the stack. */
function keysKept(parsed: unknown): number {
  let keys = 0;
  const open: object[] = isNested(parsed) ? [parsed] : [];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const inner of value) if (isNested(inner)) open.push(inner);
      continue;
    }
    const fields = value as Record<string, unknown>;
    // Parsed JSON inherits no name that would be listed, and nothing else lists them as quickly.
    for (const key in fields) {
      keys++;
      const inner = fields[key];
      if (isNested(inner)) open.push(inner);
    }
  }
  return keys;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
