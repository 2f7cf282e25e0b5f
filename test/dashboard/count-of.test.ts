import { expect, it } from 'vitest';
import { countOf } from '../../src/dashboard/pages/needs-you/count-of.ts';

it.each([
  ['all of them were read just now', 3, 7, 3],
  ['there may be more than were read', 20, 41, 41],
  ['the verdict is older than what was read', 20, 2, 20],
])('is right where %s', (_, read, told, count) => {
  expect(countOf(read, 20, told)).toBe(count);
});
