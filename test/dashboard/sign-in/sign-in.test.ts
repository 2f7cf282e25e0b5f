import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { makeKey, makeSecret } from '../../../src/operate/people/secrets.ts';
import { PASSWORD, startSignIn } from './rig.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HERE = { address: '127.0.0.1', prefix: 32, family: 'ipv4' } as const;

describe('signing in', () => {
  it('leads back to where somebody wanted to go, and to no other site', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    const asked = await at.ask('/tenants/t1?x=1');
    expect(asked.status).toBe(303);
    expect(asked.headers.get('location')).toBe('/sign-in?back=%2Ftenants%2Ft1%3Fx%3D1');
    const page = await (await at.ask('/sign-in?back=%2Ftenants%2Ft1%3Fx%3D1')).text();
    expect(page).toContain('name="back" value="/tenants/t1?x=1"');
    const signedIn = await at.signIn(' aNA ', PASSWORD, { back: '/tenants/t1?x=1' });
    expect(signedIn.status).toBe(303);
    expect(signedIn.headers.get('location')).toBe('/tenants/t1?x=1');
    expect(await at.see()).toMatchObject({ who: { name: 'Ana', role: 'owner' } });
    const elsewhere = await at.signIn('Ana', PASSWORD, { back: '//evil.example.com/' });
    expect(elsewhere.headers.get('location')).toBe('/');
    expect((await at.ask('/sign-in?back=/tenants')).headers.get('location')).toBe('/tenants');
  });

  it('gives a cookie that no script and no other site may use, of which the store has only a hash', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    const [set, known] = (await at.signIn('Ana')).headers.getSetCookie();
    expect(known).toMatch(/^boomsync-known=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000$/);
    expect(set).toMatch(/^boomsync=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=7776000$/);
    const secret = at.cookie().slice('boomsync='.length);
    const [row] = await at.knex('sessions').select('id');
    expect(row.id).toBe(createHash('sha256').update(secret).digest('hex'));
    at.cookie(`boomsync=${row.id}`);
    expect((await at.ask('/')).status).toBe(303);
  });

  it('makes the cookie Secure where the public https address was asked, and there only', async () => {
    const at = await startSignIn({ publicUrl: 'https://sync.example.com' });
    await at.add('Ana');
    expect((await at.signIn('Ana')).headers.get('set-cookie')).not.toContain('Secure');
    // Node's fetch sets the host by itself.
    const set = await new Promise<string>((resolve, reject) => {
      const body = new URLSearchParams({ name: 'Ana', password: PASSWORD }).toString();
      const headers = { host: 'sync.example.com', 'content-type': 'application/x-www-form-urlencoded' };
      request(`${at.url}/sign-in`, { method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(String(answer.headers['set-cookie']?.[0]));
      })
        .on('error', reject)
        .end(body);
    });
    expect(set).toMatch(/^__Host-boomsync=[\w-]{43}; .*; Secure$/);
  });

  it('makes it Secure as well where a proxy of ours says https, and nobody else', async () => {
    const https = { headers: { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' } };
    const behind = await startSignIn({ trustedProxies: [HERE] });
    await behind.add('Ana');
    const set = (await behind.signIn('Ana', PASSWORD, https)).headers.get('set-cookie');
    expect(set).toMatch(/^__Host-boomsync=[\w-]{43}; .*; Secure/);
    expect(await behind.see('/', https)).toMatchObject({ who: { name: 'Ana' } });
    // Over plain HTTP it is another cookie, which nobody set.
    expect((await behind.ask('/')).status).toBe(303);
    const open = await startSignIn();
    await open.add('Ana');
    expect((await open.signIn('Ana', PASSWORD, https)).headers.get('set-cookie')).not.toContain('Secure');
  });

  it('gives a new session each time, and ends the one before', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    await at.signIn('Ana');
    const first = at.cookie();
    await at.signIn('Ana');
    const second = at.cookie();
    expect(second).not.toBe(first);
    at.cookie(first);
    expect((await at.ask('/')).status).toBe(303);
    // A cookie that somebody else laid there does not become a session.
    at.cookie('boomsync=laid-there');
    await at.signIn('Ana');
    expect(at.cookie()).not.toContain('laid-there');
  });

  it('answers alike for a wrong password, an unknown name, and somebody who may not any more', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    await at.stores.people.disable((await at.add('Bo')).id, at.clock.now.toISOString());
    await at.add('Cy', 'helper', null);
    const answers: string[] = [];
    for (const [name, password] of [
      ['Ana', 'a bad password'],
      ['Nobody', PASSWORD],
      ['Bo', PASSWORD],
      ['Cy', PASSWORD],
    ] as const) {
      const answer = await at.signIn(name, password);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
      const text = await answer.text();
      expect(text).not.toContain(password);
      answers.push(text.replaceAll(`value="${name}"`, 'value=""'));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('do not fit together');
  });

  it('delays after failures, and the right password works then', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    for (let n = 0; n < 5; n += 1) await at.signIn('Ana', 'wrong');
    expect((await at.signIn('ana')).status).toBe(303);
    expect(at.waits).toEqual([250, 500, 1000]);
  });

  it('counts those behind a proxy of ours each for themselves, whatever they write before it', async () => {
    const behind = await startSignIn({ trustedProxies: [HERE] });
    const wrong = (n: number, path: string) =>
      behind.signIn(`nobody ${n}`, 'wrong', { headers: { 'x-forwarded-for': path } });
    for (let n = 0; n < 5; n += 1) await wrong(n, `192.0.2.${n}, 198.51.100.7`);
    expect(behind.waits).toEqual([250, 500]);
    await wrong(9, '198.51.100.7, 198.51.100.8');
    expect(behind.waits).toEqual([250, 500]);
  });

  it('counts all as one who come through a proxy that nobody named', async () => {
    const at = await startSignIn();
    for (let n = 0; n < 5; n += 1)
      await at.signIn(`nobody ${n}`, 'wrong', { headers: { 'x-forwarded-for': `192.0.2.${n}` } });
    expect(at.waits).toEqual([250, 500]);
  });

  it('shows what was typed as text, and logs neither names nor passwords', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    const page = await (await at.signIn('<img src=x onerror=alert(1)>"', 'wrong-password')).text();
    expect(page).toContain('value="&lt;img src=x onerror=alert(1)>&quot;"');
    expect(page).not.toContain('<img');
    await at.signIn('Ana');
    expect(at.logged.join()).toContain('signed in');
    expect(at.logged.join()).not.toMatch(/Ana|onerror|wrong-password|boats/);
  });

  it('is refused where another site sent the form', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
    ])
      expect((await at.signIn('Ana', PASSWORD, { headers })).status).toBe(403);
    expect(await at.knex('sessions')).toEqual([]);
    expect((await at.signIn('Ana', PASSWORD, { headers: { origin: at.url } })).status).toBe(303);
  });

  it('says how to begin while nobody can sign in', async () => {
    const at = await startSignIn();
    const page = await (await at.ask('/sign-in')).text();
    expect(page).toContain('npx boomsync admin login-link');
    expect(page).not.toContain('type="password"');
  });
});

describe('a flood of wrong sign-ins', () => {
  /** Those that wait do so until `go`; `held` resolves once so many wait. */
  async function flooded(places: number) {
    let go = () => {};
    const gate = new Promise<void>((open) => {
      go = open;
    });
    let full = () => {};
    const held = new Promise<void>((reached) => {
      full = reached;
    });
    let waiting = 0;
    const wait = () => {
      waiting += 1;
      if (waiting === places) full();
      return gate;
    };
    const at = await startSignIn({ wait });
    await at.add('Ana');
    return { ...at, held, go };
  }

  it('of forty at once leaves room for the right password from the same address', async () => {
    const { signIn, held, go } = await flooded(37);
    const wrong = Array.from({ length: 40 }, () => signIn('Ana', 'some other words'));
    await held;
    const right = signIn('Ana');
    go();
    expect((await right).status).toBe(303);
    expect((await Promise.all(wrong)).map(({ status }) => status)).toEqual(Array(40).fill(401));
  });

  it('that takes every place lets in whoever signed in with this browser before, at once', async () => {
    const { signIn, held, go, cookie, waits } = await flooded(50);
    const [, known = ''] = (await signIn('Ana')).headers.getSetCookie();
    cookie('');
    // Three are free.
    for (let n = 0; n < 3; n += 1) await signIn('Nobody', 'some other words');
    const wrong = Array.from({ length: 50 }, (_, n) => signIn(`Nobody ${n}`, 'some other words'));
    await held;
    const before = waits.length;
    const headers = { cookie: known.split(';', 1)[0] ?? '' };
    expect((await signIn('Ana', PASSWORD)).status).toBe(503);
    expect((await signIn('Ana', PASSWORD, { headers })).status).toBe(303);
    // It opens a way for one person only, and it lets nobody in.
    expect((await signIn('Ana', 'some other words', { headers })).status).toBe(401);
    expect((await signIn('Nobody', PASSWORD, { headers })).status).toBe(503);
    expect(waits).toHaveLength(before);
    go();
    await Promise.all(wrong);
  });
});

describe('a session', () => {
  it('ends on the server when somebody signs out', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    await at.signIn('Ana');
    const cookie = at.cookie();
    const { csrf } = (await at.see()).who.session ?? { csrf: '' };
    // Another site cannot sign anybody out.
    await at.ask('/do/sign_out', { form: { csrf: 'guessed' } });
    expect((await at.see()).who.name).toBe('Ana');
    const out = await at.ask('/do/sign_out', { form: { csrf } });
    expect(out.headers.get('location')).toBe('/sign-in');
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    at.cookie(cookie);
    expect((await at.ask('/')).status).toBe(303);
    expect(await at.knex('sessions')).toEqual([]);
  });

  it('ends after 30 days without a visit', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    await at.signIn('Ana');
    at.clock.now = new Date(at.clock.now.getTime() + 29 * DAY);
    expect((await at.ask('/')).status).toBe(200);
    at.clock.now = new Date(at.clock.now.getTime() + 31 * DAY);
    expect((await at.ask('/')).status).toBe(303);
  });

  it('takes forms of its own only', async () => {
    const at = await startSignIn({ publicUrl: 'https://sync.example.com' });
    await at.add('Ana');
    await at.add('Bo');
    await at.signIn('Bo');
    const other = (await at.see()).who.session?.csrf ?? '';
    at.cookie('');
    await at.signIn('Ana');
    const csrf = (await at.see()).who.session?.csrf ?? '';
    const own = async (form: Record<string, string>, headers = {}) =>
      (await at.see('/do/it', { form, headers })).own;
    expect(await own({ csrf })).toBe(true);
    expect(await own({ csrf }, { 'sec-fetch-site': 'same-origin', origin: 'null' })).toBe(true);
    expect(await own({ csrf }, { origin: at.url })).toBe(true);
    expect(await own({ csrf }, { origin: 'https://sync.example.com' })).toBe(true);
    expect(await own({})).toBe(false);
    expect(await own({ csrf: other })).toBe(false);
    expect(await own({ csrf: `${csrf}x` })).toBe(false);
    expect(await own({ csrf }, { 'sec-fetch-site': 'same-site' })).toBe(false);
    expect(await own({ csrf }, { 'sec-fetch-site': 'cross-site' })).toBe(false);
    expect(await own({ csrf }, { origin: 'null' })).toBe(false);
    expect(await own({ csrf }, { origin: 'https://evil.example.com' })).toBe(false);
  });

  it('is told what an action said once, and its secret is never stored', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    await at.signIn('Ana');
    const { who } = await at.see();
    await at.ask('/do/it', { form: { csrf: who.session?.csrf ?? '' } });
    expect(await at.knex('sessions').select('flash')).toEqual([{ flash: '{"ok":true,"text":"Done"}' }]);
    expect((await at.see()).said).toEqual({ ok: true, text: 'Done', secret: 'shown once' });
    expect((await at.see()).said).toBeNull();
  });

  it('leads to signing in and back to the page of a form that came too late', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    const late = await at.ask('/do/it', { form: { back: '/needs-you' } });
    expect(late.headers.get('location')).toBe('/sign-in?back=%2Fneeds-you');
  });
});

describe('a link in a mail', () => {
  const html = { accept: 'text/html,*/*;q=0.8' };

  it('is gone to once more from a page of ours, with which the cookie comes along', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    const page = await at.ask('/needs-you?item=7&x=%22', {
      headers: { ...html, 'sec-fetch-site': 'cross-site' },
    });
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('<meta http-equiv="refresh" content="0; url=/needs-you?item=7&amp;x=%22"');
    // The second time the browser says that it comes from us.
    const second = await at.ask('/needs-you?item=7', {
      headers: { ...html, 'sec-fetch-site': 'same-origin' },
    });
    expect(second.headers.get('location')).toBe('/sign-in?back=%2Fneeds-you%3Fitem%3D7');
  });

  it('is gone to once more, and not for ever, where the browser does not say where it comes from', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    expect(await (await at.ask('/tenants', { headers: html })).text()).toContain('url=/tenants?once_more"');
    const second = await at.ask('/tenants?once_more', { headers: html });
    expect(second.headers.get('location')).toBe('/sign-in?back=%2Ftenants');
  });

  it('goes nowhere else', async () => {
    const at = await startSignIn();
    await at.add('Ana');
    const page = await at.ask('//evil.example.com/x', {
      headers: { ...html, 'sec-fetch-site': 'cross-site' },
    });
    expect(await page.text()).toContain('content="0; url=/"');
  });
});

describe('the first run', () => {
  const form = { name: 'Ana', password: PASSWORD, again: PASSWORD };

  it('makes an owner, who is signed in, once', async () => {
    const at = await startSignIn();
    const { secret, hash } = makeSecret();
    await at.stores.signInLinks.add({ hash, userId: null }, DAY, at.clock.now);
    const path = `/first-run/${secret}`;
    expect(await (await at.ask(path)).text()).toContain('autocomplete="new-password"');
    for (const wrong of [
      { ...form, name: ' ' },
      { ...form, password: 'short', again: 'short' },
      { ...form, again: 'other' },
    ]) {
      const answer = await at.ask(path, { form: wrong });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('role="alert"');
    }
    expect((await at.ask(path, { form, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(400);
    expect((await at.ask(path, { form })).headers.get('location')).toBe('/');
    expect(await at.see()).toMatchObject({ who: { name: 'Ana', role: 'owner' } });
    at.cookie('');
    expect((await at.ask(path, { form: { ...form, name: 'Eve' } })).status).toBe(410);
    expect((await at.ask(path)).status).toBe(410);
    expect((await at.stores.people.users()).map(({ name }) => name)).toEqual(['Ana']);
    expect((await at.signIn('Ana')).status).toBe(303);
  });

  it('says how to get another link where one is too old', async () => {
    const at = await startSignIn();
    const { secret, hash } = makeSecret();
    await at.stores.signInLinks.add({ hash, userId: null }, DAY, at.clock.now);
    at.clock.now = new Date(at.clock.now.getTime() + DAY);
    const dead = await at.ask(`/first-run/${secret}`, { form });
    expect(dead.status).toBe(410);
    const text = await dead.text();
    expect(text).toContain('each time it is started');
    expect(text).toContain('npx boomsync admin login-link');
  });
});

describe('a link that lets somebody in', () => {
  it('is not used up by looking at it, keeps the password or changes it, and works once', async () => {
    const at = await startSignIn();
    const ana = await at.add('Ana');
    const link = async () => {
      const { secret, hash } = makeSecret();
      await at.stores.signInLinks.add({ hash, userId: ana.id }, 15 * MINUTE, at.clock.now);
      return `/link/${secret}`;
    };
    const first = await link();
    for (let n = 0; n < 3; n += 1) expect((await at.ask(first)).status).toBe(200);
    expect((await at.ask(first, { form: { password: '', again: '' } })).status).toBe(303);
    expect((await at.see()).who.name).toBe('Ana');
    expect((await at.ask(first, { form: {} })).status).toBe(410);

    const elsewhere = at.cookie();
    at.cookie('');
    const second = await link();
    expect((await at.ask(second, { form: { password: 'too short', again: 'too short' } })).status).toBe(400);
    const fresh = 'five large blue boats';
    expect((await at.ask(second, { form: { password: fresh, again: fresh } })).status).toBe(303);
    expect((await at.signIn('Ana')).status).toBe(401);
    expect((await at.signIn('Ana', fresh)).status).toBe(303);
    at.cookie(elsewhere);
    expect((await at.ask('/')).status).toBe(303);
  });

  it('asks whoever has no password yet for one', async () => {
    const at = await startSignIn();
    const bo = await at.add('Bo', 'helper', null);
    const { secret, hash } = makeSecret();
    await at.stores.signInLinks.add({ hash, userId: bo.id }, DAY, at.clock.now);
    const path = `/link/${secret}`;
    expect((await at.ask(path, { form: {} })).status).toBe(400);
    expect((await at.ask(path, { form: { password: PASSWORD, again: PASSWORD } })).status).toBe(303);
    expect((await at.see()).who).toMatchObject({ name: 'Bo', role: 'helper' });
    // A link of one kind does not work as one of the other.
    expect((await at.ask(`/first-run/${secret}`)).status).toBe(410);
  });
});

it('a script is known by its key, until it is revoked, and needs no cookie', async () => {
  const at = await startSignIn();
  const { secret, hash } = makeKey();
  expect(secret).toMatch(/^bs_[\w-]{43}$/);
  const key = await at.stores.apiTokens.add({ name: 'backup', role: 'helper', hash }, at.clock.now);
  const headers = { authorization: `Bearer ${secret}` };
  expect(await at.see('/do/it', { headers, form: {} })).toEqual({
    who: { name: 'backup', role: 'helper', key: key.id, session: null },
    own: true,
    said: null,
  });
  expect((await at.ask('/', { headers: { authorization: `Bearer ${secret}x` } })).status).toBe(303);
  expect((await at.ask('/', { headers: { authorization: `Basic ${secret}` } })).status).toBe(303);
  await at.stores.apiTokens.revoke(key.id, at.clock.now);
  expect((await at.ask('/', { headers })).status).toBe(303);
});
