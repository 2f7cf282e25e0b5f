/** A manifest's requests, filled in, signed and sent. */
import type { HttpAnswer, HttpClient } from '../http/http.ts';
import { PushError } from '../http/push-error.ts';
import type { CompiledManifest } from './compile-manifest.ts';
import type { CompiledRequest } from './compile-requests.ts';
import type { ConnectorContext } from './contract.ts';
import type { Manifest } from './manifest.ts';
import { filled, filledAll } from './placeholders.ts';
import { faultTeller } from './rest-faults.ts';
import { asList } from './rest-remote.ts';
import { type Token, type Tokens, tokensOf } from './rest-token.ts';

/** What placeholders and bodies are filled from. */
export interface RequestScope {
  id?: string;
  item?: string;
  value?: string;
  text?: string;
  key?: string;
  idempotencyKey?: string;
  since?: string;
  fields?: object;
  record?: unknown;
  page?: PageScope;
  email?: string | null;
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
}

export interface PageScope {
  size?: number | undefined;
  offset: number;
  number: number;
  cursor?: string | number;
}

/** Sends one request. `query` beside the manifest's own: where in a list we are. */
export type Send = (
  request: CompiledRequest,
  scope: RequestScope,
  answer: 'json' | 'optional',
  query?: Record<string, string | number>,
) => Promise<HttpAnswer>;

export interface Sender {
  send: Send;
  /** Signs in, where there is a sign-in. */
  signIn(): Promise<void>;
}

export function createSender(compiled: CompiledManifest, context: ConnectorContext): Sender {
  const { credentials, label } = context;
  const http = clientOf(compiled, context);
  const tokens: Tokens | null =
    compiled.token === null ? null : tokensOf(compiled.token, http, credentials, label);

  const once = async (
    { spec, body }: CompiledRequest,
    scope: RequestScope,
    answer: 'json' | 'optional',
    query: Record<string, string | number>,
    token: Token | null,
  ) => {
    const values = { ...credentials, ...scope };
    const json = await body?.evaluate({ ...scope, credentials, ...(token === null ? {} : { token }) });
    return http.send({
      method: spec.method,
      path: filled(spec.path, values, encodeURIComponent),
      query: { ...filledAll(spec.query, values), ...query },
      headers: {
        ...authHeaders(compiled.manifest.auth, { ...credentials, ...(token === null ? {} : { token }) }),
        ...filledAll(spec.headers, values),
      },
      ...(json === undefined ? {} : { json }),
      ...(spec.idempotent === undefined ? {} : { idempotent: spec.idempotent }),
      ...(spec.expect === undefined ? {} : { expect: spec.expect }),
      answer,
    });
  };

  return {
    async send(request, scope, answer, query = {}) {
      if (tokens === null) return once(request, scope, answer, query, null);
      const token = await tokens.now();
      try {
        return await once(request, scope, answer, query, token);
      } catch (error) {
        if (!(error instanceof PushError) || error.kind !== 'unauthorized') throw error;
        // Refused before anything was done: the token may have been ended before its time.
        return once(request, scope, answer, query, await tokens.insteadOf(token));
      }
    },
    async signIn() {
      await tokens?.now();
    },
  };
}

function authHeaders(
  { headers, basic }: Manifest['auth'],
  values: Record<string, unknown>,
): Record<string, string> {
  const signed = filledAll(headers, values);
  if (basic === undefined) return signed;
  const pair = `${filled(basic.user, values)}:${filled(basic.password, values)}`;
  return { ...signed, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function clientOf(compiled: CompiledManifest, context: ConnectorContext): HttpClient {
  const { refusedFields } = compiled;
  const faultOf = faultTeller(compiled, context.label);
  return context.http({
    label: context.label,
    baseUrl: context.server ?? '',
    ...(faultOf === null ? {} : { faultOf }),
    refusedFields: async (body) =>
      asList(await refusedFields?.evaluate(body)).filter((name) => typeof name === 'string'),
  });
}
