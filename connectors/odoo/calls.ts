/**
 * Calling a method of one of Odoo's models: JSON-RPC up to version 18, `/json/2` from 19. One call is one transaction
 * there, so that a call that ended in an error has written nothing.
 */
import type { ConnectorContext } from '../../src/connect/contract.ts';
import type { HttpClient } from '../../src/http/http.ts';
import { PushError } from '../../src/http/push-error.ts';

/** The method's arguments by name; `ids` for a method of records, `context` for any. */
export type Arguments = Record<string, unknown> & { ids?: number[] };

export interface Odoo {
  /** Its version's first number. */
  version(): Promise<number>;
  /** `twice`: whether a second call with the same arguments changes nothing more. Throws `PushError`. */
  call(model: string, method: string, given: Arguments, twice: boolean): Promise<unknown>;
}

const JSON_2 = 19;

export function odooOf({ label, server, credentials, http }: ConnectorContext): Odoo {
  const { database = '', user = '', apiKey = '' } = credentials;
  const client = http({ label, baseUrl: server ?? '' });
  const rpc = (service: string, method: string, args: unknown[], idempotent: boolean) =>
    remoteCall(client, label, { service, method, args }, idempotent);

  const version = once(() => versionOf(rpc));
  const userId = once(async () => {
    const uid = await rpc('common', 'authenticate', [database, user, apiKey, {}], true);
    if (typeof uid !== 'number') throw signInRefused(label);
    return uid;
  });

  return {
    version,
    async call(model, method, given, twice) {
      if ((await version()) >= JSON_2) {
        const { body } = await client.send({
          method: 'POST',
          path: `/json/2/${model}/${method}`,
          headers: { authorization: `Bearer ${apiKey}`, 'x-odoo-database': database },
          json: given,
          idempotent: twice,
          answer: 'json',
        });
        return body;
      }
      const { ids, ...named } = given;
      const positional = ids === undefined ? [] : [ids];
      const args = [database, await userId(), apiKey, model, method, positional, named];
      return rpc('object', 'execute_kw', args, twice);
    },
  };
}

type Rpc = (service: string, method: string, args: unknown[], idempotent: boolean) => Promise<unknown>;

async function versionOf(rpc: Rpc): Promise<number> {
  try {
    const answer = await rpc('common', 'version', [], true);
    const info: unknown =
      typeof answer === 'object' && answer !== null && 'server_version_info' in answer
        ? answer.server_version_info
        : [];
    // Odoo Online says `saas~18`.
    const first = Array.isArray(info) ? /\d+/.exec(String(info[0]))?.[0] : undefined;
    return first === undefined ? JSON_2 : Number(first);
  } catch (error) {
    // Taken out of a newer version, or shut off before it.
    if (error instanceof PushError && (error.kind === 'not_found' || error.kind === 'forbidden'))
      return JSON_2;
    throw error;
  }
}

async function remoteCall(
  client: HttpClient,
  label: string,
  params: object,
  idempotent: boolean,
): Promise<unknown> {
  const { body } = await client.send({
    method: 'POST',
    path: '/jsonrpc',
    json: { jsonrpc: '2.0', method: 'call', params, id: 1 },
    idempotent,
    answer: 'json',
  });
  const answer: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  if (answer.error === undefined) return answer.result ?? null;
  throw faultNamed(nameOf(answer.error), label);
}

/** The name of the exception; its message quotes what was sent. */
function nameOf(error: unknown): string {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null;
  return typeof data === 'object' && data !== null && 'name' in data ? String(data.name) : '';
}

const REFUSALS = new Set(['UserError', 'ValidationError', 'RedirectWarning', 'ValueError', 'TypeError']);

/** `name`: as in `error.data.name`, such as `odoo.exceptions.AccessError`. */
function faultNamed(name: string, label: string): PushError {
  const last = name.split('.').at(-1) ?? '';
  if (last === 'AccessDenied') return signInRefused(label);
  if (last === 'AccessError')
    return new PushError('forbidden', `${label} lets the key’s user in and does not allow this.`, {
      remedy:
        'In Odoo, give the user of the key the right to create and edit contacts (and leads, with CRM).',
    });
  if (last === 'MissingError')
    return new PushError('not_found', `${label} has no such record any more.`, {
      remedy: `Look whether the record was deleted or merged in ${label}.`,
    });
  if (REFUSALS.has(last))
    return new PushError('invalid', `${label} did not accept what we sent.`, {
      remedy: 'Look whether Odoo asks for a field that boomsync does not send, and make it optional there.',
    });
  return new PushError('transient', `${label} failed on its side; nothing was written.`, {
    remedy: 'Nothing to do: it is tried again by itself.',
  });
}

function signInRefused(label: string): PushError {
  return new PushError('unauthorized', `${label} refused our key.`, {
    remedy:
      'Check database, user and key of this connection: the key may have expired, or be another user’s.',
  });
}

/** Asked once; what fails is asked anew the next time. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
