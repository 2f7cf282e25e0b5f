import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NewUser } from '../../src/store/people.ts';
import { openTestStore } from '../support/store.ts';

const NOON = new Date('2026-11-20T12:00:00.000Z');
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const later = (ms: number) => new Date(NOON.getTime() + ms);
const person = (name: string, more: Partial<NewUser> = {}): NewUser => ({
  name,
  passwordHash: 'scrypt$…',
  role: 'owner',
  createdAt: NOON.toISOString(),
  ...more,
});

async function opened() {
  const store = await openTestStore();
  const ana = await store.stores.people.add(person('Ana'));
  if (ana === null) throw new Error('not added');
  return { ...store, ...store.stores, ana };
}

describe('users', () => {
  it('have one name each, however it is written', async () => {
    const { people } = await opened();
    expect(await people.add(person(' ANA '))).toBeNull();
    expect((await people.add(person(' Bo ')))?.name).toBe('Bo');
    expect(await people.named('  aNA')).toMatchObject({ name: 'Ana', role: 'owner', disabledAt: null });
    expect((await people.users()).map(({ name }) => name)).toEqual(['Ana', 'Bo']);
  });

  it('are out at once, links and all, when they may sign in no more', async () => {
    const { people, sessions, signInLinks, ana } = await opened();
    await sessions.begin({ id: 's1', userId: ana.id, csrf: 'c' }, null, NOON);
    await signInLinks.add({ hash: 'l1', userId: ana.id }, HOUR, NOON);
    await people.disable(ana.id, NOON.toISOString());
    expect(await sessions.find('s1', NOON)).toBeNull();
    expect(await signInLinks.look('l1', NOON)).toBeNull();
    await sessions.begin({ id: 's2', userId: ana.id, csrf: 'c' }, null, NOON);
    expect(await sessions.find('s2', NOON)).toBeNull();
    await people.disable(ana.id, null);
    await sessions.begin({ id: 's3', userId: ana.id, csrf: 'c' }, null, NOON);
    expect(await sessions.find('s3', NOON)).toMatchObject({ name: 'Ana' });
  });

  it('are signed out everywhere else by a new password, which no link outlives', async () => {
    const { people, sessions, signInLinks, ana } = await opened();
    for (const id of ['s1', 's2', 's3']) await sessions.begin({ id, userId: ana.id, csrf: 'c' }, null, NOON);
    const bo = await people.add(person('Bo'));
    await signInLinks.add({ hash: 'hers', userId: ana.id }, HOUR, NOON);
    await signInLinks.add({ hash: 'his', userId: bo?.id ?? 0 }, HOUR, NOON);
    await people.setPassword(ana.id, 'scrypt$new', 's2');
    expect(await sessions.find('s1', NOON)).toBeNull();
    expect(await sessions.find('s2', NOON)).not.toBeNull();
    expect(await signInLinks.look('hers', NOON)).toBeNull();
    expect(await signInLinks.look('his', NOON)).not.toBeNull();
    expect((await people.get(ana.id))?.passwordHash).toBe('scrypt$new');
    await people.setPassword(ana.id, 'scrypt$newer', null);
    expect(await sessions.find('s2', NOON)).toBeNull();
  });
});

describe('a session', () => {
  it('ends after 30 days without a visit, and after 90 in any case', async () => {
    const { sessions, ana } = await opened();
    await sessions.begin({ id: 'idle', userId: ana.id, csrf: 'c' }, null, NOON);
    await sessions.begin({ id: 'busy', userId: ana.id, csrf: 'c' }, null, NOON);
    for (let day = 20; day < 90; day += 20)
      expect(await sessions.find('busy', later(day * DAY))).not.toBeNull();
    expect(await sessions.find('idle', later(30 * DAY - 1))).not.toBeNull();
    expect(await sessions.find('idle', later(61 * DAY))).toBeNull();
    expect(await sessions.find('busy', later(90 * DAY - 1))).not.toBeNull();
    expect(await sessions.find('busy', later(90 * DAY))).toBeNull();
  });

  it('that was begun while the clock was a year ahead does not last a year', async () => {
    const { sessions, ana } = await opened();
    await sessions.begin({ id: 's', userId: ana.id, csrf: 'c' }, null, later(365 * DAY));
    expect(await sessions.find('s', NOON)).toBeNull();
    await sessions.begin({ id: 't', userId: ana.id, csrf: 'c' }, null, later(HOUR));
    expect(await sessions.find('t', NOON)).not.toBeNull();
  });

  it('takes the place of the one before it, and clears away what has ended', async () => {
    const { knex, sessions, ana } = await opened();
    await sessions.begin({ id: 'old', userId: ana.id, csrf: 'c' }, null, NOON);
    await sessions.begin({ id: 's1', userId: ana.id, csrf: 'c' }, null, later(40 * DAY));
    await sessions.begin({ id: 's2', userId: ana.id, csrf: 'c' }, 's1', later(40 * DAY));
    expect((await knex('sessions').select('id')).map(({ id }) => id)).toEqual(['s2']);
    expect(await sessions.endAll(ana.id)).toBe(1);
    expect(await sessions.find('s2', later(40 * DAY))).toBeNull();
  });

  it('is told each thing once', async () => {
    const { sessions, ana } = await opened();
    await sessions.begin({ id: 's', userId: ana.id, csrf: 'c' }, null, NOON);
    expect(await sessions.take('s')).toBeNull();
    await sessions.say('s', { ok: true, text: 'Done' });
    const both = await Promise.all([sessions.take('s'), sessions.take('s')]);
    expect(both.filter((said) => said !== null)).toEqual([{ ok: true, text: 'Done' }]);
  });
});

describe('a link', () => {
  it('lets in once, and in its time only', async () => {
    const { signInLinks, ana } = await opened();
    await signInLinks.add({ hash: 'l', userId: ana.id }, 15 * 60_000, NOON);
    expect(await signInLinks.look('l', later(15 * 60_000))).toBeNull();
    expect(await signInLinks.use('l', later(15 * 60_000))).toBe(false);
    expect(await signInLinks.look('l', later(60_000))).toEqual({ hash: 'l', userId: ana.id });
    const used = await Promise.all([1, 2, 3].map(() => signInLinks.use('l', later(60_000))));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await signInLinks.look('l', later(60_000))).toBeNull();
  });

  it('makes a first user once, and none where there is one', async () => {
    const { stores } = await openTestStore();
    const { signInLinks, people } = stores;
    await signInLinks.add({ hash: 'older', userId: null }, DAY, NOON);
    await signInLinks.add({ hash: 'newer', userId: null }, DAY, NOON);
    expect(await signInLinks.look('older', NOON)).toBeNull();
    const made = await Promise.all(
      ['Ana', 'Bo'].map((name) => signInLinks.useForFirst('newer', person(name), NOON)),
    );
    expect(made.filter((user) => user !== null)).toHaveLength(1);
    expect(await people.users()).toHaveLength(1);
    await signInLinks.add({ hash: 'late', userId: null }, DAY, NOON);
    expect(await signInLinks.look('late', NOON)).toBeNull();
    expect(await signInLinks.useForFirst('late', person('Cy'), NOON)).toBeNull();
  });
});

it('a key for scripts works until it is revoked, and tells when it was last used', async () => {
  const { apiTokens } = await opened();
  const key = await apiTokens.add({ name: 'backup', role: 'helper', hash: 'h' }, NOON);
  expect(await apiTokens.use('other', NOON)).toBeNull();
  expect(await apiTokens.use('h', later(HOUR))).toMatchObject({ name: 'backup', role: 'helper' });
  expect(await apiTokens.list()).toMatchObject([{ id: key.id, lastUsedAt: later(HOUR).toISOString() }]);
  expect(await apiTokens.revoke(key.id, NOON)).toBe(true);
  expect(await apiTokens.revoke(key.id, NOON)).toBe(false);
  expect(await apiTokens.use('h', NOON)).toBeNull();
  expect(await apiTokens.list()).toEqual([]);
});

it('a session that was ended leaves nothing of itself in the file', async () => {
  const { folder, knex, sessions, ana } = await opened();
  await sessions.begin({ id: 'session-to-look-for', userId: ana.id, csrf: 'c' }, null, NOON);
  await sessions.end('session-to-look-for');
  await knex.raw('pragma wal_checkpoint(truncate)');
  expect(readFileSync(join(folder, 'boomsync.sqlite')).includes('session-to-look-for')).toBe(false);
});
