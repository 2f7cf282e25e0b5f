/** A connector of one's own in a folder of its own, and a connection to it that speaks to a server of the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ConnectionConfig } from '../../src/config/config.ts';
import type { Fault } from '../../src/config/fault.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, faultsOf } from './support.ts';

export interface Seen {
  method: string;
  /** With the query, as it was sent. */
  url: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export interface Said {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

export interface Pms {
  url: string;
  seen: Seen[];
}

export async function pms(answer: (request: Seen, turn: number) => Said): Promise<Pms> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers, body: text === '' ? null : JSON.parse(text) });
    const last = seen.at(-1);
    if (last === undefined) throw new Error('nothing was seen');
    const said = answer(last, seen.length);
    const type = said.json === undefined ? 'text/plain' : 'application/json';
    response.writeHead(said.status ?? 200, { 'content-type': type, ...said.headers });
    response.end(said.json === undefined ? (said.text ?? '') : JSON.stringify(said.json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** A home with `config/connections/`, for what is found from there. */
export function temporaryHome(): { home: string; file: string } {
  const home = mkdtempSync(join(tmpdir(), 'boomsync-own-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, 'config', 'connections'), { recursive: true });
  const file = join(home, 'config', 'connections', 'oak-street.yaml');
  writeFileSync(file, 'connector: ./my-pms\n');
  return { home, file };
}

/** The least that a manifest must say; `own` replaces whole settings of it. */
export function manifest(own: object = {}, requests: object = {}, kind: object = {}): object {
  return {
    contract: 1,
    id: 'my-pms',
    label: 'My PMS',
    capabilities: {
      kinds: ['applicant'],
      update: 'merges',
      find: 'exact',
      readBack: true,
      notes: 'none',
      applicants: 'applied',
      unitId: 'unused',
    },
    kinds: {
      applicant: {
        fields: {
          firstName: { from: 'person.firstName' },
          email: { from: 'person.email', compare: 'email' },
          externalId: { from: 'key', owner: 'fill' },
        },
        remote: {
          id: 'id',
          fields: { firstName: 'firstName', email: 'email', externalId: 'externalId' },
        },
        requests: {
          find: [{ needs: ['email'], method: 'GET', path: '/people', by: { email: 'email' } }],
          read: { method: 'GET', path: '/people/{id}' },
          create: { method: 'POST', path: '/people', body: 'fields' },
          update: { method: 'PATCH', path: '/people/{id}', body: 'fields' },
          ...requests,
        },
        ...kind,
      },
    },
    ...own,
  };
}

/** YAML is a superset of JSON. */
export function written(content: object, code: string | null = null): string {
  const { home, file } = temporaryHome();
  const folder = join(home, 'config', 'my-pms');
  mkdirSync(folder);
  writeFileSync(join(folder, 'manifest.yaml'), JSON.stringify(content, null, 2));
  if (code !== null) writeFileSync(join(folder, 'connector.mjs'), code);
  return file;
}

export function connected(
  content: object,
  own: Partial<ConnectionConfig> = {},
  code: string | null = null,
): Promise<Connection> {
  return connectionOf({
    file: written(content, code),
    connector: './my-pms',
    credentials: {},
    server: 'http://127.0.0.1:9',
    ...own,
  });
}

export function faultsIn(
  content: object,
  own: Partial<ConnectionConfig> = {},
  code: string | null = null,
): Promise<Fault[]> {
  return faultsOf({
    file: written(content, code),
    connector: './my-pms',
    credentials: {},
    server: 'http://127.0.0.1:9',
    ...own,
  });
}
