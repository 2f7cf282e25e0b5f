/** A manifest with every expression compiled and every placeholder known: what the REST runtime works from. */
import { type Fault, pathText } from '../config/fault.ts';
import type { Kind } from './contract.ts';
import { nearest } from './expression-check.ts';
import { compileExpression, type Expression, type Reads } from './expressions.ts';
import {
  LOOKUP_KEYS,
  type Manifest,
  type ManifestFind,
  type ManifestKind,
  type ManifestRequest,
} from './manifest.ts';
import { EMPTY_SCOPE, SAMPLE_SCOPE, shapeOf } from './scope-shape.ts';

export interface CompiledRequest<R extends ManifestRequest = ManifestRequest> {
  spec: R;
  body: Expression | null;
}

export interface CompiledFind extends CompiledRequest<ManifestFind> {
  records: Expression;
}

export interface CompiledKind {
  spec: ManifestKind;
  desired: Map<string, Expression>;
  remote: { id: Expression; fields: Map<string, Expression> } | null;
  find: CompiledFind[];
  read: CompiledRequest | null;
  create: CompiledRequest | null;
  update: (CompiledRequest & { refuse: { when: Expression; message: string; remedy: string }[] }) | null;
  notes: (CompiledRequest & { records: Expression; text: Expression; page: ManifestFind['page'] }) | null;
  addNote: CompiledRequest | null;
  decision: {
    read: CompiledRequest;
    set: CompiledRequest;
    item: Expression;
    value: Expression;
    open: Expression;
    locked: Expression;
  } | null;
}

export interface CompiledManifest {
  manifest: Manifest;
  kinds: Map<Kind, CompiledKind>;
  check: (CompiledRequest & { account: Expression | null }) | null;
  refusedFields: Expression | null;
}

export const OVER_SCOPE: Reads = {
  shape: shapeOf(SAMPLE_SCOPE),
  samples: [SAMPLE_SCOPE, EMPTY_SCOPE],
  nullIsAbsent: true,
};
/** A body may have to say null: that is how a field is emptied. */
const OVER_REQUEST: Reads = {
  shape: { fields: 'any', id: 'value', item: 'value', value: 'value', text: 'value', key: 'value' },
  samples: [{ fields: {} }],
  nullIsAbsent: false,
};
const OVER_ANSWER: Reads = { shape: 'any', samples: [{}], nullIsAbsent: true };
const PLACEHOLDERS: readonly string[] = ['id', 'item', 'key', ...LOOKUP_KEYS];

type Path = PropertyKey[];
export type Complain = (path: Path, message: string, suggestion?: string) => void;
export type Compile = (path: Path, text: string, reads: Reads) => Promise<Expression>;

/** Nothing runs when a fault was found, so that what did not compile needs no better stand-in. */
const NOTHING: Expression = { evaluate: async () => undefined };

export function compiler(complain: Complain): Compile {
  return async (path, text, reads) => {
    const compiled = await compileExpression(text, `\`${pathText(path)}\``, reads);
    if (compiled.ok) return compiled.expression;
    for (const problem of compiled.problems) complain(path, `the expression ${problem}`);
    return NOTHING;
  };
}

export function complainTo(faults: Fault[], file: string, lineOf: (path: Path) => number | null): Complain {
  return (path, message, suggestion) =>
    faults.push({ file, line: lineOf(path), path: pathText(path), message, suggestion: suggestion ?? null });
}

export async function compileManifest(manifest: Manifest, complain: Complain): Promise<CompiledManifest> {
  const compile = compiler(complain);
  const answers = (path: Path, text: string) => compile(path, text, OVER_ANSWER);
  checkAuth(manifest, complain);

  const request = async <R extends ManifestRequest>(path: Path, spec: R): Promise<CompiledRequest<R>> => {
    checkPlaceholders(path, spec, complain);
    if (spec.body === undefined) return { spec, body: null };
    return { spec, body: await compile([...path, 'body'], spec.body, OVER_REQUEST) };
  };

  const kind = async (path: Path, spec: ManifestKind): Promise<CompiledKind> => {
    const { requests } = spec;
    const at = (name: string) => [...path, 'requests', name];
    const optional = async <R extends ManifestRequest>(name: string, r: R | undefined) =>
      r === undefined ? null : request(at(name), r);
    const desired = new Map<string, Expression>();
    for (const [name, field] of Object.entries(spec.fields))
      desired.set(name, await compile([...path, 'fields', name, 'from'], field.from, OVER_SCOPE));

    const update = requests.update && {
      ...(await request(at('update'), requests.update)),
      refuse: await inOrder(requests.update.refuse, async (rule, index) => ({
        ...rule,
        when: await compile([...at('update'), 'refuse', index, 'when'], rule.when, OVER_REQUEST),
      })),
    };
    const notes = requests.notes && {
      ...(await request(at('notes'), requests.notes)),
      records: await answers([...at('notes'), 'records'], requests.notes.records),
      text: await answers([...at('notes'), 'text'], requests.notes.text),
      page: requests.notes.page,
    };
    const decision = requests.decision && {
      read: await request([...at('decision'), 'read'], requests.decision.read),
      set: await request([...at('decision'), 'set'], requests.decision.set),
      item: await answers([...at('decision'), 'item'], requests.decision.item),
      value: await answers([...at('decision'), 'value'], requests.decision.value),
      open: await answers([...at('decision'), 'open'], requests.decision.open),
      locked: await answers([...at('decision'), 'locked'], requests.decision.locked),
    };
    return {
      spec,
      desired,
      remote: spec.remote === undefined ? null : await remote([...path, 'remote'], spec.remote),
      find: await inOrder(requests.find ?? [], async (find, index) => ({
        ...(await request([...at('find'), index], find)),
        records: await answers([...at('find'), index, 'records'], find.records),
      })),
      read: await optional('read', requests.read),
      create: await optional('create', requests.create),
      update: update ?? null,
      notes: notes ?? null,
      addNote: await optional('addNote', requests.addNote),
      decision: decision ?? null,
    };
  };

  const remote = async (path: Path, spec: NonNullable<ManifestKind['remote']>) => {
    const fields = new Map<string, Expression>();
    for (const [name, text] of Object.entries(spec.fields)) {
      fields.set(name, await answers([...path, 'fields', name], text));
    }
    return { id: await answers([...path, 'id'], spec.id), fields };
  };

  const kinds = new Map<Kind, CompiledKind>();
  for (const id of manifest.capabilities.kinds) {
    const spec = manifest.kinds[id];
    if (spec === undefined)
      complain(['kinds'], `\`${id}\` stands in \`capabilities.kinds\` and is not described`);
    else kinds.set(id, await kind(['kinds', id], spec));
  }
  const { check, refusedFields } = manifest;
  return {
    manifest,
    kinds,
    check:
      check === undefined
        ? null
        : {
            ...(await request(['check'], check)),
            account: check.account === undefined ? null : await answers(['check', 'account'], check.account),
          },
    refusedFields: refusedFields === undefined ? null : await answers(['refusedFields'], refusedFields),
  };
}

async function inOrder<T, R>(list: T[], make: (entry: T, index: number) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const [index, entry] of list.entries()) made.push(await make(entry, index));
  return made;
}

function checkPlaceholders(path: Path, spec: ManifestRequest, complain: Complain) {
  const texts: [Path, string][] = [[[...path, 'path'], spec.path]];
  for (const [name, value] of Object.entries(spec.query))
    texts.push([[...path, 'query', name], String(value)]);
  for (const [name, value] of Object.entries(spec.headers)) texts.push([[...path, 'headers', name], value]);
  for (const [at, text] of texts) unknownPlaceholders(at, text, PLACEHOLDERS, complain);
}

function checkAuth(manifest: Manifest, complain: Complain) {
  const known = Object.keys(manifest.credentials);
  for (const [name, text] of Object.entries(manifest.auth.headers))
    unknownPlaceholders(['auth', 'headers', name], text, known, complain);
}

function unknownPlaceholders(path: Path, text: string, known: readonly string[], complain: Complain) {
  for (const [, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (known.includes(name)) continue;
    const hint = nearest(name, known);
    complain(
      path,
      `\`{${name}}\` is filled in by nothing`,
      hint === null ? `Known here: ${known.join(', ')}` : `Did you mean \`{${hint}}\`?`,
    );
  }
}
