/** Whatever a PMS or Boom's API answers: data, or a fault in our words that holds nothing of the request. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpClient } from '../../src/http/http.ts';
import { PushError } from '../../src/http/push-error.ts';
import { tries } from '../support/profile.ts';
import { body } from './bodies.ts';

const SECRET = 'topsecretkey';
const PERSON = 'Privatename';
const kinds = new Map<string, number>();
let next: { status: number; headers: Record<string, string>; body: Buffer };
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(next.status, next.headers).end(next.body));
});

beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
afterAll(() => {
  console.log(`fuzz of answers: ${[...kinds].map(([kind, count]) => `${kind}: ${count}`).join(', ')}`);
  server.closeAllConnections();
  server.close();
});

const answer = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 201, 204, 302, 400, 409, 422, 429, 503),
    fc.integer({ min: 200, max: 999 }),
  ),
  headers: fc.dictionary(
    fc.constantFrom('content-type', 'content-encoding', 'retry-after', 'location', 'set-cookie'),
    fc.constantFrom(
      'application/json',
      'text/html',
      'gzip',
      '-1',
      '1e999',
      'Infinity',
      'http://169.254.169.254/',
      'x',
    ),
    { maxKeys: 3 },
  ),
  // An answer that quotes what was sent must not find its way into a fault.
  body: fc.oneof(
    body,
    body.map((bytes) => Buffer.concat([Buffer.from(`{"errors":[{"field":"${PERSON}","${SECRET}":`), bytes])),
    fc.constant(Buffer.from(`{"errors":[{"field":"${PERSON}","message":"${SECRET}"}]}`)),
  ),
});

it('is data or a fault, and no fault tells what was sent', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createHttpClient({
    label: 'Oak',
    baseUrl: url,
    headers: { authorization: `Bearer ${SECRET}` },
    retries: 0,
    timeoutMs: 5_000,
    secrets: [SECRET],
    refusedFields: async (json) => [JSON.stringify(json), PERSON, SECRET],
  });
  const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(answer, fc.constantFrom('GET', 'POST', 'PUT'), async (given, method) => {
      next = given;
      const sent = method === 'GET' ? { query: { name: PERSON } } : { json: { name: PERSON } };
      try {
        await client.send({ method: method as 'GET', path: '/v1/people', ...sent });
        count('data');
      } catch (error) {
        expect(error).toBeInstanceOf(PushError);
        const fault = error as PushError;
        count(fault.kind);
        expect(`${fault.message} ${fault.stack} ${JSON.stringify(fault)}`).not.toMatch(
          /topsecretkey|Privatename/,
        );
      }
    }),
    tries(400, 20_000),
  );
});
