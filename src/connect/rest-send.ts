/** A manifest's requests, filled in and sent. */

import type { HttpAnswer, HttpClient } from '../http/http.ts';
import { PushError } from '../http/push-error.ts';
import type { CompiledFind, CompiledManifest, CompiledRequest } from './compile-manifest.ts';
import type { ConnectorContext } from './contract.ts';
import type { ManifestFind, ManifestRequest } from './manifest.ts';
import { asList } from './rest-remote.ts';

/** What placeholders and bodies are filled from. */
export interface RequestScope {
  id?: string;
  item?: string;
  value?: string;
  text?: string;
  key?: string;
  fields?: object;
  email?: string | null;
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
}

export type ListRequest = CompiledRequest & Pick<CompiledFind, 'records'>;

export interface Sender {
  send(
    request: CompiledRequest,
    scope: RequestScope,
    answer: 'json' | 'optional',
    query?: Record<string, number>,
  ): Promise<HttpAnswer>;
  /** Every page of a list. */
  records(request: ListRequest, page: ManifestFind['page'], scope: RequestScope): Promise<unknown[]>;
}

/** So many pages of hits are no lookup any more. */
const MOST_PAGES = 20;

export function createSender(compiled: CompiledManifest, context: ConnectorContext): Sender {
  const http = clientOf(compiled, context);

  const send: Sender['send'] = async (request, scope, answer, query = {}) => {
    const { spec } = request;
    const body = request.body === null ? undefined : await request.body.evaluate(scope);
    return http.send({
      ...filledIn(spec, scope, query),
      ...(body === undefined ? {} : { json: body }),
      ...(spec.idempotent === undefined ? {} : { idempotent: spec.idempotent }),
      ...(spec.expect === undefined ? {} : { expect: spec.expect }),
      answer,
    });
  };

  return {
    send,
    async records(request, page, scope) {
      const all: unknown[] = [];
      for (let turn = 0; turn < MOST_PAGES; turn += 1) {
        const query = page === undefined ? {} : { [page.limit]: page.size, [page.offset]: turn * page.size };
        const { body } = await send(request, scope, 'json', query);
        const batch = asList(await request.records.evaluate(asScope(body)));
        all.push(...batch);
        if (page === undefined || batch.length < page.size) return all;
      }
      throw new PushError('ambiguous', `${context.label} has too many records that look alike to tell one.`, {
        remedy: `Complete the person in Boom, so that fewer records in ${context.label} fit.`,
      });
    },
  };
}

/** JSON may be a bare word or number, in which no expression finds anything. */
export function asScope(body: unknown): object {
  return typeof body === 'object' && body !== null ? body : {};
}

function filledIn(spec: ManifestRequest, scope: RequestScope, query: Record<string, number>) {
  const fixed = Object.entries(spec.query).map(([name, value]) => [
    name,
    typeof value === 'string' ? filled(value, scope) : value,
  ]);
  const headers = Object.entries(spec.headers).map(([name, value]) => [name, filled(value, scope)]);
  return {
    method: spec.method,
    path: filled(spec.path, scope, encodeURIComponent),
    query: { ...Object.fromEntries(fixed), ...query },
    headers: Object.fromEntries(headers),
  };
}

function filled(template: string, scope: RequestScope, encode = (text: string) => text): string {
  const values: Record<string, unknown> = { ...scope };
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => encode(String(values[name] ?? '')));
}

function clientOf(compiled: CompiledManifest, context: ConnectorContext): HttpClient {
  const { manifest, refusedFields } = compiled;
  const headers = Object.entries(manifest.auth.headers).map(([name, template]) => [
    name,
    template.replace(/\{([^{}]+)\}/g, (_, credential: string) => context.credentials[credential] ?? ''),
  ]);
  const namesOf = async (body: unknown) => {
    const names = await refusedFields?.evaluate(asScope(body));
    return asList(names).filter((name) => typeof name === 'string');
  };
  return context.http({
    label: context.label,
    baseUrl: context.server ?? '',
    headers: Object.fromEntries(headers),
    concurrency: manifest.limits.concurrency,
    windows: manifest.limits.windows,
    refusedFields: namesOf,
  });
}
