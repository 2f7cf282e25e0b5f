/** What somebody might post: JSON that is odd, text that is nearly JSON, and bytes. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { sampleOf } from '../../src/boom/samples.ts';

const oddText = fc.constantFrom('\u0000', '\ud800', 'a\udfffb', '\u202e', '__proto__', '=1+1', '');
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'event', 'request_id', 'data', 'id'),
  oddText,
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    oddText,
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.jsonValue(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
})).value;

const event = fc.constantFrom(...EVENT_NAMES);
const number = fc.constantFrom('1e999', '-0', '9'.repeat(400), '1e-999', '0.1e1', '01', '+1', '.5', 'NaN');

const object = fc
  .tuple(event, fc.dictionary(key, value, { maxKeys: 6 }))
  .map(([name, fields]) => JSON.stringify({ event: name, ...fields }));
const sampleWithOdd = fc
  .tuple(event, fc.dictionary(key, value, { maxKeys: 3 }))
  .map(([name, fields]) => JSON.stringify({ ...sampleOf(name), ...fields }));
const twice = fc
  .tuple(key, number, key)
  .map(
    ([one, n, other]) =>
      `{${JSON.stringify(one)}:${n},${JSON.stringify(one)}:1,${JSON.stringify(other)}:null}`,
  );
const deep = fc
  .tuple(fc.constantFrom('[', '{"a":'), fc.integer({ min: 1, max: 20_000 }))
  .map(([open, depth]) => `{"event":${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}}`);
const wide = fc
  .integer({ min: 1, max: 20_000 })
  .map((width) => `{${Array.from({ length: width }, (_, at) => `"k${at}":0`).join(',')}}`);
const cut = fc.tuple(sampleWithOdd, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1)));

const flipped = fc
  .tuple(sampleWithOdd, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }))
  .map(([text, changes]) => {
    const bytes = Buffer.from(text);
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes;
  });

export const body: fc.Arbitrary<Buffer> = fc.oneof(
  fc.oneof(object, sampleWithOdd, twice, deep, wide, cut).map((text) => Buffer.from(text)),
  flipped,
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  object.map((text) => gzipSync(text)),
);

/** Headers as they go over the wire, which may contradict each other and the body. */
export const headers: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(
    'Content-Type',
    'Content-Encoding',
    'Content-Length',
    'Transfer-Encoding',
    'Expect',
    'X-API-Key',
    'Host',
    'Upgrade',
    'X-Forwarded-For',
    'X-Request-Id',
  ),
  fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'application/json; charset=koi8-r',
      'gzip',
      'identity',
      'chunked',
      '100-continue',
      '0',
      '-1',
      '99999999999999999999',
      'websocket',
      '127.0.0.1, 10.0.0.1',
    ),
    fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  ),
  { maxKeys: 2 },
);
