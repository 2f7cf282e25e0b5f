/** A manifest with every expression compiled and every placeholder known: what the REST runtime works from. */
import { type Compile, type Complain, OVER_ANSWER, OVER_SCOPE } from './compile.ts';
import {
  type CompiledList,
  type CompiledRequest,
  type CompiledRequests,
  compileRequests,
  given,
  inOrder,
  type RequestCompiler,
  requestCompiler,
} from './compile-requests.ts';
import type { Kind } from './contract.ts';
import type { Expression, Reads } from './expressions.ts';
import type { Manifest, ManifestFault, ManifestKind } from './manifest.ts';
import type { ManifestToken } from './manifest-requests.ts';
import { checkPlaceholders, checkTexts } from './placeholders.ts';

export interface CompiledKind extends CompiledRequests {
  spec: ManifestKind;
  desired: Map<string, Expression>;
  remote: { id: Expression; fields: Map<string, Expression> } | null;
}

export interface CompiledToken {
  spec: ManifestToken;
  body: Expression | null;
  value: Expression;
}

export interface CompiledUnits extends CompiledList {
  id: Expression;
  parts: Record<'title' | 'property' | 'address' | 'externalId', Expression | null>;
}

export interface CompiledManifest {
  manifest: Manifest;
  kinds: Map<Kind, CompiledKind>;
  token: CompiledToken | null;
  faults: { spec: ManifestFault; when: Expression | null }[];
  check: (CompiledRequest & { account: Expression | null }) | null;
  units: CompiledUnits | null;
  refusedFields: Expression | null;
}

type Path = PropertyKey[];

export async function compileManifest(
  manifest: Manifest,
  compile: Compile,
  complain: Complain,
): Promise<CompiledManifest> {
  const { credentials } = manifest;
  checkTexts(manifest, complain);
  const make = requestCompiler(credentials, compile, complain);
  const { answers, maybe, request } = make;
  const kinds = new Map<Kind, CompiledKind>();
  for (const id of manifest.capabilities.kinds) {
    const spec = manifest.kinds[id];
    if (spec === undefined)
      complain(['kinds'], `\`${id}\` stands in \`capabilities.kinds\` and is not described`);
    else
      kinds.set(id, {
        ...(await compileKind(['kinds', id], spec, compile, make)),
        ...(await compileRequests(['kinds', id], spec, compile, make, credentials)),
      });
  }
  return {
    manifest,
    kinds,
    token: await given(manifest.auth.token, (spec) => compileToken(spec, credentials, compile, complain)),
    faults: await inOrder(manifest.faults, async (spec, index) => ({
      spec,
      when: await maybe(['faults', index, 'when'], spec.when),
    })),
    check: await given(manifest.check, async (spec) => ({
      ...(await request(['check'], spec)),
      account: await maybe(['check', 'account'], spec.account),
    })),
    units: await given(manifest.units, (spec) => compileUnits(spec, make)),
    refusedFields: await given(manifest.refusedFields, (text) => answers(['refusedFields'], text)),
  };
}

async function compileKind(path: Path, spec: ManifestKind, compile: Compile, { answers }: RequestCompiler) {
  const desired = new Map<string, Expression>();
  for (const [name, field] of Object.entries(spec.fields))
    desired.set(name, await compile([...path, 'fields', name, 'from'], field.from, OVER_SCOPE));
  const remote = await given(spec.remote, async ({ id, fields }) => {
    const read = new Map<string, Expression>();
    for (const [name, text] of Object.entries(fields))
      read.set(name, await answers([...path, 'remote', 'fields', name], text));
    return { id: await answers([...path, 'remote', 'id'], id), fields: read };
  });
  return { spec, desired, remote };
}

async function compileToken(
  spec: ManifestToken,
  credentials: Manifest['credentials'],
  compile: Compile,
  complain: Complain,
): Promise<CompiledToken> {
  const path = ['auth', 'token'];
  checkPlaceholders(path, spec, credentials, complain);
  const names = Object.keys(credentials);
  const reads: Reads = {
    shape: { credentials: Object.fromEntries(names.map((name) => [name, 'value' as const])) },
    samples: [{ credentials: Object.fromEntries(names.map((name) => [name, '1'])) }],
    nullIsAbsent: false,
  };
  return {
    spec,
    body: await given(spec.body, (text) => compile([...path, 'body'], text, reads)),
    value: await compile([...path, 'value'], spec.value, OVER_ANSWER),
  };
}

async function compileUnits(
  spec: NonNullable<Manifest['units']>,
  { answers, maybe, list }: RequestCompiler,
): Promise<CompiledUnits> {
  return {
    ...(await list(['units'], spec)),
    id: await answers(['units', 'id'], spec.id),
    parts: {
      title: await maybe(['units', 'title'], spec.title),
      property: await maybe(['units', 'property'], spec.property),
      address: await maybe(['units', 'address'], spec.address),
      externalId: await maybe(['units', 'externalId'], spec.externalId),
    },
  };
}
