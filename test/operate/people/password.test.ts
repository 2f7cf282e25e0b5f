import { expect, it } from 'vitest';
import { faultOf, hashPassword, isPasswordHash, passwordFits } from '../../../src/operate/people/password.ts';

it('keeps of a password what fits it and nothing else', async () => {
  const kept = await hashPassword('four small red boats');
  expect(kept).toMatch(/^scrypt\$15\$8\$1\$/);
  expect(isPasswordHash(kept)).toBe(true);
  expect(isPasswordHash('four small red boats')).toBe(false);
  expect(await passwordFits('four small red boats', kept)).toBe(true);
  expect(await passwordFits('four small red boat', kept)).toBe(false);
  expect(await passwordFits('', kept)).toBe(false);
  // Two people with one password do not look alike.
  expect(await hashPassword('four small red boats')).not.toBe(kept);
});

it('takes the same letters however they are composed', async () => {
  const kept = await hashPassword('r\u00e9sum\u00e9 of a boat');
  expect(await passwordFits('re\u0301sume\u0301 of a boat', kept)).toBe(true);
});

it('fits nobody where nobody has that name, though it is looked at all the same', async () => {
  expect(await passwordFits('four small red boats', null)).toBe(false);
  expect(await passwordFits('A'.repeat(43), null)).toBe(false);
});

it.each([
  ['nine char', 'short'],
  ['ten chars.', null],
  // Signs count, not what they take to be written down.
  ['🚲🚲🚲🚲🚲', 'short'],
  ['x'.repeat(1001), 'long'],
])('says of %s: %s', (password, fault) => {
  expect(faultOf(password)).toBe(fault);
});
