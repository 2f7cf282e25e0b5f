import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressesOf, faultOf } from '../../src/dashboard/pages/setup/address.ts';
import { aboutAna } from '../support/buildium.ts';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { signedIn } from '../support/signed-in.ts';

const WITH_KEY_FILE = { env: { BOOM_WEBHOOK_KEY: '' }, withoutOak: true };
const FIRST = 'file:secrets/boom-webhook-key';
const SECOND = 'file:secrets/boom-webhook-key-2';

async function answerTo({ url }: Landlord, key: string): Promise<number> {
  const answer = await fetch(`${url}/webhooks/boom`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(aboutAna('applicant_started', 1, { request_id: `${key}-${Math.random()}` })),
  });
  return answer.status;
}

const secretIn = (text: string) => /<code class="secret">([^<]+)<\/code>/.exec(text)?.[1] ?? '';

describe('setting up Boom', () => {
  it('shows the address and no key, and says when a message has come', async () => {
    const landlord = await startLandlord(WITH_KEY_FILE);
    const owner = await signedIn(landlord);
    const key = landlord.read('config/secrets/boom-webhook-key').trim();
    const { text } = await owner.get('/setup');
    expect(text).toContain('Boom cannot reach us: this address is private (127.0.0.1).');
    expect(text).toContain('data-awaits="/api/v1/setup heard"');
    expect(text).not.toContain(key);
    const letter = /<pre id="letter">([^<]+)/.exec(text)?.[1];
    expect(letter).toContain('/webhooks/boom');
    expect(text).toContain('Do not send it yet: Boom cannot send to this address.');
    expect((await owner.api('setup')).json).toMatchObject({ heard: false, fault: 'private' });

    expect(await answerTo(landlord, key)).toBe(202);
    const after = await owner.api('setup');
    expect(after.json).toMatchObject({ heard: true });
    expect(JSON.stringify(after.json)).not.toContain(key);
    expect((await owner.get('/setup')).text).toContain('Boom has reached us.');
  });

  it('is for owners alone', async () => {
    const landlord = await startLandlord(WITH_KEY_FILE);
    const helper = await signedIn(landlord, 'helper');
    expect((await helper.get('/setup')).status).toBe(403);
    expect((await helper.get('/setup/connection')).status).toBe(403);
    const pressed = await helper.press('reveal_key', { account: 'main', reference: FIRST });
    expect(pressed.status).toBe(403);
    expect(pressed.text).not.toContain(landlord.read('config/secrets/boom-webhook-key').trim());
    expect(await landlord.stores.peopleLog.list({ limit: 10 })).toEqual([]);
  });

  it('shows a key once to an owner who asks, and writes that down', async () => {
    const landlord = await startLandlord(WITH_KEY_FILE);
    const owner = await signedIn(landlord);
    const key = landlord.read('config/secrets/boom-webhook-key').trim();
    const shown = await owner.press('reveal_key', { account: 'main', reference: FIRST }, '/setup');
    expect(secretIn(shown.text)).toBe(key);
    expect((await owner.get('/setup')).text).not.toContain(key);
    const [entry] = await landlord.stores.peopleLog.list({ limit: 10 });
    expect(entry).toMatchObject({ who: 'Test owner', what: 'revealed_key', detail: 'main 1' });
  });

  it('rotates a key with an overlap: both are accepted, then only the new one', async () => {
    const landlord = await startLandlord(WITH_KEY_FILE);
    const owner = await signedIn(landlord);
    const old = landlord.read('config/secrets/boom-webhook-key').trim();
    const made = secretIn((await owner.press('rotate_key', { account: 'main' }, '/setup')).text);
    expect(made).toMatch(/^[\w-]{43}$/);
    expect(await answerTo(landlord, old)).toBe(202);
    expect(await answerTo(landlord, made)).toBe(202);

    const main = landlord.read('config/boomsync.yaml');
    expect(main).toContain('# Boom shows this key with everything it sends.');
    expect(main).toContain(`webhookKeys: [${FIRST}, ${SECOND}]`);
    expect(main).not.toContain(made);
    const file = join(landlord.folder, 'config/secrets/boom-webhook-key-2');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const removed = await owner.press('remove_key', { account: 'main', reference: FIRST }, '/setup');
    expect(removed.text).toContain('That key is not accepted any more.');
    expect(await answerTo(landlord, old)).toBe(401);
    expect(await answerTo(landlord, made)).toBe(202);
    expect(existsSync(join(landlord.folder, 'config/secrets/boom-webhook-key'))).toBe(false);

    const last = await owner.press('remove_key', { account: 'main', reference: SECOND }, '/setup');
    expect(last.text).toContain('The last key stays');
    expect(await answerTo(landlord, made)).toBe(202);
  });

  it('accepts a further key beside one of the environment, and never takes that one out of the file', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const made = secretIn((await owner.press('rotate_key', { account: 'main' }, '/setup')).text);
    expect(await answerTo(landlord, 'test-key')).toBe(202);
    expect(await answerTo(landlord, made)).toBe(202);
    const input = { account: 'main', reference: 'env:BOOM_WEBHOOK_KEY' };
    expect((await owner.press('remove_key', input, '/setup')).text).toContain('BOOM_WEBHOOK_KEY');
    expect(await answerTo(landlord, 'test-key')).toBe(202);
  });

  it('makes no key that would not be accepted', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const owner = await signedIn(landlord);
    const main = landlord.read('config/boomsync.yaml').replace('env:BOOM_WEBHOOK_KEY', 'file:secrets/own');
    const secrets = join(landlord.folder, 'config/secrets');
    mkdirSync(secrets, { mode: 0o700 });
    writeFileSync(join(secrets, 'own'), 'own-key\n', { mode: 0o600 });
    writeFileSync(join(landlord.folder, 'config/boomsync.yaml'), main);
    // The variable of the environment takes the place of what the file names.
    const { text } = await owner.press('rotate_key', { account: 'main' }, '/setup');
    expect(text).toContain('nothing was changed');
    expect(text).toContain('The key is set outside of boomsync');
    expect(landlord.read('config/boomsync.yaml')).toBe(main);
    expect(readdirSync(secrets)).toEqual(['own']);
  });
});

describe('the address for Boom', () => {
  const account = { name: 'main' } as never;

  it('has the account in it where there are several', () => {
    const config = { publicUrl: 'https://sync.example.com', host: '127.0.0.1', port: 8787 };
    const one = addressesOf({ ...config, accounts: [account] });
    expect(one).toEqual([{ account: 'main', address: 'https://sync.example.com/webhooks/boom' }]);
    const two = addressesOf({ ...config, accounts: [account, { name: 'other' } as never] });
    expect(two[1]?.address).toBe('https://sync.example.com/webhooks/boom/other');
    const local = addressesOf({ ...config, publicUrl: null, host: '::1', accounts: [account] });
    expect(local[0]?.address).toBe('http://[::1]:8787/webhooks/boom');
  });

  it.each([
    ['http://127.0.0.1:8787/webhooks/boom', 'private'],
    ['https://192.168.1.20/webhooks/boom', 'private'],
    ['https://10.1.2.3/', 'private'],
    ['https://172.20.0.2/', 'private'],
    ['https://100.101.2.3/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[fd12:3456::1]/', 'private'],
    ['https://cupboard/', 'private'],
    ['https://cupboard.local/', 'private'],
    ['http://sync.example.com/', 'plain'],
    ['https://sync.example.com/', null],
    ['https://172.32.0.1/', null],
    ['https://[2606:4700::1111]/', null],
  ])('%s: %s', (address, fault) => {
    expect(faultOf(address)).toBe(fault);
  });
});
