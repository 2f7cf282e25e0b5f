/** Who may sign in, as the commands change it: over a real store. */
import { expect, it } from 'vitest';
import type { CommandTools } from '../../../src/operate/command.ts';
import { peopleCommands } from '../../../src/operate/people/commands.ts';
import { firstRunPath } from '../../../src/operate/people/first-run.ts';
import { hashPassword } from '../../../src/operate/people/password.ts';
import { hashOf, makeKey, makeSecret } from '../../../src/operate/people/secrets.ts';
import { openTestStore } from '../../support/store.ts';

const NOON = new Date('2026-11-20T12:00:00.000Z');
const HOUR = 60 * 60_000;
const later = (ms: number) => new Date(NOON.getTime() + ms);

async function opened() {
  const { stores } = await openTestStore();
  return { stores, commands: peopleCommands({ stores, now: () => NOON } as CommandTools) };
}

it('adds each name once, with a link for a day', async () => {
  const { stores, commands } = await opened();
  const { hash } = makeSecret();
  const added = await commands.add_user.run({ name: 'Ana', role: 'owner', linkHash: hash });
  expect(added).toMatchObject({ user: { name: 'Ana', role: 'owner', hasPassword: false } });
  expect(await stores.signInLinks.look(hash, later(23 * HOUR))).not.toBeNull();
  expect(await stores.signInLinks.look(hash, later(24 * HOUR))).toBeNull();
  for (const name of ['ana ', '', 'x'.repeat(81), 'A\u202ena'])
    expect(await commands.add_user.run({ name, role: 'owner', linkHash: makeSecret().hash })).toHaveProperty(
      'error',
    );
});

it('makes a link for the only owner, for whoever is named, and for the first user', async () => {
  const { stores, commands } = await opened();
  const link = async (name: string | null) => {
    const { hash } = makeSecret();
    return { hash, answer: await commands.login_link.run({ name, linkHash: hash }) };
  };
  const first = await link(null);
  expect(first.answer).toEqual({ user: null });
  expect(await stores.signInLinks.look(first.hash, NOON)).toEqual({ hash: first.hash, userId: null });
  expect((await link('Ana')).answer).toMatchObject({ error: 'There is no user Ana' });

  const [ana] = await Promise.all(
    ['Ana', 'Bo'].map((name) =>
      stores.people.add({
        name,
        role: name === 'Ana' ? 'owner' : 'helper',
        passwordHash: null,
        createdAt: '',
      }),
    ),
  );
  const own = await link(null);
  expect(own.answer).toMatchObject({ user: { name: 'Ana' } });
  expect(await stores.signInLinks.look(own.hash, later(15 * 60_000))).toBeNull();
  expect((await link('bo')).answer).toMatchObject({ user: { name: 'Bo', role: 'helper' } });
  await stores.people.disable(ana?.id ?? 0, NOON.toISOString());
  expect((await link('Ana')).answer).toMatchObject({ error: 'Ana may not sign in any more' });
  expect((await link(null)).answer).toMatchObject({ error: 'There are 0 owners' });
});

it('takes a password as what it is kept as, and never in the clear', async () => {
  const { stores, commands } = await opened();
  await stores.people.add({ name: 'Ana', role: 'owner', passwordHash: null, createdAt: '' });
  expect(
    commands.set_password.schema.safeParse({ name: 'Ana', passwordHash: 'four small red boats' }).success,
  ).toBe(false);
  const passwordHash = await hashPassword('four small red boats', 'change');
  expect(await commands.set_password.run({ name: 'Ana', passwordHash })).toMatchObject({
    user: { hasPassword: true },
  });
  expect((await stores.people.named('Ana'))?.passwordHash).toBe(passwordHash);
  expect(await commands.set_password.run({ name: 'Bo', passwordHash })).toHaveProperty('error');
});

it('makes a key and stops it once', async () => {
  const { stores, commands } = await opened();
  const { secret, hash } = makeKey();
  const made = await commands.new_key.run({ name: ' backup ', role: 'helper', keyHash: hash });
  expect(made).toMatchObject({ key: { name: 'backup', role: 'helper' } });
  expect(await stores.apiTokens.use(hashOf(secret), NOON)).not.toBeNull();
  expect(await commands.revoke_key.run({ id: 1 })).toEqual({ id: 1 });
  expect(await commands.revoke_key.run({ id: 1 })).toHaveProperty('error');
});

it('has a link for the first run until there is a user, a new one with each start', async () => {
  const { stores } = await opened();
  const [before, now] = [await firstRunPath(stores, NOON), await firstRunPath(stores, NOON)];
  const hashIn = (path: string | null) => hashOf(path?.slice('/first-run/'.length) ?? '');
  expect(await stores.signInLinks.look(hashIn(before), NOON)).toBeNull();
  expect(await stores.signInLinks.look(hashIn(now), later(23 * HOUR))).not.toBeNull();
  expect(await stores.signInLinks.look(hashIn(now), later(24 * HOUR))).toBeNull();
  await stores.people.add({ name: 'Ana', role: 'owner', passwordHash: null, createdAt: '' });
  expect(await firstRunPath(stores, NOON)).toBeNull();
});
