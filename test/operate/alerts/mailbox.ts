/** A real SMTP server that keeps what it gets, and a real HTTP server that does. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { ChannelConfig } from '../../../src/config/config.ts';

export interface Mail {
  from: string;
  to: string[];
  /** As it came over the wire. */
  raw: string;
  headers: Record<string, string>;
  text: string;
}

export interface Mailbox {
  mails: Mail[];
  /** Answers the next mails with this; null takes them. */
  refuse: { code: number; text: string } | null;
  channel(changes?: Partial<Extract<ChannelConfig, { kind: 'mail' }>>): ChannelConfig;
}

export async function startMailbox(): Promise<Mailbox> {
  const box: Mailbox = { mails: [], refuse: null, channel: () => ({}) as ChannelConfig };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      if (username === 'me' && password === 'right') done(null, { user: 'me' });
      else done(new Error('Bad user or password'));
    },
    onData(stream, { envelope }, done) {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (part: string) => {
        raw += part;
      });
      stream.on('end', () => {
        if (box.refuse !== null)
          return done(Object.assign(new Error(box.refuse.text), { responseCode: box.refuse.code }));
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        box.mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, ...parsed(raw) });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
  const { port } = server.server.address() as AddressInfo;
  box.channel = (changes) => ({
    kind: 'mail',
    name: 'mail',
    where: 'you@example.com',
    host: '127.0.0.1',
    port,
    secure: false,
    login: null,
    from: 'boomsync@example.com',
    to: ['you@example.com'],
    ...changes,
  });
  return box;
}

function parsed(raw: string): Pick<Mail, 'headers' | 'text'> {
  const at = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, at)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const body = raw.slice(at + 4);
  const encoding = headers['content-transfer-encoding'] ?? '7bit';
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? Buffer.from(
            body
              .replace(/=\r\n/g, '')
              .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          )
        : Buffer.from(body, 'utf8');
  return { headers, text: bytes.toString('utf8').replaceAll('\r\n', '\n') };
}

export interface Posted {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Postbox {
  url: string;
  posts: Posted[];
  answer: { status: number; headers?: Record<string, string> };
  /** Resolves with the first that there is, or comes. */
  next(): Promise<Posted>;
}

export async function startPostbox(): Promise<Postbox> {
  let arrived: (() => void) | null = null;
  const box: Postbox = {
    url: '',
    posts: [],
    answer: { status: 200 },
    async next() {
      if (box.posts.length === 0)
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      return box.posts[0] as Posted;
    },
  };
  const server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    box.posts.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      text,
    });
    response.writeHead(box.answer.status, box.answer.headers).end();
    arrived?.();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  box.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return box;
}
