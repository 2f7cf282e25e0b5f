/** Servers of one test that answer as told, and a client for them. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { createHttpClient, type HttpOptions, type HttpRequest } from '../../src/http/http.ts';

/** Open until the test is over. */
export const open: (Server | TcpServer)[] = [];

export async function closeServers(): Promise<void> {
  for (const server of open.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export async function listen(server: Server | TcpServer): Promise<string> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const serve = (listener: RequestListener) => listen(createServer(listener));

export function client(baseUrl: string, own: Partial<HttpOptions> = {}) {
  return createHttpClient({
    label: 'Buildium',
    baseUrl,
    headers: { authorization: 'Bearer topsecretkey' },
    retries: 0,
    timeoutMs: 2000,
    ...own,
  });
}

export const GET: HttpRequest = {
  method: 'GET',
  path: '/v1/things',
  query: { email: 'private@example.com' },
};
export const POST: HttpRequest = { method: 'POST', path: '/v1/things', json: { name: 'Privatename' } };
export const PUT: HttpRequest = { method: 'PUT', path: '/v1/things/1', json: { name: 'Privatename' } };

export const answering =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, headers).end(body));
  };
