/** The two ways to call a method of Odoo: `/json/2`, and JSON-RPC, where even an error comes with a 200. */
import { type FakeAnswer, type FakeRequest, object } from '../../src/conform/fake.ts';

/** What a call asks for, whichever way it came. */
export interface Call {
  model: string;
  method: string;
  ids: number[];
  given: Record<string, unknown>;
}

export const CREDENTIALS = { database: 'fake-base', user: 'boomsync@example.com', apiKey: 'fake-key' };
const USER_ID = 7;

/** Thrown by a method; `name` as Odoo names its exceptions. */
export class OdooError extends Error {
  readonly status: number;
  constructor(name: string, status: number) {
    super('Not accepted');
    this.name = name;
    this.status = status;
  }
}

/** The call of either way; null where it is none of an object's. */
export function callOf({ path, body }: FakeRequest): Call | null {
  const [, model, method] = /^\/json\/2\/([a-z.]+)\/([a-z_]+)$/.exec(path) ?? [];
  if (model !== undefined && method !== undefined) {
    const { ids, ...given } = object(body);
    return { model, method, ids: Array.isArray(ids) ? ids : [], given };
  }
  const { service, args } = object(object(body).params);
  if (path !== '/jsonrpc' || service !== 'object' || !Array.isArray(args)) return null;
  const [, , , rpcModel, rpcMethod, positional, named] = args;
  const ids = Array.isArray(positional) && Array.isArray(positional[0]) ? positional[0] : [];
  return { model: String(rpcModel), method: String(rpcMethod), ids, given: object(named) };
}

export function json2(request: FakeRequest, run: (call: Call) => unknown): FakeAnswer {
  const call = callOf(request);
  if (request.headers.authorization !== `Bearer ${CREDENTIALS.apiKey}` || call === null)
    return { status: 401, body: { name: 'werkzeug.exceptions.Unauthorized', message: 'Invalid apikey' } };
  try {
    return { status: 200, body: run(call) };
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
    return {
      status: error.status,
      body: { name: error.name, message: error.message, arguments: [], debug: '' },
    };
  }
}

/** Whatever happens, the status is 200. */
export function rpc(
  body: Record<string, unknown>,
  run: (call: Call) => unknown,
  version: number,
): FakeAnswer {
  const envelope = { jsonrpc: '2.0', id: body.id };
  const failed = (name: string): FakeAnswer => ({
    status: 200,
    body: {
      ...envelope,
      error: { code: 200, message: 'Odoo Server Error', data: { name, message: 'Not accepted', debug: '' } },
    },
  });
  const { service, method, args } = object(body.params);
  const given = Array.isArray(args) ? args : [];
  if (service === 'common' && method === 'version')
    return {
      status: 200,
      body: { ...envelope, result: { server_version_info: [version, 0, 0, 'final', 0, ''] } },
    };
  const [database, who, key] = given;
  const { database: base, user, apiKey } = CREDENTIALS;
  if (service === 'common')
    return {
      status: 200,
      body: { ...envelope, result: base === database && user === who && apiKey === key && USER_ID },
    };
  const call = callOf({ method: 'POST', path: '/jsonrpc', query: {}, headers: {}, body });
  if (base !== database || who !== USER_ID || key !== apiKey || call === null)
    return failed('odoo.exceptions.AccessDenied');
  try {
    return { status: 200, body: { ...envelope, result: run(call) } };
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
    return failed(error.name);
  }
}
