import { expect, it } from 'vitest';
import {
  faultOf,
  hashPassword,
  isPasswordHash,
  PasswordsBusy,
  passwordFits,
  type Turn,
} from '../../../src/operate/people/password.ts';

it('keeps of a password what fits it and nothing else', async () => {
  const kept = await hashPassword('four small red boats', 'change');
  expect(kept).toMatch(/^scrypt\$15\$8\$1\$/);
  expect(isPasswordHash(kept)).toBe(true);
  expect(isPasswordHash('four small red boats')).toBe(false);
  expect(await passwordFits('four small red boats', kept, 'sign_in')).toBe(true);
  expect(await passwordFits('four small red boat', kept, 'sign_in')).toBe(false);
  expect(await passwordFits('', kept, 'sign_in')).toBe(false);
  // Two people with one password do not look alike.
  expect(await hashPassword('four small red boats', 'change')).not.toBe(kept);
});

it('takes the same letters however they are composed', async () => {
  const kept = await hashPassword('r\u00e9sum\u00e9 of a boat', 'change');
  expect(await passwordFits('re\u0301sume\u0301 of a boat', kept, 'sign_in')).toBe(true);
});

it('fits nobody where nobody has that name, though it is looked at all the same', async () => {
  expect(await passwordFits('four small red boats', null, 'sign_in')).toBe(false);
  expect(await passwordFits('A'.repeat(43), null, 'sign_in')).toBe(false);
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

it('looks at no more at once than it can, and at whoever signs in before a change of password', async () => {
  // As kept, but for a cost at which a hundred take no time.
  const cheap = `scrypt$01$1$1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  const done: string[] = [];
  const look = (turn: Turn) =>
    passwordFits('four small red boats', cheap, turn).then(
      () => done.push(turn),
      (error) => done.push(error instanceof PasswordsBusy ? `${turn} busy` : String(error)),
    );
  // Two are at work, a hundred wait.
  const changes = Array.from({ length: 110 }, () => look('change'));
  await Promise.all([...changes, look('sign_in'), look('proven')]);
  expect(done.filter((one) => one === 'change busy')).toHaveLength(8);
  const looked = done.filter((one) => !one.endsWith('busy'));
  expect(looked).toHaveLength(104);
  expect(looked.indexOf('proven')).toBeLessThan(5);
  expect(looked.indexOf('sign_in')).toBeLessThan(6);
});
