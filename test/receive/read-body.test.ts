/** A body with an announced length is read by us, one in chunks by the body parser: both make the same of it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KEY, Running } from './running.ts';

let running: Running;

beforeEach(async () => {
  running = await Running.start();
});

afterEach(() => running.stop());

const HEAD = `POST /webhooks/boom HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nX-API-Key: ${KEY}\r\n`;

/** The answer to what is sent in these pieces, without what differs from one answer to the next. */
async function answerTo(head: string, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const connection = await running.connect();
  connection.send(`${HEAD}${head}\r\n\r\n`);
  for (const piece of pieces) {
    connection.send(piece);
    await new Promise(setImmediate);
  }
  await vi.waitFor(() => expect(connection.received).toMatch(/\}$/));
  connection.destroy();
  return connection.received.replace(/^(Date|X-Request-Id|.*keep-alive.*|Keep-Alive): .*\r\n/gim, '');
}

function announced(bytes: Uint8Array, cut: number): Promise<string> {
  return answerTo(`Content-Length: ${bytes.length}`, [bytes.subarray(0, cut), bytes.subarray(cut)]);
}

function inChunks(bytes: Uint8Array): Promise<string> {
  return answerTo('Transfer-Encoding: chunked', [`${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n']);
}

/** What was stored, and every trace of it gone. */
async function stored(): Promise<unknown> {
  const rows = await running.knex('inbox').select('request_id', 'wire_event', 'body', 'body_hash');
  await running.knex('inbox').del();
  await running.knex('sqlite_sequence').update({ seq: 0 });
  return rows;
}

const utf8 = (text: string) => Buffer.from(text);
const letter = utf8('{"event":"Zoë 🏠","request_id":"r"}');

describe('a body with a length is made of what the body parser makes of it:', () => {
  test.each([
    ['plain', utf8('{"event":"application_approved","request_id":"r","n":1e999}')],
    ['text beyond ASCII', letter],
    ['a byte order mark', utf8('\uFEFF{"event":"e"}')],
    ['two byte order marks', utf8('\uFEFF\uFEFF{"event":"e"}')],
    ['bytes that are no UTF-8', Buffer.concat([utf8('{"event":"'), Buffer.of(0xff, 0xc3), utf8('"}')])],
    ['UTF-16', Buffer.from('{"event":"e"}', 'utf16le')],
    ['blanks around it', utf8(' \r\n\t{"event":"e"}\n ')],
    ['a blank that JSON does not know', utf8('\u00a0{"event":"e"}')],
    ['a key named __proto__', utf8('{"__proto__":{"a":1},"event":"e"}')],
    ['an array', utf8('[{}]')],
    ['a text', utf8('"e"')],
    ['a form feed before it', utf8('\f{"event":"e"}')],
    ['half an object', utf8('{"event":')],
    ['only a byte order mark', utf8('\uFEFF')],
  ])('%s', async (_, bytes) => {
    const ofTheParser = [await inChunks(bytes), await stored()];
    expect([await announced(bytes, 1), await stored()]).toEqual(ofTheParser);
  });

  test('a letter that arrives in two pieces', async () => {
    const ofTheParser = [await inChunks(letter), await stored()];
    for (let cut = 10; cut < 20; cut++) {
      expect([await announced(letter, cut), await stored()]).toEqual(ofTheParser);
    }
  });
});
