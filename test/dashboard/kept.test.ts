import { expect, it } from 'vitest';
import { loggedAs, type Who } from '../../src/dashboard/contract.ts';
import { KeptForWho } from '../../src/dashboard/kept.ts';
import { isRevealed, reveal } from '../../src/dashboard/reveals.ts';

const NOON = new Date('2026-11-20T12:00:00.000Z');
const script = (key: number): Who => ({ name: 'backup', role: 'owner', key, session: null });
const person = (id: string): Who => ({
  name: 'backup',
  role: 'owner',
  key: null,
  session: { id, userId: 1, csrf: 'c' },
});

it('is for whoever left it, though others have the same name', () => {
  const kept = new KeptForWho<string>(1000, 10);
  const key = kept.keep(script(1), 'thing', NOON);
  expect(kept.get(script(1), key, NOON)).toBe('thing');
  for (const other of [script(2), person('s1')]) expect(kept.get(other, key, NOON)).toBeUndefined();
  const own = kept.keep(person('s1'), 'thing', NOON);
  expect(kept.get(person('s2'), own, NOON)).toBeUndefined();
});

it('opens what one key for scripts revealed to no other of its name', () => {
  const key = reveal(script(1), 'event 12', NOON);
  expect(isRevealed(script(1), 'event 12', key, NOON)).toBe(true);
  expect(isRevealed(script(2), 'event 12', key, NOON)).toBe(false);
});

it('is logged as a key where a key did it', () => {
  expect(loggedAs(script(1))).toBe('key backup');
  expect(loggedAs(person('s1'))).toBe('backup');
});
