/** Whatever a PMS, or a box before it, answers: a typed fault, in bounded time and memory. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { faultOf } from '../connect/support.ts';
import { answering, client, closeServers, GET, listen, POST, PUT, serve } from './http-servers.ts';

afterEach(closeServers);

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const LOGIN = '<!doctype html><title>Sign in</title><form action="/login"></form>';
const BYTE_BY_BYTE: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write('['), 20);
  response.on('close', () => clearInterval(timer));
};

const ANSWERS: [string, RequestListener, read: string, create: string][] = [
  ['a sign-in page', answering(200, LOGIN, HTML), 'transient', 'unknown_outcome'],
  ['a sign-in page that calls itself JSON', answering(200, LOGIN), 'transient', 'unknown_outcome'],
  ['a way to the sign-in page', answering(302, '', { location: '/login' }), 'transient', 'transient'],
  ['an error page', answering(502, LOGIN, HTML), 'transient', 'unknown_outcome'],
  ['a page that refuses', answering(403, LOGIN, HTML), 'forbidden', 'forbidden'],
  ['nothing', answering(200, ''), 'transient', 'unknown_outcome'],
  ['spaces', answering(200, ' \n '), 'transient', 'unknown_outcome'],
  ['half of its JSON', answering(200, '{"id": 7, "fir'), 'transient', 'unknown_outcome'],
  ['JSON and more', answering(200, '{}{}'), 'transient', 'unknown_outcome'],
  ['bytes that are no text', answering(200, Buffer.from([0xff, 0xfe, 0])), 'transient', 'unknown_outcome'],
  ['less than it promised', answering(200, '{}', { 'content-length': '99' }), 'transient', 'unknown_outcome'],
  ['a 500 without a word', answering(500, ''), 'transient', 'unknown_outcome'],
  ['one byte at a time', BYTE_BY_BYTE, 'transient', 'unknown_outcome'],
  [
    'its head and no more',
    (_, response) => response.writeHead(200).flushHeaders(),
    'transient',
    'unknown_outcome',
  ],
  ['nothing, ever', () => {}, 'transient', 'unknown_outcome'],
];

describe('answered with', () => {
  it.each(ANSWERS)('%s, a read and a create end in a fault', async (_, listener, read, create) => {
    const url = await serve(listener);
    const hasty = client(url, { timeoutMs: 300 });
    expect((await faultOf(hasty.send(GET))).kind).toBe(read);
    expect((await faultOf(hasty.send(POST))).kind).toBe(create);
  });

  it('something that is no HTTP, a read ends in a fault', async () => {
    const url = await listen(
      createTcp((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH\r\n', () => socket.destroy())),
    );
    expect((await faultOf(client(url).send(GET))).kind).toBe('transient');
  });

  it.each([
    ['with good JSON', 200, '"'],
    ['as an error', 500, '<'],
  ])('more than anybody could keep (%s), it hangs up and keeps nothing', async (_, status, first) => {
    const chunk = 'x'.repeat(1024 * 1024);
    let written = 0;
    let hungUp = Promise.resolve<unknown>(null);
    const url = await serve((_request, response) => {
      hungUp = once(response, 'close');
      response.writeHead(status, { 'content-type': 'application/json' });
      response.write(first);
      const more = () => {
        while (!response.destroyed) {
          written += 1;
          if (!response.write(chunk)) return response.once('drain', more);
        }
        return null;
      };
      more();
    });
    const fault = await faultOf(client(url, { timeoutMs: 20_000 }).send(PUT));
    expect(fault.message).toContain('larger than we read');
    await hungUp;
    // Five megabytes are read; the rest stood in the system's buffers.
    expect(written).toBeLessThan(40);
  });

  it('ten megabytes that it announces, it reads none of them', async () => {
    const url = await serve(answering(200, Buffer.alloc(10 * 1024 * 1024, 32)));
    expect((await faultOf(client(url).send(GET))).message).toContain('larger than we read');
  });
});
