/** A receiver on a real port over a real database, for the tests of the webhook. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Knex } from 'knex';
import Koa from 'koa';
import { pino } from 'pino';
import { answerErrors } from '../../src/receive/http-error.ts';
import { createHttpServer } from '../../src/receive/server.ts';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../src/receive/webhook.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { Inbox } from '../../src/store/inbox.ts';

export const KEY = 'test-key-0123456789abcdef';

export interface Answer {
  status: number;
  headers: Headers;
  body: { status?: string; id?: number; error?: { code: string; message: string; remedy: string } };
}

export class Running {
  readonly log: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'boomsync-receive-'));
  readonly file = join(this.folder, 'boomsync.sqlite');
  now = new Date('2026-11-12T09:30:00.000Z');
  knex!: Knex;
  inbox!: Inbox;
  receiver!: Receiver;
  #server!: Server;

  static async start(options: Partial<ReceiverOptions> = {}): Promise<Running> {
    const running = new Running();
    running.knex = await openDatabase(running.file, { busyTimeout: 5 });
    await migrate(running.knex);
    running.inbox = new Inbox(running.knex);
    const write = (line: Buffer, _: string, done: () => void) => {
      running.log.push(line.toString());
      done();
    };
    const log = pino(new Writable({ write }));
    running.receiver = createReceiver({
      accounts: [{ name: 'main', webhookKeys: [KEY, 'second-key'] }],
      inbox: running.inbox,
      log,
      now: () => running.now,
      ...options,
    });
    const app = new Koa();
    // Koa prints what happens to sockets; here connections break on purpose.
    app.silent = true;
    app.use(answerErrors(log));
    app.use(running.receiver.routes);
    running.#server = createHttpServer(app.callback());
    await new Promise<void>((resolve) => running.#server.listen(0, '127.0.0.1', resolve));
    return running;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** `body` is sent as it is when it is text, else as JSON. */
  async post(body: unknown, headers: Record<string, string> = {}, path = '/webhooks/boom'): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-API-Key': KEY, ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Answer['body'],
    };
  }

  /** A connection on which every byte is ours. */
  async connect(): Promise<RawConnection> {
    const socket = connect(this.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    return new RawConnection(socket);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.knex.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class RawConnection {
  received = '';
  closed = false;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data) => {
      this.received += data.toString();
    });
    socket.on('close', () => {
      this.closed = true;
    });
    // A server that hangs up while we send is what some tests are about.
    socket.on('error', () => {});
  }

  send(text: string | Uint8Array): void {
    this.#socket.write(text);
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** A request as it goes over the wire; a `Content-Length` that is given wins over the right one. */
export function request(body: string, headers: Record<string, string> = {}): string {
  const all = {
    Host: 'test',
    'Content-Type': 'application/json',
    'X-API-Key': KEY,
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST /webhooks/boom HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
