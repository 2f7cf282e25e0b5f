import { createServer as createTcp } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpRequest, JudgedAnswer } from '../../src/http/http.ts';
import { limiter } from '../../src/http/limiter.ts';
import { PushError } from '../../src/http/push-error.ts';
import { faultOf, printed } from '../connect/support.ts';
import { answering, client, closeServers, GET, listen, open, POST, PUT, serve } from './http-servers.ts';

afterEach(closeServers);

describe('the HTTP helper', () => {
  it('sends and reads JSON, with the query escaped', async () => {
    let seen = '';
    const url = await serve((request, response) => {
      seen = request.url ?? '';
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
    const request: HttpRequest = {
      method: 'GET',
      path: '/v1/things',
      query: { email: 'a+b@example.com', limit: 5 },
    };
    expect(await client(url).send(request)).toEqual({ status: 200, body: { ok: true } });
    expect(seen).toBe('/v1/things?email=a%2Bb%40example.com&limit=5');
  });

  it('keeps the case of a header, which some servers ask for', async () => {
    let names: string[] = [];
    const url = await serve((request, response) => {
      names = request.rawHeaders.filter((_, at) => at % 2 === 0);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await client(url).send({ ...GET, headers: { 'X-AppFolio-Developer-ID': 'd1' } });
    expect(names).toContain('X-AppFolio-Developer-ID');
    expect(names.filter((name) => name.toLowerCase() === 'x-appfolio-developer-id')).toHaveLength(1);
  });

  it.each([
    [401, GET, 'unauthorized'],
    [403, GET, 'forbidden'],
    [405, POST, 'forbidden'],
    [404, GET, 'not_found'],
    [410, GET, 'not_found'],
    [409, POST, 'conflict'],
    [400, POST, 'invalid'],
    [422, POST, 'invalid'],
    [418, POST, 'invalid'],
    [429, POST, 'rate_limited'],
    [500, GET, 'transient'],
    [500, PUT, 'transient'],
    [500, POST, 'unknown_outcome'],
    [502, POST, 'unknown_outcome'],
    [503, POST, 'transient'],
    [533, GET, 'maintenance'],
    [533, POST, 'maintenance'],
  ] as const)('makes of a %i to %j a fault of kind %s', async (status, request, kind) => {
    const url = await serve(answering(status, ''));
    const fault = await faultOf(client(url).send(request));
    expect(fault.kind).toBe(kind);
    expect(fault.message).toMatch(/^Buildium .*\.$/);
    expect(fault.remedy).toMatch(/\.$/);
  });

  it('takes a 503 with a time to come back, or that speaks of maintenance, for maintenance', async () => {
    const waiting = await serve(answering(503, '', { 'retry-after': '120' }));
    const fault = await faultOf(client(waiting).send(GET));
    expect([fault.kind, fault.retryAfterMs]).toEqual(['maintenance', 120_000]);
    const speaking = await serve(answering(503, '<h1>Scheduled Maintenance</h1>'));
    expect((await faultOf(client(speaking).send(GET))).kind).toBe('maintenance');
  });

  it('keeps how long a 429 asked to wait', async () => {
    const url = await serve(answering(429, '{}', { 'retry-after': '7' }));
    expect((await faultOf(client(url).send(POST))).retryAfterMs).toBe(7000);
  });

  it('names refused fields, and nothing of their values', async () => {
    const url = await serve(
      answering(422, '{"Errors":[{"Key":"Email","Value":"private@example.com is taken"}]}'),
    );
    const refusedFields = async (body: unknown) =>
      (body as { Errors: { Key: string }[] }).Errors.map(({ Key }) => Key);
    const fault = await faultOf(client(url, { refusedFields }).send(POST));
    expect(fault.fields).toEqual(['Email']);
    expect(fault.message).toContain('Email');
    expect(printed(fault)).not.toContain('private@example.com');
  });

  it('never follows a redirect', async () => {
    let followed = 0;
    const other = await serve((_, response) => {
      followed += 1;
      response.end('{}');
    });
    const url = await serve(answering(302, '', { location: `${other}/x` }));
    const fault = await faultOf(client(url).send(GET));
    expect(fault.message).toContain('never follow');
    expect(fault.concernsConnection).toBe(true);
    expect(followed).toBe(0);
  });

  it.each([
    ['<!doctype html><title>Sign in</title>', 'text/html', 'web page'],
    ['', 'application/json', 'empty'],
    ['{"Id": 12', 'application/json', 'no JSON'],
    ['ok', 'text/plain', 'no JSON'],
  ])('does not believe a 200 with %j', async (body, type, what) => {
    const url = await serve(answering(200, body, { 'content-type': type }));
    const read = await faultOf(client(url).send(GET));
    expect(read.kind).toBe('transient');
    expect(read.message).toContain(what);
    expect((await faultOf(client(url).send(POST))).kind).toBe('unknown_outcome');
  });

  it('takes an empty answer where one may be empty, but no web page', async () => {
    const empty = await serve(answering(200, ''));
    expect(await client(empty).send({ ...PUT, answer: 'optional' })).toEqual({ status: 200, body: null });
    const page = await serve(answering(200, '<html>', { 'content-type': 'text/html' }));
    expect((await faultOf(client(page).send({ ...PUT, answer: 'optional' }))).kind).toBe('transient');
    expect(await client(page).send({ ...PUT, answer: 'ignored' })).toEqual({ status: 200, body: null });
  });

  it('reads no more than its cap, with and without a length, and unpacks nothing', async () => {
    const large = `"${'x'.repeat(200_000)}"`;
    const told = await serve(answering(200, large));
    const fault = await faultOf(client(told, { maxBytes: 100_000 }).send(GET));
    expect(fault.message).toContain('larger than we read');
    const untold = await serve((_, response) => {
      response.writeHead(200);
      response.write(large);
      response.end();
    });
    expect((await faultOf(client(untold, { maxBytes: 100_000 }).send(GET))).kind).toBe('transient');
    expect((await faultOf(client(untold, { maxBytes: 100_000 }).send(POST))).kind).toBe('unknown_outcome');
    const bomb = gzipSync(Buffer.alloc(1_000_000, '1'));
    const packed = await serve(answering(200, bomb, { 'content-encoding': 'gzip' }));
    expect((await faultOf(client(packed, { maxBytes: 100_000 }).send(GET))).message).toContain('no JSON');
  });

  it('gives up on an answer that drips', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect((await faultOf(client(url, { timeoutMs: 400 }).send(GET))).kind).toBe('transient');
    expect((await faultOf(client(url, { timeoutMs: 400 }).send(POST))).kind).toBe('unknown_outcome');
  });

  it('knows a request that was never sent from one whose answer was lost', async () => {
    const closed = await serve(() => {});
    const gone = open.splice(0);
    await Promise.all(gone.map((server) => new Promise((resolve) => server.close(resolve))));
    const refused = await faultOf(client(closed).send(POST));
    expect([refused.kind, refused.unreachable]).toEqual(['transient', true]);

    const nowhere = await faultOf(client('http://no-such-host.invalid').send(POST));
    expect([nowhere.kind, nowhere.unreachable]).toEqual(['transient', true]);
    expect(nowhere.message).toContain('its name was not found');

    const reset = await serve((request) => request.socket.destroy());
    expect((await faultOf(client(reset).send(POST))).kind).toBe('unknown_outcome');
    expect((await faultOf(client(reset).send(PUT))).kind).toBe('transient');
    expect((await faultOf(client(reset).send({ ...POST, idempotent: true }))).kind).toBe('transient');
  });

  it('says so when the other side speaks no TLS', async () => {
    const plain = await listen(
      createTcp((socket) => socket.on('error', () => {}).end('HTTP/1.1 400\r\n\r\n', () => socket.destroy())),
    );
    const fault = await faultOf(client(plain.replace('http:', 'https:')).send(POST));
    expect(fault.unreachable).toBe(true);
  });

  it('asks again for a GET that failed for a moment, and sends nothing else twice', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(request.method ?? '');
      response.writeHead(seen.length < 3 ? 500 : 200).end('{}');
    });
    expect((await client(url, { retries: 2 }).send(GET)).status).toBe(200);
    expect(seen).toEqual(['GET', 'GET', 'GET']);
    seen.length = 0;
    await faultOf(client(url, { retries: 2 }).send(POST));
    expect(seen).toEqual(['POST']);
  });

  it('does not ask again for a GET that was refused or told to wait', async () => {
    for (const status of [401, 404, 429]) {
      let seen = 0;
      const url = await serve((_, response) => {
        seen += 1;
        response.writeHead(status).end();
      });
      await faultOf(client(url, { retries: 2 }).send(GET));
      expect(seen).toBe(1);
    }
  });

  it('lets nothing of a request into an error: no key, no address, no person', async () => {
    const reset = await serve((request) => request.socket.destroy());
    const broken = await serve(answering(500, '{"echo":"private@example.com Privatename topsecretkey"}'));
    for (const url of [reset, broken, 'http://no-such-host.invalid'])
      for (const request of [GET, POST, PUT]) {
        const text = printed(await faultOf(client(url).send(request)));
        for (const secret of [
          'topsecretkey',
          'private@example.com',
          'private%40',
          'Privatename',
          '/v1/things',
        ])
          expect(text).not.toContain(secret);
      }
  });

  it('holds requests that begin together to one limit', async () => {
    let now = 0;
    let most = 0;
    const url = await serve((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end('{}');
      }, 20);
    });
    const limited = client(url, { concurrency: 2 });
    await Promise.all(Array.from({ length: 8 }, () => limited.send(GET)));
    expect(most).toBe(2);
  });

  it('holds several clients to one limit that they share', async () => {
    let now = 0;
    let most = 0;
    const url = await serve((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end('{}');
      }, 20);
    });
    const shared = limiter(2, []);
    const clients = [client(url, { limit: () => shared }), client(url, { limit: () => shared })];
    await Promise.all(Array.from({ length: 8 }, (_, at) => clients[at % 2]?.send(GET)));
    expect(most).toBe(2);
  });

  it('says how long to wait where what is allowed is used up for longer than a moment', async () => {
    const url = await serve(answering(200, '{}'));
    const limited = client(url, { windows: [{ requests: 1, seconds: 3600 }] });
    await limited.send(GET);
    const fault = await faultOf(limited.send(POST));
    expect(fault.kind).toBe('rate_limited');
    expect(fault.retryAfterMs).toBeGreaterThan(3_500_000);
  });

  it('asks first whether an answer says no in a way of its own, a good one too', async () => {
    const seen: unknown[] = [];
    const faultOfAnswer = async ({ status, body, idempotent }: JudgedAnswer) => {
      seen.push([status, body, idempotent]);
      return status === 200 ? new PushError('conflict', 'It says no.', { remedy: 'Ask it.' }) : null;
    };
    const good = await serve(answering(200, '{"error":true}'));
    expect((await faultOf(client(good, { faultOf: faultOfAnswer }).send(POST))).message).toBe('It says no.');
    const bad = await serve(answering(404, '<p>'));
    expect((await faultOf(client(bad, { faultOf: faultOfAnswer }).send(GET))).kind).toBe('not_found');
    expect(seen).toEqual([
      [200, { error: true }, false],
      [404, undefined, true],
    ]);
  });

  it('tells the status of every answer, and of no answer nothing', async () => {
    const told: number[] = [];
    const request: HttpRequest = { ...GET, answered: (status) => told.push(status) };
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 500 : 200).end('{}');
    });
    await client(url, { retries: 1 }).send(request);
    await faultOf(client(await serve(answering(404, ''))).send(request));
    await faultOf(client(await serve(({ socket }) => socket.destroy())).send(request));
    expect(told).toEqual([500, 200, 404]);
  });

  it('speaks of the settings that it was given words for', async () => {
    const words = {
      address: 'the address of Boom’s API',
      setting: '`server` of main',
      refusedKey: 'Look at the keys of main.',
      noRight: 'Ask for the right.',
      refusedRequest: 'Report it.',
      refusedFields: 'Report the fields.',
    };
    const remedy = async (status: number, body = '') =>
      (await faultOf(client(await serve(answering(status, body)), { words }).send(GET))).remedy;
    expect(await remedy(302)).toBe(
      'Check the address of Boom’s API (`server` of main): it must be the API itself.',
    );
    expect(await remedy(401)).toBe('Look at the keys of main.');
    expect(await remedy(403)).toBe('Ask for the right.');
    expect(await remedy(400)).toBe('Report it.');
    expect(await remedy(200, '<html>')).toContain('the address of Boom’s API (`server` of main); a sign-in');
    const nowhere = await faultOf(client('http://no-such-host.invalid', { words }).send(GET));
    expect(nowhere.remedy).toContain('the address of Boom’s API (`server` of main).');
  });
});
