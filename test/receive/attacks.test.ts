/** Somebody on the internet who has the address and not the key. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEY, type RawConnection, Running, request } from './running.ts';

let running: Running;
const open: RawConnection[] = [];

beforeEach(async () => {
  running = await Running.start();
});

afterEach(async () => {
  for (const connection of open.splice(0)) connection.destroy();
  await running.stop();
});

async function connect(): Promise<RawConnection> {
  const connection = await running.connect();
  open.push(connection);
  return connection;
}

/** Every byte that comes back, without what counts and what tells the time. */
async function bytesFor(text: string): Promise<string> {
  const connection = await connect();
  connection.send(text);
  await vi.waitFor(() => expect(connection.closed).toBe(true), { timeout: 5_000 });
  return connection.received.replace(/^(Date|X-Request-Id): .*\r\n/gim, '');
}

const BODY = '{"event":"application_approved","request_id":"r1"}';

describe('without the key', () => {
  it('every answer is the same byte for byte, whatever the key, the body and the type', async () => {
    const keys = [
      '',
      'x',
      KEY.slice(0, -1),
      `${KEY}x`,
      KEY.toUpperCase(),
      'y'.repeat(4_000),
      '__proto__',
      '\u00e9',
    ];
    const answers = new Set<string>();
    for (const key of keys) answers.add(await bytesFor(request(BODY, { 'X-API-Key': key })));
    answers.add(await bytesFor(request('{', { 'X-API-Key': 'x', 'Content-Type': 'text/plain' })));
    answers.add(await bytesFor(request('', { 'X-API-Key': 'x', 'Content-Length': '99999999' })));
    answers.add(await bytesFor(request('', { 'X-API-Key': 'x', 'Content-Encoding': 'gzip' })));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^HTTP\/1.1 401 /);
  });

  it('nothing is parsed and no byte of the body is waited for', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    try {
      const answer = await bytesFor(request(BODY, { 'X-API-Key': 'x', 'Content-Length': '200000' }));
      expect(answer).toMatch(/^HTTP\/1.1 401 /);
      expect(parse.mock.calls.filter(([text]) => String(text).includes('application_approved'))).toEqual([]);
    } finally {
      parse.mockRestore();
    }
    expect(await running.inbox.count()).toBe(0);
  });

  it('two keys in one request are no key', async () => {
    const doubled = request(BODY).replace('X-API-Key', `X-API-Key: wrong\r\nX-API-Key`);
    expect(await bytesFor(doubled)).toMatch(/^HTTP\/1.1 401 /);
    expect(await running.inbox.count()).toBe(0);
  });
});

describe('a flood', () => {
  it('of a thousand wrong keys keeps no right one out, meanwhile and after', async () => {
    const wrong = async (n: number) => {
      const { status } = await running.post(BODY, { 'X-API-Key': `guess-${n}` });
      return status;
    };
    const statuses: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const guesses = Array.from({ length: 50 }, (_, at) => wrong(round * 50 + at));
      const good = running.post({ event: 'application_approved', request_id: `good-${round}` });
      statuses.push(...(await Promise.all(guesses)));
      expect((await good).status).toBe(202);
    }
    expect(statuses).toHaveLength(1_000);
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await running.inbox.count()).toBe(20);
  }, 30_000);

  it('of wrong keys fills no log: the first of a minute are told, then how many were left out', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-12T09:30:00.000Z') });
    try {
      const wrong = () => running.post(BODY, { 'X-API-Key': 'x' });
      for (let n = 0; n < 200; n += 1) await wrong();
      expect(running.log).toHaveLength(20);
      vi.setSystemTime(new Date('2026-11-12T09:31:00.000Z'));
      await wrong();
      expect(JSON.parse(running.log.at(-1) ?? '')).toMatchObject({ reason: 'wrong_key', leftOut: 180 });
    } finally {
      vi.useRealTimers();
    }
  });

  it('of a thousand sockets that say nothing keeps nobody out', async () => {
    await Promise.all(Array.from({ length: 1_000 }, connect));
    for (let n = 0; n < 5; n += 1)
      expect((await running.post({ event: 'application_approved', request_id: `r${n}` })).status).toBe(202);
    expect(await running.inbox.count()).toBe(5);
  }, 30_000);

  it('of heads and bodies that never end keeps nobody out, and takes none of them', async () => {
    for (let n = 0; n < 100; n += 1) {
      (await connect()).send('POST /webhooks/boom HTTP/1.1\r\nHost: test\r\nX-Slow: ');
      (await connect()).send(request(BODY).slice(0, -1));
    }
    expect((await running.post(BODY)).status).toBe(202);
    expect(await running.inbox.count()).toBe(1);
  }, 30_000);
});

it('a head larger than any of Boom’s is refused, and so is one that could be read in two ways', async () => {
  expect(await bytesFor(request(BODY, { 'X-Long': 'x'.repeat(20_000) }))).toMatch(/^HTTP\/1.1 431 /);
  expect(await bytesFor(request(BODY, { 'Transfer-Encoding': 'chunked' }))).toMatch(/^HTTP\/1.1 400 /);
  expect(
    await bytesFor(request(BODY).replace('Content-Length', 'Content-Length: 5\r\nContent-Length')),
  ).toMatch(/^HTTP\/1.1 400 /);
  expect(await running.inbox.count()).toBe(0);
});
