import { expect, it } from 'vitest';
import type { Action, At, Said, Who } from '../../../src/dashboard/contract.ts';
import { SIGN_IN_ACTIONS } from '../../../src/dashboard/sign-in/actions.ts';
import { hashOf } from '../../../src/operate/people/secrets.ts';
import { wordsFor } from '../../../src/words/words.ts';
import { PASSWORD, startSignIn } from './rig.ts';

async function signedIn() {
  const at = await startSignIn();
  const ana = await at.add('Ana');
  await at.signIn('Ana');
  const { who } = await at.see();
  const press = async (name: string, input: object, as: Who = who): Promise<Said> => {
    const { run, input: schema } = SIGN_IN_ACTIONS.find((one) => one.name === name) as Action;
    const tools = {
      stores: at.stores,
      config: { publicUrl: 'https://sync.example.com' },
      now: () => at.clock.now,
    };
    return await run(schema.parse(input), { ...tools, who: as, words: wordsFor('') } as unknown as At);
  };
  return { ...at, ana, press };
}

it('a new password takes the old one, and ends the sessions elsewhere and not this one', async () => {
  const { press, cookie, ask, signIn } = await signedIn();
  const here = cookie();
  cookie('');
  await signIn('Ana');
  const there = cookie();
  cookie(here);
  const fresh = { password: 'five large blue boats', again: 'five large blue boats' };
  expect(await press('change_password', { old: 'not this one', ...fresh })).toMatchObject({ ok: false });
  expect(await press('change_password', { old: PASSWORD, password: 'short', again: 'short' })).toMatchObject({
    ok: false,
    text: expect.stringContaining('at least 10'),
  });
  expect(await press('change_password', { old: PASSWORD, ...fresh })).toMatchObject({ ok: true });
  expect((await ask('/')).status).toBe(200);
  cookie(there);
  expect((await ask('/')).status).toBe(303);
  expect((await signIn('Ana', fresh.password)).status).toBe(303);
});

it('looks at no flood of old passwords', async () => {
  const { press, signIn } = await signedIn();
  const input = { old: 'not this one', password: 'five large blue boats', again: 'five large blue boats' };
  const said = await Promise.all(Array.from({ length: 12 }, () => press('change_password', input)));
  expect(said.filter(({ text }) => text.startsWith('Very many'))).toHaveLength(7);
  expect(said.some(({ ok }) => ok)).toBe(false);
  // Nor does it keep anybody from signing in.
  expect((await signIn('Ana')).status).toBe(303);
});

it('signs out everywhere', async () => {
  const { press, ask, cookie, signIn } = await signedIn();
  const here = cookie();
  cookie('');
  await signIn('Ana');
  await press('sign_out_everywhere', {});
  for (const one of [here, cookie()]) {
    cookie(one);
    expect((await ask('/')).status).toBe(303);
  }
});

it('a script changes nobody’s password', async () => {
  const { press } = await signedIn();
  const script: Who = { name: 'backup', role: 'owner', key: 1, session: null };
  const input = { old: PASSWORD, password: 'five large blue boats', again: 'five large blue boats' };
  expect(await press('change_password', input, script)).toMatchObject({ ok: false });
  expect(await press('sign_out_everywhere', {}, script)).toMatchObject({ ok: false });
});

it('lets somebody in by a link that is shown once, and keeps one owner', async () => {
  const { press, ana, stores, ask, cookie } = await signedIn();
  const said = await press('add_user', { name: 'Bo', role: 'helper' });
  expect(said.secret).toMatch(/^https:\/\/sync\.example\.com\/link\/[\w-]{43}$/);
  expect(await press('add_user', { name: ' bo', role: 'helper' })).toMatchObject({ ok: false });
  expect(await press('add_user', { name: 'B\u202eo', role: 'helper' })).toMatchObject({ ok: false });
  cookie('');
  expect((await ask(new URL(said.secret ?? '').pathname)).status).toBe(200);
  const bo = await stores.people.named('Bo');
  expect(await press('let_user', { id: String(bo?.id), may: 'no' })).toMatchObject({ ok: true });
  expect((await ask(new URL(said.secret ?? '').pathname)).status).toBe(410);
  expect(await press('let_user', { id: String(ana.id), may: 'no' })).toMatchObject({ ok: false });
  expect(await press('let_user', { id: '999', may: 'no' })).toMatchObject({ ok: false });
});

it('makes a key for scripts, shown once, and stops it', async () => {
  const { press, stores, clock } = await signedIn();
  const said = await press('new_key', { name: 'backup', role: 'helper' });
  const key = await stores.apiTokens.use(hashOf(said.secret ?? ''), clock.now);
  expect(key).toMatchObject({ name: 'backup', role: 'helper' });
  expect(await press('revoke_key', { id: String(key?.id) })).toMatchObject({ ok: true });
  expect(await press('revoke_key', { id: String(key?.id) })).toMatchObject({ ok: false });
  expect(await stores.apiTokens.use(hashOf(said.secret ?? ''), clock.now)).toBeNull();
});
