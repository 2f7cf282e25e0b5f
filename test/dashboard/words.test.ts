/** What the pages say: plain words only. */
import { expect, it } from 'vitest';
import { english } from '../../src/words/en/english.ts';

/** Never outside of the technical details. */
const BANNED =
  /\b(webhooks?|payloads?|status codes?|idempoten\w*|queues?|tokens?|api|json|http|endpoints?|sync(ed|ing)?|upserts?|deduplicat\w*|null|undefined|boolean|regex|uuid|csrf|cron|authenticat\w*|credentials?|reconcil\w*|daemon|sqlite|schemas?|parked)\b/i;

/** Where whoever reads asked for the technical side of it. */
const TECHNICAL = /\.(technical|details|diagnostics|about)[^.]*(\.|$)/i;

/** Every sentence: a function is asked with numbers and words in turn, since each takes what it takes. */
function* sentences(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'function') {
    for (const args of [
      ['Ana', 'Buildium', 'Oak', '4B'],
      [1, 1, 1, 1],
      [2, 3, 4, 5],
      ['Ana', 2, 3, 4],
    ]) {
      try {
        const said = (value as (...given: unknown[]) => unknown)(...args);
        // It looked something up that these are not.
        if (!/undefined|NaN/.test(String(said))) yield* sentences(said, path);
      } catch {
        // It takes something else; one of the others fits.
      }
    }
  } else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) yield* sentences(one, `${path}.${key}`);
}

it('uses no word that a landlord would have to look up', () => {
  const found = [...sentences(english, 'english')]
    .filter(([path]) => !TECHNICAL.test(path))
    .filter(([, text]) => BANNED.test(text))
    .map(([path, text]) => `${path}: ${text}`);
  expect([...new Set(found)]).toEqual([]);
});

it('says every sentence whole', () => {
  const odd = [...sentences(english, 'english')]
    .filter(([, text]) => /\[object| {2}/.test(text))
    .map(([path, text]) => `${path}: ${text}`);
  expect(odd).toEqual([]);
});
