/** A fake PMS over real HTTP on this machine: keeps every request, and adds the troubles of any network. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakePms, FakeRequest } from './fake.ts';
import { misanswer, reachesTheFake, type Trouble, textOf } from './trouble.ts';

export interface SeenRequest extends FakeRequest {
  write: boolean;
  /** Milliseconds of a clock that only goes forward. */
  at: number;
}

export interface FakeServer {
  url: string;
  /** Every request, oldest first. */
  seen: SeenRequest[];
  /** The next `times` requests of that sort meet it; a later call replaces an earlier one. */
  trouble(trouble: Trouble, only?: 'write' | 'any', times?: number): void;
  /** Nothing more goes wrong. */
  calm(): void;
  close(): Promise<void>;
}

export async function startFakeServer(fake: FakePms): Promise<FakeServer> {
  const seen: SeenRequest[] = [];
  let planned: { trouble: Trouble; only: 'write' | 'any'; left: number } | null = null;

  const next = (write: boolean): Trouble | null => {
    if (planned === null || planned.left === 0 || (planned.only === 'write' && !write)) return null;
    planned.left -= 1;
    return planned.trouble;
  };

  const server = createServer(async (incoming, response) => {
    const request = await requestOf(incoming);
    const write = fake.isWrite(request);
    seen.push({ ...request, write, at: performance.now() });
    const trouble = next(write);
    const answer = trouble === null || reachesTheFake(trouble) ? fake.answer(request) : null;
    if (trouble !== null) return misanswer(trouble, answer, response);
    if (answer === null) return;
    const text = textOf(answer);
    const type = answer.text === undefined ? 'application/json' : 'text/plain';
    response.writeHead(answer.status, {
      ...(text === '' ? {} : { 'content-type': type }),
      ...answer.headers,
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    trouble(trouble, only = 'any', times = Number.POSITIVE_INFINITY) {
      planned = { trouble, only, left: times };
    },
    calm() {
      planned = null;
    },
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function requestOf(incoming: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body: bodyOf(Buffer.concat(chunks).toString('utf8')),
  };
}

function bodyOf(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
