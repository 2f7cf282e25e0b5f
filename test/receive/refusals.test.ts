import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KEY, Running, request } from './running.ts';

let running: Running;

beforeEach(async () => {
  running = await Running.start();
});

afterEach(() => running.stop());

const body = { event: 'application_approved', request_id: 'r1' };

describe('a refusal', () => {
  test.each([
    ['an array', '[1]'],
    ['a text', '"application_approved"'],
    ['a number', '17'],
    ['null', 'null'],
    ['nothing', ''],
    ['blanks', '  '],
    ['half an object', '{"event":'],
    ['a NUL inside a text', '{"event":"\0"}'],
    ['two objects', '{}{}'],
  ])('with 400: %s is not a JSON object', async (_, text) => {
    expect(await running.post(text)).toMatchObject({
      status: 400,
      body: { error: { code: 'not_an_object', message: expect.any(String), remedy: expect.any(String) } },
    });
    expect(await running.inbox.count()).toBe(0);
  });

  test('with 401 says the same without a key and with a wrong one, whatever else is wrong', async () => {
    const answers = [
      await running.post(body, { 'X-API-Key': '' }),
      await running.post(body, { 'X-API-Key': 'wrong' }),
      await running.post('not json', { 'X-API-Key': `${KEY}x`, 'Content-Type': 'text/plain' }),
      await running.post(gzipSync('{}'), { 'X-API-Key': 'wrong', 'Content-Encoding': 'gzip' }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(answers[0]?.body);
      expect(answer.headers.get('connection')).toBe('close');
    }
  });

  test('with 401 comes before a body is read', async () => {
    const connection = await running.connect();
    connection.send(request('', { 'X-API-Key': 'wrong', 'Content-Length': '1000' }));
    await vi.waitFor(() => expect(connection.closed).toBe(true));
    expect(connection.received).toMatch(/^HTTP\/1.1 401 /);
  });

  test.each([
    ['gzip', { 'Content-Encoding': 'gzip' }],
    ['br', { 'Content-Encoding': 'br' }],
    ['two encodings', { 'Content-Encoding': 'identity, gzip' }],
    ['text', { 'Content-Type': 'text/plain' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['a JSON dialect', { 'Content-Type': 'application/vnd.api+json' }],
    ['a type that looks like it', { 'Content-Type': 'application/jsonx' }],
    ['no type', { 'Content-Type': '' }],
  ])('with 415: %s', async (_, headers) => {
    expect(await running.post(body, headers as Record<string, string>)).toMatchObject({
      status: 415,
      body: { error: { code: 'unsupported_type' } },
    });
  });

  test('with 415 closes the connection, so that a bomb behind it is never read', async () => {
    const connection = await running.connect();
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const text = request('', { 'Content-Encoding': 'gzip', 'Content-Length': String(bomb.length) });
    connection.send(text);
    connection.send(bomb);
    await vi.waitFor(() => expect(connection.closed).toBe(true));
    expect(connection.received).toMatch(/^HTTP\/1.1 415 /);
    expect(connection.received).toMatch(/connection: close/i);
  });

  test('with 413 comes from the announced length alone', async () => {
    const connection = await running.connect();
    connection.send(request('', { 'Content-Length': String(256 * 1024 + 1) }));
    await vi.waitFor(() => expect(connection.closed).toBe(true));
    expect(connection.received).toMatch(/^HTTP\/1.1 413 /);
    expect(connection.received).toContain('"too_large"');
  });

  test('with 413 comes as soon as a body without a length grows too large', async () => {
    const connection = await running.connect();
    const head = 'POST /webhooks/boom HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n';
    connection.send(`${head}X-API-Key: ${KEY}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const chunk = 'x'.repeat(64 * 1024);
    for (let sent = 0; sent < 5; sent++) connection.send(`10000\r\n${chunk}\r\n`);
    await vi.waitFor(() => expect(connection.closed).toBe(true));
    expect(connection.received).toMatch(/^HTTP\/1.1 413 /);
  });

  test('does not touch a body of exactly 256 KB', async () => {
    const text = JSON.stringify({ ...body, pad: '' });
    const whole = text.replace('"pad":""', `"pad":"${'x'.repeat(256 * 1024 - text.length)}"`);
    expect(whole).toHaveLength(256 * 1024);
    expect((await running.post(whole)).status).toBe(202);
    expect((await running.inbox.byIds([1]))[0]?.body).toBe(whole);
  });

  test.each([
    ['POST', '/webhooks/boom/nobody', 'unknown_account'],
    ['POST', '/webhooks/boom/__proto__', 'unknown_account'],
    ['GET', '/webhooks/boom', 'not_found'],
    ['GET', '/', 'not_found'],
  ])('with 404: %s %s', async (method, path, code) => {
    const response = await fetch(`http://127.0.0.1:${running.port}${path}`, {
      method,
      headers: { 'X-API-Key': KEY },
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code, remedy: expect.any(String) } });
  });

  test('is logged once, with the id that its answer carries and without the key or the body', async () => {
    const answer = await running.post('{"first_name":"Dana"', { 'X-API-Key': 'secret-guess' });
    const other = await running.post('{"first_name":"Dana"');
    expect(running.log.map((line) => JSON.parse(line))).toMatchObject([
      { status: 401, reason: 'wrong_key', requestId: answer.headers.get('x-request-id') },
      { status: 400, reason: 'not_an_object', requestId: other.headers.get('x-request-id'), account: 'main' },
    ]);
    expect(running.log.join()).not.toMatch(/Dana|secret-guess/);
  });
});

describe('a connection that is kept', () => {
  test('serves on after a body that was read and refused', async () => {
    const connection = await running.connect();
    for (const [sent, answer] of [
      ['[]', '400'],
      ['{"request_id":"a"}', '202'],
      ['{', '400'],
      ['{"request_id":"b"}', '202'],
    ] as const) {
      connection.received = '';
      connection.send(request(sent));
      await vi.waitFor(() => expect(connection.received).toMatch(`HTTP/1.1 ${answer} `));
    }
    expect(connection.closed).toBe(false);
    expect(await running.inbox.count()).toBe(2);
    connection.destroy();
  });

  test('takes a body that arrives slowly', async () => {
    const connection = await running.connect();
    const text = request(JSON.stringify(body));
    for (let at = 0; at < text.length; at += 40) {
      connection.send(text.slice(at, at + 40));
      await setTimeout(5);
    }
    await vi.waitFor(() => expect(connection.received).toMatch('HTTP/1.1 202 '));
    connection.destroy();
  });

  test('that breaks off in the middle of a body stores nothing and disturbs nobody', async () => {
    const connection = await running.connect();
    connection.send(request(JSON.stringify(body)).slice(0, -5));
    await setTimeout(20);
    connection.destroy();
    await vi.waitFor(() => expect(running.log.join()).toContain('"incomplete"'));
    expect(await running.inbox.count()).toBe(0);
    expect((await running.post(body)).status).toBe(202);
  });
});

describe('a store that cannot take it', () => {
  async function refusedThenTaken(reason: string, repair: () => unknown): Promise<void> {
    const refused = await running.post(body);
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'store_unavailable' } } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body.error?.message).toContain(reason);
    expect(running.receiver.storeWritable).toBe(false);
    expect(await running.inbox.count()).toBe(0);
    await repair();
    expect(await running.post(body)).toMatchObject({ status: 202, body: { status: 'stored' } });
    expect(running.receiver.storeWritable).toBe(true);
  }

  test('because the disk is full: 503, and 202 again once there is space', async () => {
    const [{ page_count: pages }] = await running.knex.raw('pragma page_count');
    await running.knex.raw(`pragma max_page_count = ${pages}`);
    const filler = JSON.stringify({ pad: 'x'.repeat(20_000) });
    expect((await running.post(filler)).status).toBe(503);
    expect(running.receiver.storeWritable).toBe(false);
    await running.knex.raw('pragma max_page_count = 1000000');
    expect((await running.post(filler)).status).toBe(202);
    expect(running.receiver.storeWritable).toBe(true);
  });

  test('because somebody holds the lock: 503 in time, and 202 again afterwards', async () => {
    const other = new Database(running.file);
    other.exec('begin immediate');
    const before = performance.now();
    await refusedThenTaken('busy', () => other.close());
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('because it may only be read: 503, and 202 again afterwards', async () => {
    await running.knex.raw('pragma query_only = on');
    await refusedThenTaken('readonly', () => running.knex.raw('pragma query_only = off'));
  });

  test('because it has been closed: 503', async () => {
    await running.knex.destroy();
    expect(await running.post(body)).toMatchObject({ status: 503 });
  });

  test('because the program is shutting down: 503, after answering for what was taken', async () => {
    const taken = running.post(body);
    await vi.waitFor(async () => expect(await running.inbox.count()).toBe(1));
    await running.receiver.stop();
    expect((await taken).status).toBe(202);
    expect(await running.post({ ...body, request_id: 'r2' })).toMatchObject({
      status: 503,
      body: {
        error: {
          message: expect.stringContaining('closed'),
          remedy: expect.stringContaining('shutting down'),
        },
      },
    });
  });

  test('is asked again by who wants to know, so that readiness comes back without a delivery', async () => {
    expect(await running.receiver.checkStore()).toBe(true);
    await running.knex.raw('pragma query_only = on');
    expect(await running.receiver.checkStore()).toBe(true);
    await running.post(body);
    expect(await running.receiver.checkStore()).toBe(false);
    await running.knex.raw('pragma query_only = off');
    expect(await running.receiver.checkStore()).toBe(true);
    expect(running.receiver.storeWritable).toBe(true);
    await running.receiver.stop();
    expect(await running.receiver.checkStore()).toBe(false);
  });

  test('waits out a lock that is short', async () => {
    const other = new Database(running.file);
    other.exec('begin immediate');
    const answer = running.post(body);
    await setTimeout(60);
    other.close();
    expect((await answer).status).toBe(202);
  });

  test('for a fault of ours answers 500 and says nothing about it but an id', async () => {
    await running.stop();
    const appendAll = () => Promise.reject(new TypeError('cannot store dana@example.com'));
    running = await Running.start({ inbox: { appendAll, probe: async () => {} } });
    const answer = await running.post(body);
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
    expect(answer.body.error?.remedy).toContain(answer.headers.get('x-request-id'));
    expect(JSON.stringify(answer.body) + running.log.join()).not.toContain('dana@example.com');
    expect(running.log.join()).toContain('TypeError');
  });
});
