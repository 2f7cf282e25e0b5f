/** The pages of settings: what an owner sets, and what a helper sees of it. */
import { EventEmitter, once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { signedIn } from '../support/signed-in.ts';

const HERE = '/settings/alerts';

const decoded = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
const secretIn = (text: string) => /<code class="secret">([^<]+)<\/code>/.exec(text)?.[1] ?? '';
const draftIn = (text: string) => /name="id" value="([\w-]{22})"/.exec(text)?.[1] ?? '';

/** A server that takes alerts, or refuses them. */
async function startTaker(status = 200): Promise<{ url: string; bodies: string[]; told: EventEmitter }> {
  const bodies: string[] = [];
  const told = new EventEmitter();
  const server = createServer(async (request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    bodies.push(Buffer.concat(parts).toString());
    response.writeHead(status).end();
    told.emit('told');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await once(server, 'close');
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=very-secret`,
    bodies,
    told,
  };
}

/** Fills in a channel and goes on to what would be written. */
async function drawUp(landlord: Landlord, url: string) {
  const owner = await signedIn(landlord);
  const shown = await owner.press('draft_url_alert', { url, secret: '' }, `${HERE}/add/url`);
  return { owner, shown, id: draftIn(shown.text) };
}

describe('alerts', () => {
  it('says that none is set, and how to set one', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    for (const path of ['/settings', HERE]) {
      const { text } = await owner.get(path);
      expect(text).toContain('No alert is set; you would not hear of trouble.');
    }
    expect((await owner.get(`${HERE}/add/mail`)).text).toContain('name="host"');
  });

  it('shows the file’s change, sends a real test, and writes nothing before it is told to', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const taker = await startTaker();
    const before = landlord.read('config/boomsync.yaml');
    const { owner, shown, id } = await drawUp(landlord, taker.url);
    expect(shown.status).toBe(200);
    expect(decoded(shown.text)).toContain('url: file:secrets/alert-url-url');
    expect(shown.text).toContain('# Where the properties are.');
    expect(shown.text).not.toContain('very-secret');
    expect(landlord.read('config/boomsync.yaml')).toBe(before);

    const tried = await owner.press('try_new_alert', { id }, `${HERE}/change/${id}`);
    expect(decoded(tried.text)).toContain('The other side answered: HTTP 200');
    expect(taker.bodies.map((body) => JSON.parse(body).data.title)).toEqual(['This is a test']);
    expect(landlord.read('config/boomsync.yaml')).toBe(before);
    expect(readdirSync(join(landlord.folder, 'config'))).not.toContain('secrets');
  });

  it('writes a channel: comments stay, the address goes into a file of its own, and it can be taken away again', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const taker = await startTaker();
    const before = landlord.read('config/boomsync.yaml');
    const { owner, id } = await drawUp(landlord, taker.url);
    const written = await owner.press('write_alert', { id });
    expect(written.text).toContain('url is written.');
    expect(written.text).not.toMatch(/start(ed)? .*again/i);

    const file = landlord.read('config/boomsync.yaml');
    expect(file.startsWith(before.trimEnd())).toBe(true);
    expect(file).not.toContain('very-secret');
    const secret = join(landlord.folder, 'config/secrets/alert-url-url');
    expect(landlord.read('config/secrets/alert-url-url')).toBe(`${taker.url}\n`);
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect((await owner.get(HERE)).text).toContain(`Goes to ${new URL(taker.url).host}.`);
    expect(JSON.stringify((await owner.api('settings_alerts')).json)).not.toContain('very-secret');

    await owner.press('test_alert', { channel: 'url' }, HERE);
    expect(taker.bodies).toHaveLength(1);

    const remove = await owner.get(`${HERE}/remove/url`);
    expect(remove.text).toContain('config/secrets/alert-url-url would be deleted.');
    expect((await owner.press('remove_alert', { channel: 'url' }, HERE)).text).toContain(
      'url is taken away.',
    );
    expect(landlord.read('config/boomsync.yaml').trimEnd()).toBe(before.trimEnd());
    expect(existsSync(secret)).toBe(false);
  });

  it('tells by a channel from the moment it is written, and not once it is taken away', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const message = { ...ana, request_id: 'r1' };
    await landlord.tell(message, { ...message, first_name: 'Alex' });
    const taker = await startTaker();
    const told = once(taker.told, 'told');
    const { owner, id } = await drawUp(landlord, taker.url);
    await owner.press('write_alert', { id });
    await told;
    expect(JSON.parse(taker.bodies[0] ?? '').data.cause).toBe('events-quarantined');
    expect((await owner.get(HERE)).text).not.toContain('This does not count yet.');
    await owner.press('remove_alert', { channel: 'url' });
    expect((await owner.get('/')).text).toContain('Nobody is told when something needs you');
  });

  it('takes up what a person wrote into the file', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const file = join(landlord.folder, 'config/boomsync.yaml');
    appendFileSync(file, 'alerts: { weekly: monday 08:00 }\n');
    expect((await owner.get(HERE)).text).toContain('says something else of alerts than what counts now');
    const after = await owner.press('take_up_alerts', {}, HERE);
    expect(after.text).toContain('What the file says counts now.');
    expect(after.text).not.toContain('says something else');
  });

  it('writes mail as a person would, and its password apart', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const shown = await owner.press('draft_mail_alert', {
      host: 'smtp.example.com',
      port: '465',
      secure: 'on',
      user: '0123',
      password: 'the-password',
      from: 'me@example.com',
      to: 'me@example.com, you@example.com',
    });
    await owner.press('write_alert', { id: draftIn(shown.text) });
    expect(landlord.read('config/boomsync.yaml')).toContain(
      [
        'alerts:',
        '  channels:',
        '    - mail:',
        '        host: smtp.example.com',
        '        port: 465',
        '        secure: true',
        '        user: "0123"',
        '        password: file:secrets/alert-mail-password',
        '        from: me@example.com',
        '        to: [me@example.com, you@example.com]',
      ].join('\n'),
    );
    expect(landlord.read('config/secrets/alert-mail-password')).toBe('the-password\n');
  });

  it('stands beside a channel that is there, in the form of that file', async () => {
    const landlord = await startLandlord({
      withoutOak: true,
      main: [
        'alerts:',
        '  weekly: monday 08:00',
        '  channels:',
        '    - url: { url: https://a.example.com } # mine',
      ],
    });
    const { owner, id } = await drawUp(landlord, 'https://b.example.com/x');
    await owner.press('write_alert', { id });
    const file = landlord.read('config/boomsync.yaml');
    expect(file).toContain('- url: { url: https://a.example.com } # mine');
    expect(file).toContain('    - name: url-2\n      url:\n        url: file:secrets/alert-url-2-url');
    await owner.press('remove_alert', { channel: 'url' });
    expect(landlord.read('config/boomsync.yaml')).toContain(
      'weekly: monday 08:00\n  channels:\n    - name: url-2',
    );
    expect((await owner.press('remove_alert', { channel: 'url' })).text).toContain(
      'no such channel any more',
    );
  });

  it('says what the other side answered where it does not take it', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const taker = await startTaker(403);
    const { owner, id } = await drawUp(landlord, taker.url);
    const tried = await owner.press('try_new_alert', { id }, `${HERE}/change/${id}`);
    expect(tried.text).toContain('role="alert"');
    expect(tried.text).toContain('The test by url was not taken.');
    expect(tried.text).not.toContain('very-secret');
  });

  it('refuses what will not do, with a sentence', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const wrong: [action: string, fields: Record<string, string>, says: string][] = [
      ['draft_mail_alert', { host: 'a b', from: 'me@example.com', to: 'me@example.com' }, 'mail server'],
      ['draft_mail_alert', { host: 'a', from: 'Me <me@x>', to: 'me@example.com' }, 'e-mail address'],
      ['draft_mail_alert', { host: 'a', user: 'u', from: 'a@b.c', to: 'a@b.c' }, 'together, or neither'],
      ['draft_ntfy_alert', { url: 'https://ntfy.sh/' }, 'one topic'],
      ['draft_url_alert', { url: 'ftp://a' }, 'no address'],
      ['draft_url_alert', { url: 'https://a.example.com', secret: 'whsec' }, 'whsec_'],
    ];
    for (const [action, fields, says] of wrong) {
      const text = decoded((await owner.press(action, fields)).text);
      expect(text, action).toContain('That will not do:');
      expect(text, action).toContain(says);
    }
    expect(landlord.read('config/boomsync.yaml')).not.toContain('channels');
  });

  it('writes nothing over what somebody has written meanwhile, nor for anybody else', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const { owner, id } = await drawUp(landlord, 'https://b.example.com/x');
    const stranger = await signedIn(landlord);
    const theirs = await stranger.press('write_alert', { id });
    expect(theirs.text).toContain('not kept any more');
    const now = `${landlord.read('config/boomsync.yaml')}# edited\n`;
    writeFileSync(join(landlord.folder, 'config/boomsync.yaml'), now);
    const { text } = await owner.press('write_alert', { id });
    expect(text).toContain('Somebody has changed the file meanwhile');
    expect(landlord.read('config/boomsync.yaml')).toBe(now);
    expect(existsSync(join(landlord.folder, 'config/secrets/alert-url-url'))).toBe(false);
  });
});

describe('backups', () => {
  it('makes one, tests it, and says what is wrong with one that is damaged', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    await landlord.tell(ana, ben);
    const owner = await signedIn(landlord);
    expect((await owner.get('/settings/backup')).text).toContain('There is no backup yet.');

    const made = await owner.press('backup_now', {}, '/settings/backup');
    expect(made.text).toContain('A backup was made and checked: it holds 2 tenants');
    const [file = ''] = readdirSync(join(landlord.folder, 'data/backups'));
    expect(made.text).toContain(`npx boomsync restore ${file}`);

    const tested = await owner.press('test_backup', { file }, '/settings/backup');
    expect(tested.text).toContain(
      'It can be restored: it was, into a folder of its own, and holds 2 tenants.',
    );
    expect(tested.text).toContain(`${file} can be restored. Tested`);
    expect(readdirSync(join(landlord.folder, 'data')).filter((name) => name.startsWith('checking'))).toEqual(
      [],
    );

    writeFileSync(join(landlord.folder, 'data/backups', file), 'nothing of the sort');
    const bad = await owner.press('test_backup', { file }, '/settings/backup');
    expect(bad.text).toContain('role="alert"');
    expect(bad.text).toContain(`${file} cannot be restored.`);
  });

  it('tests nothing but what is in the folder', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const { text } = await owner.press('test_backup', { file: '../boomsync.sqlite' }, '/settings/backup');
    expect(text).toContain('There is no such backup any more.');
  });

  it('says why none could be made', async () => {
    const landlord = await startLandlord({
      withoutOak: true,
      main: ['backup:', '  folder: config/boomsync.yaml'],
    });
    const owner = await signedIn(landlord);
    const { text } = await owner.press('backup_now', {}, '/settings/backup');
    expect(text).toContain('role="alert"');
    expect(text).toContain('The last one failed');
    expect(text).not.toContain('boomsync backup<');
  });

  it('says how long what is kept', async () => {
    const landlord = await startLandlord({
      withoutOak: true,
      main: ['retention:', '  bodies: 8w', '  attempts: off'],
    });
    const owner = await signedIn(landlord);
    const { retention } = (await owner.api('settings_backup')).json as { retention: { keptDays: object } };
    expect(retention.keptDays).toEqual({ bodies: 56, failedBodies: 90, attempts: null, decisions: 1826 });
    const { text } = await owner.get('/settings/backup');
    for (const said of ['56 days', '90 days', 'for good', '5 years']) expect(text).toContain(said);
  });
});

describe('people and keys', () => {
  it('adds a helper by a link that is shown once, and keeps them from signing in', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const added = await owner.press('add_user', { name: 'Sam', role: 'helper' }, '/settings/people');
    const link = secretIn(added.text);
    expect(link).toMatch(/^\/link\/[\w-]{43}$/);
    expect(added.text).toContain('has not opened the link yet');
    expect((await owner.get('/settings/people')).text).not.toContain(link);
    expect((await fetch(landlord.url + link)).status).toBe(200);

    const sam = await landlord.stores.people.named('Sam');
    const stopped = await owner.press('let_user', { id: String(sam?.id), may: 'no' }, '/settings/people');
    expect(stopped.text).toContain('Let in again: Sam');
    expect((await fetch(landlord.url + link)).status).toBe(410);
  });

  it('makes a key that works until it is stopped', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const made = await owner.press('new_key', { name: 'nightly', role: 'owner' }, '/settings/keys');
    const key = secretIn(made.text);
    expect(made.text).toContain('/api/v1/openapi.json');
    const asked = () =>
      fetch(`${landlord.url}/api/v1/settings_keys`, { headers: { authorization: `Bearer ${key}` } });
    const answer = await asked();
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain(key);
    const [{ id } = { id: 0 }] = await landlord.stores.apiTokens.list();
    await owner.press('revoke_key', { id: String(id) }, '/settings/keys');
    expect((await asked()).status).toBe(401);
  });

  it('shows a helper what holds for them, and nothing else', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const helper = await signedIn(landlord, 'helper');
    const { text } = await helper.get('/settings');
    expect(text).toContain('You are signed in as a helper.');
    expect(text).toContain('action="/do/change_password"');
    expect(text).not.toContain('/settings/');
    expect((await helper.api('settings')).json).toMatchObject({ you: { role: 'helper' }, owner: null });
    for (const path of ['alerts', 'alerts/add/mail', 'backup', 'people', 'keys', 'log', 'about'])
      expect((await helper.get(`/settings/${path}`)).status, path).toBe(403);
  });

  it('pages through who looked at what', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    expect((await owner.get('/settings/log')).text).toContain('Nobody has revealed or erased anything yet.');
    const entry = { at: new Date().toISOString(), who: 'Sam', tenantId: null, detail: null };
    for (let eventId = 1; eventId <= 60; eventId += 1)
      await landlord.stores.peopleLog.write({ ...entry, what: 'revealed_message', eventId });
    await landlord.stores.peopleLog.write({ ...entry, what: 'a_new_deed', eventId: null, tenantId: 't7' });
    const first = await owner.get('/settings/log');
    expect(first.text).toContain('a new deed');
    expect(first.text).toContain('href="/tenants/t7"');
    const next = /href="(\/settings\/log\?before=\d+)"/.exec(first.text)?.[1] ?? '';
    const second = await owner.get(next);
    const on = (text: string) => [...text.matchAll(/href="\/events\/(\d+)"/g)].map(([, id]) => Number(id));
    expect([...on(first.text), ...on(second.text)]).toEqual(Array.from({ length: 60 }, (_, at) => 60 - at));
    expect((await owner.get('/settings/log?before=x')).status).toBe(404);
  });
});

describe('about', () => {
  it('names nobody, no place and no key', async () => {
    const landlord = await startLandlord({
      oak: UNITS,
      main: [
        'publicUrl: https://sync.example.com',
        'alerts: { channels: [{ name: my-chat, url: { url: https://chat.example.com } }] }',
      ],
    });
    await landlord.tell(ana, ben);
    const owner = await signedIn(landlord);
    const { text } = (await owner.api('settings_about')).json as { text: string };
    expect(text).toContain('connection 1: ');
    expect(text).toContain('buildium, live, working');
    expect(text).toContain('alert 1: url, waiting 0');
    expect(text).toContain('data/boomsync.sqlite: mode 0600');
    expect(text).toMatch(/schema: \d+\S+ \(\d+ migrations\)/);
    const own = [
      'oak',
      'Ruiz',
      'Ana',
      'Ben',
      'example',
      'my-chat',
      'test-key',
      landlord.folder,
      '@',
      'Test owner',
    ];
    for (const word of own) expect(text).not.toContain(word);
    expect(decoded((await owner.get('/settings/about')).text)).toContain(text);
  });
});
