import { expect, it } from 'vitest';
import { retryAfterMs } from '../../src/http/retry-after.ts';

const NOW = Date.parse('2026-11-12T15:00:00Z');

it.each([
  ['2', 2000],
  ['0', 0],
  ['1.5', 1500],
  ['Thu, 12 Nov 2026 15:01:00 GMT', 60_000],
  ['Thu, 12 Nov 2026 14:00:00 GMT', 0],
  ['99999999999', 86_400_000],
  ['Thu, 12 Nov 2099 15:00:00 GMT', 86_400_000],
  ['soon', null],
  ['-5', 0],
  ['', null],
  [undefined, null],
])('Retry-After %j asks for %j ms, and never for more than a day', (header, ms) => {
  const got = retryAfterMs(header, NOW);
  if (header === '-5') expect(got === null || got >= 0).toBe(true);
  else expect(got).toBe(ms);
});
