import { createHash, hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KEY, Running } from './running.ts';

let running: Running;
const onStored = vi.fn();

beforeEach(async () => {
  onStored.mockClear();
  running = await Running.start({ onStored });
});

afterEach(() => running.stop());

const approved = (requestId: string, more: object = {}) => ({
  event: 'application_approved',
  request_id: requestId,
  first_name: 'Dana',
  ...more,
});

describe('a delivery', () => {
  test('is answered 202 once it is stored, as it was sent', async () => {
    const text =
      '{ "event": "application_approved",\n "request_id": 17 , "rent": 1850.00, "note": "\\ud83d\\u0000é" }';
    const answer = await running.post(text);
    expect(answer).toMatchObject({ status: 202, body: { status: 'stored', id: 1 } });
    expect(await running.inbox.byIds([1])).toMatchObject([
      {
        account: 'main',
        source: 'webhook',
        requestId: '17',
        wireEvent: 'application_approved',
        body: text,
        bodyHash: hash('sha256', text),
        status: 'received',
        receivedAt: '2026-11-12T09:30:00.000Z',
      },
    ]);
    expect(onStored).toHaveBeenCalledTimes(1);
  });

  test('that is repeated is a duplicate, and wakes nobody', async () => {
    await running.post(approved('r1'));
    onStored.mockClear();
    expect(await running.post(approved('r1'))).toMatchObject({
      status: 202,
      body: { status: 'duplicate', id: 1 },
    });
    expect(onStored).not.toHaveBeenCalled();
  });

  test('with a known request id and another body is stored apart', async () => {
    await running.post(approved('r1'));
    expect(await running.post(approved('r1', { first_name: 'Alex' }))).toMatchObject({
      status: 202,
      body: { status: 'stored', id: 2 },
    });
    expect(await running.inbox.list({ limit: 9, status: 'quarantined' })).toMatchObject([{ id: 2 }]);
  });

  test('without a request id is a duplicate for ten minutes only', async () => {
    const issue = { event: 'issue_pending', customer_id: 'c1' };
    expect((await running.post(issue)).body.status).toBe('stored');
    running.now = new Date('2026-11-12T09:39:59.999Z');
    expect((await running.post(issue)).body.status).toBe('duplicate');
    running.now = new Date('2026-11-12T09:40:00.000Z');
    expect((await running.post(issue)).body.status).toBe('stored');
  });

  test('is stored exactly once, however many arrive together', async () => {
    const bodies = Array.from({ length: 200 }, (_, at) => approved(`r${at % 150}`));
    const answers = await Promise.all(bodies.map((body) => running.post(body)));
    expect(answers.every((it) => it.status === 202)).toBe(true);
    expect(answers.filter((it) => it.body.status === 'stored')).toHaveLength(150);
    for (const [at, { body }] of answers.entries()) {
      const [row] = await running.inbox.byIds([body.id as number]);
      expect(row?.requestId).toBe(`r${at % 150}`);
    }
    expect(await running.inbox.count()).toBe(150);
  });

  test('may name its account', async () => {
    expect((await running.post(approved('r1'), {}, '/webhooks/boom/main')).status).toBe(202);
    expect((await running.post(approved('r1'))).body.status).toBe('duplicate');
  });

  test('may come with any live key, and as any spelling of JSON', async () => {
    const headers = { 'X-API-Key': 'second-key', 'Content-Type': 'Application/JSON; charset=utf-8' };
    expect((await running.post(approved('r1'), { ...headers, 'Content-Encoding': 'identity' })).status).toBe(
      202,
    );
  });

  test('leaves one line in the log, without people', async () => {
    await running.post(approved('r1', { event: 'Application-Approved' }));
    await running.post(approved('r2', { event: 'Dana Sample moved' }));
    const lines = running.log.map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      {
        account: 'main',
        event: 'application_approved',
        id: 1,
        status: 'stored',
        requestId: expect.any(String),
      },
      { account: 'main', event: 'unknown', id: 2 },
    ]);
    expect(lines[0].requestId).not.toBe(lines[1].requestId);
    expect(running.log.join()).not.toContain('Dana');
  });
});

describe('whatever Boom sends', () => {
  const nested = (depth: number) => `{"request_id":"deep","a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  test.each([
    ['an unknown event', '{"event":"lease_signed_by_a_robot"}'],
    ['no event', '{"hello":"world"}'],
    ['nothing at all', '{}'],
    ['an event that is no text', '{"event":{"name":["x"]},"request_id":[1]}'],
    ['odd types', '{"event":"application_approved","first_name":17,"unit":[null],"pets":{"cat":true}}'],
    ['numbers beyond reach', '{"request_id":1e999,"rent":12345678901234567890}'],
    [
      'keys like __proto__',
      '{"constructor":{"prototype":{"admin":true}},"hasOwnProperty":1,"toString":null}',
    ],
    [
      'half a surrogate pair and NUL',
      '{"event":"a\\ud800b\\u0000c","request_id":"\\udc00\\u0000","x":"\\ud800"}',
    ],
    ['text beyond ASCII', '{"first_name":"Zoë 🏠 Łukasz","event":"application_approved"}'],
    ['much nesting', nested(120_000)],
  ])('is stored: %s', async (_, text) => {
    const answer = await running.post(text);
    expect(answer).toMatchObject({ status: 202, body: { status: 'stored' } });
    expect(await running.inbox.byIds([1])).toMatchObject([{ body: text, status: 'received' }]);
    expect((await running.post(text)).body).toEqual({ status: 'duplicate', id: 1 });
  });

  test('is stored with a key named __proto__, which is left out and touches nothing', async () => {
    const text = '{"request_id":"r1","__proto__":{"admin":true}}';
    expect((await running.post(text)).body).toEqual({ status: 'stored', id: 1 });
    expect(await running.inbox.byIds([1])).toMatchObject([{ body: '{"request_id":"r1"}', requestId: 'r1' }]);
    expect({}).not.toHaveProperty('admin');
  });

  test.each([
    ['{"requestId":"a","event":"e"}', 'a', 'e'],
    ['{"data":{"request_id":"b","event":"f"}}', 'b', 'f'],
    ['{"request_id":" ","data":{"requestId":5}}', '5', null],
    ['{"request_id":null,"event":null}', null, null],
    ['{"event":"\\ud800\\u0000"}', null, '\uFFFD\uFFFD'],
  ])('is known by what names it: %s', async (text, requestId, wireEvent) => {
    await running.post(text);
    expect(await running.inbox.byIds([1])).toMatchObject([{ requestId, wireEvent }]);
  });

  test('keeps long names within bounds, without cutting a character in half', async () => {
    const name = `${'x'.repeat(199)}🏠`;
    await running.post({ event: name, request_id: name });
    expect(await running.inbox.byIds([1])).toMatchObject([
      { wireEvent: `${'x'.repeat(199)}\uFFFD`, requestId: expect.stringMatching(/^x{120}…[0-9a-f]{64}$/) },
    ]);
  });
});

describe('what must not be kept', () => {
  test('is gone before anything is stored', async () => {
    await running.post(
      approved('r1', { applicant: { ssn: '078-05-1120', dob: '1990-01-01', role: 'applicant' } }),
    );
    const [row] = await running.inbox.byIds([1]);
    expect(JSON.parse(row?.body ?? '')).toEqual(approved('r1', { applicant: { role: 'applicant' } }));
  });

  test('cannot be guessed from the hash that is kept', async () => {
    const body = approved('r1', { dob: '1990-01-01' });
    await running.post(body);
    const [row] = await running.inbox.byIds([1]);
    const ofTheWhole = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    expect(row?.bodyHash).not.toBe(ofTheWhole);
  });

  test('does not make a repeat look new', async () => {
    const body = approved('r1', { ssn: '078-05-1120' });
    await running.post(body);
    expect((await running.post(body)).body).toEqual({ status: 'duplicate', id: 1 });
  });

  test('cannot hide behind a key that is written twice', async () => {
    await running.post(
      '{"request_id":"r1","applicant":{"ssn":"078-05-1120"},"applicant":{"role":"applicant"}}',
    );
    const [row] = await running.inbox.byIds([1]);
    expect(row?.body).toBe('{"request_id":"r1","applicant":{"role":"applicant"}}');
  });

  test('is dropped with its whole body where that is nested too deeply to be written again', async () => {
    const text = `{"ssn":"078-05-1120","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await running.post(text)).body).toEqual({ status: 'stored', id: 1 });
    expect(await running.inbox.byIds([1])).toMatchObject([
      {
        body: null,
        status: 'failed',
        detail: expect.stringContaining('nested too deeply'),
        bodyHash: hash('sha256', text),
      },
    ]);
  });
});

describe('several accounts', () => {
  const accounts = [
    { name: 'north', webhookKeys: [KEY, 'key-of-both'] },
    { name: 'south', webhookKeys: ['key-of-south', 'key-of-both'] },
  ];

  test('have an address each, and take each its own key', async () => {
    await running.stop();
    running = await Running.start({ accounts });
    const south = { 'X-API-Key': 'key-of-south' };
    expect((await running.post(approved('r1'), {}, '/webhooks/boom/north')).status).toBe(202);
    expect((await running.post(approved('r1'), {}, '/webhooks/boom/south')).status).toBe(401);
    expect((await running.post(approved('r1'), south, '/webhooks/boom/south')).status).toBe(202);
    expect((await running.post(approved('r1'), {}, '/webhooks/boom/west')).status).toBe(404);
    expect(await running.inbox.count()).toBe(2);
  });

  test('are told by the key at the address of the only account, so that adding one loses nothing', async () => {
    await running.stop();
    running = await Running.start({ accounts });
    await running.post(approved('r1'));
    await running.post(approved('r1'), { 'X-API-Key': 'key-of-south' });
    expect((await running.post(approved('r2'), { 'X-API-Key': 'wrong' })).status).toBe(401);
    const events = await running.inbox.list({ limit: 10 });
    expect(events.map(({ account }) => account)).toEqual(['south', 'north']);
    const both = await running.post(approved('r2'), { 'X-API-Key': 'key-of-both' });
    expect(both).toMatchObject({ status: 404, body: { error: { code: 'unknown_account' } } });
    expect(both.body.error?.remedy).toContain('/webhooks/boom/:account');
  });
});
