/** `{id}` and the like in a manifest's texts: what may stand there, and the filling in. */
import type { Complain } from './compile.ts';
import { nearest } from './expression-check.ts';
import type { Manifest } from './manifest.ts';
import { LOOKUP_KEYS, type ManifestRequest } from './manifest-requests.ts';

const OF_REQUESTS: readonly string[] = ['id', 'item', 'value', 'idempotencyKey', 'since', ...LOOKUP_KEYS];
/** Names that bodies read, and that no credential may take. */
const OF_BODIES = ['fields', 'text', 'record', 'page', 'credentials', 'token'];

type Path = PropertyKey[];

export function filled(
  template: string,
  values: Readonly<Record<string, unknown>>,
  encode: (text: string) => string = (text) => text,
): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => encode(String(values[name] ?? '')));
}

/** Every text among `texts` filled in; what is no text stays. */
export function filledAll<T>(
  texts: Readonly<Record<string, T>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, T | string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      typeof text === 'string' ? filled(text, values) : text,
    ]),
  );
}

export function checkPlaceholders(
  path: Path,
  spec: Pick<ManifestRequest, 'query' | 'headers'> & { path?: string | undefined },
  credentials: Manifest['credentials'],
  complain: Complain,
) {
  const texts: [Path, string][] = [[[...path, 'path'], spec.path ?? '']];
  for (const [name, value] of Object.entries(spec.query))
    texts.push([[...path, 'query', name], String(value)]);
  for (const [name, value] of Object.entries(spec.headers)) texts.push([[...path, 'headers', name], value]);
  const known = [...OF_REQUESTS, ...plain(credentials)];
  for (const [at, text] of texts) unknown(at, text, known, credentials, complain);
}

/** Headers may hold what is secret; addresses may not: they stand in logs on the way. */
export function checkTexts({ auth, credentials, servers }: Manifest, complain: Complain) {
  const names = Object.keys(credentials);
  const known = auth.token === undefined ? names : [...names, 'token'];
  for (const [name, text] of Object.entries(auth.headers))
    unknown(['auth', 'headers', name], text, known, credentials, complain);
  for (const part of ['user', 'password'] as const)
    if (auth.basic !== undefined)
      unknown(['auth', 'basic', part], auth.basic[part], known, credentials, complain);
  for (const [name, text] of Object.entries(servers)) {
    unknown(['servers', name], text, plain(credentials), credentials, complain);
    if (!URL.canParse(text.replace(/\{[^{}]*\}/g, 'x'))) complain(['servers', name], 'is no address');
  }
  for (const name of names)
    if ([...OF_REQUESTS, ...OF_BODIES].includes(name))
      complain(['credentials', name], 'this name has another meaning in requests', 'Name it otherwise');
}

function plain(credentials: Manifest['credentials']): string[] {
  return Object.keys(credentials).filter((name) => credentials[name]?.secret === false);
}

function unknown(
  path: Path,
  text: string,
  known: readonly string[],
  credentials: Manifest['credentials'],
  complain: Complain,
) {
  for (const [, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (known.includes(name)) continue;
    if (Object.hasOwn(credentials, name)) {
      complain(path, `\`{${name}}\` is a secret, which only \`auth\` and bodies may carry`);
      continue;
    }
    const hint = nearest(name, known);
    complain(
      path,
      `\`{${name}}\` is filled in by nothing`,
      hint === null ? `Known here: ${known.join(', ')}` : `Did you mean \`{${hint}}\`?`,
    );
  }
}
