/** A manifest's requests with every expression compiled and every placeholder known. */
import { type Compile, type Complain, OVER_ANSWER, OVER_LIST } from './compile.ts';
import type { Expression, Reads } from './expressions.ts';
import type { Manifest, ManifestKind } from './manifest.ts';
import type { ManifestFind, ManifestPage, ManifestRequest } from './manifest-requests.ts';
import { checkPlaceholders } from './placeholders.ts';

export interface CompiledRequest {
  spec: ManifestRequest;
  body: Expression | null;
}

export interface CompiledPage {
  spec: ManifestPage;
  next: Expression | null;
}

export interface CompiledList extends CompiledRequest {
  records: Expression;
  page: CompiledPage | null;
}

/** Without a list it only says how records of the index are compared. */
export interface CompiledFind {
  spec: ManifestFind;
  list: CompiledList | null;
}

export interface CompiledRead extends CompiledRequest {
  record: Expression | null;
}

export interface CompiledCreate extends CompiledRead {
  id: Expression | null;
}

export interface CompiledUpdate extends CompiledRequest {
  refuse: { when: Expression; message: string; remedy: string }[];
  also: (CompiledRequest & { when: Expression })[];
  /** Whether the body is made from the record as it stands there. */
  needsRecord: boolean;
}

export interface CompiledNotes extends CompiledList {
  text: Expression;
}

export interface CompiledDecision {
  read: CompiledRequest;
  set: CompiledRequest;
  item: Expression;
  value: Expression;
  open: Expression;
  locked: Expression;
}

export interface CompiledRequests {
  find: CompiledFind[];
  read: CompiledRead | null;
  create: CompiledCreate | null;
  update: CompiledUpdate | null;
  changedSince: CompiledList | null;
  notes: CompiledNotes | null;
  addNote: CompiledRequest | null;
  decision: CompiledDecision | null;
}

type Path = PropertyKey[];
type Listed = ManifestRequest & { records: string; page?: ManifestPage | undefined };

/** The parts of one manifest's requests, made one by one. */
export interface RequestCompiler {
  answers(path: Path, text: string): Promise<Expression>;
  maybe(path: Path, text: string | undefined): Promise<Expression | null>;
  request(path: Path, spec: ManifestRequest): Promise<CompiledRequest>;
  list(path: Path, spec: Listed): Promise<CompiledList>;
}

export function requestCompiler(
  credentials: Manifest['credentials'],
  compile: Compile,
  complain: Complain,
): RequestCompiler {
  const body = overRequest(credentials);
  const answers = (path: Path, text: string) => compile(path, text, OVER_ANSWER);
  const maybe = (path: Path, text: string | undefined) =>
    given(text, (expression) => answers(path, expression));
  const request = async (path: Path, spec: ManifestRequest): Promise<CompiledRequest> => {
    checkPlaceholders(path, spec, credentials, complain);
    if (spec.body === undefined) return { spec, body: null };
    return { spec, body: await compile([...path, 'body'], spec.body, body) };
  };
  return {
    answers,
    maybe,
    request,
    async list(path, spec) {
      const { page } = spec;
      return {
        ...(await request(path, spec)),
        records: await compile([...path, 'records'], spec.records, OVER_LIST),
        page:
          page === undefined ? null : { spec: page, next: await maybe([...path, 'page', 'next'], page.next) },
      };
    },
  };
}

export async function compileRequests(
  path: Path,
  { requests }: ManifestKind,
  compile: Compile,
  make: RequestCompiler,
  credentials: Manifest['credentials'],
): Promise<CompiledRequests> {
  const { answers, maybe, request, list } = make;
  const at = (name: string) => [...path, 'requests', name];
  const whole = (place: Path, text: string | undefined) =>
    given(text, (expression) => compile(place, expression, OVER_LIST));
  const { find = [], read, create, update, changedSince, notes, addNote, decision } = requests;
  return {
    find: await inOrder(find, async (spec, index) => ({
      spec,
      list: isRequest(spec) ? await list([...at('find'), index], spec) : null,
    })),
    read: await given(read, async (spec) => ({
      ...(await request(at('read'), spec)),
      record: await whole([...at('read'), 'record'], spec.record),
    })),
    create: await given(create, async (spec) => ({
      ...(await request(at('create'), spec)),
      record: await whole([...at('create'), 'record'], spec.record),
      id: await maybe([...at('create'), 'id'], spec.id),
    })),
    update: await given(update, async (spec) => ({
      ...(await request(at('update'), spec)),
      refuse: await inOrder(spec.refuse, async (rule, index) => ({
        ...rule,
        when: await compile([...at('update'), 'refuse', index, 'when'], rule.when, overRequest(credentials)),
      })),
      also: await inOrder(spec.also, async (more, index) => ({
        ...(await request([...at('update'), 'also', index], more)),
        when: await compile([...at('update'), 'also', index, 'when'], more.when, overRequest(credentials)),
      })),
      needsRecord: [spec.body, ...[...spec.refuse, ...spec.also].map(({ when }) => when)]
        .concat(spec.also.map((more) => more.body))
        .some((text) => /\brecord\b/.test(text ?? '')),
    })),
    changedSince: await given(changedSince, (spec) => list(at('changedSince'), spec)),
    notes: await given(notes, async (spec) => ({
      ...(await list(at('notes'), spec)),
      text: await answers([...at('notes'), 'text'], spec.text),
    })),
    addNote: await given(addNote, (spec) => request(at('addNote'), spec)),
    decision: await given(decision, async (spec) => ({
      read: await request([...at('decision'), 'read'], spec.read),
      set: await request([...at('decision'), 'set'], spec.set),
      item: await answers([...at('decision'), 'item'], spec.item),
      value: await answers([...at('decision'), 'value'], spec.value),
      open: await answers([...at('decision'), 'open'], spec.open),
      locked: await answers([...at('decision'), 'locked'], spec.locked),
    })),
  };
}

export async function inOrder<T, R>(list: T[], make: (entry: T, index: number) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const [index, entry] of list.entries()) made.push(await make(entry, index));
  return made;
}

export async function given<T, R>(spec: T | undefined, make: (spec: T) => Promise<R>): Promise<R | null> {
  return spec === undefined ? null : make(spec);
}

function isRequest(spec: ManifestFind): spec is ManifestFind & Pick<ManifestRequest, 'method' | 'path'> {
  return spec.method !== undefined && spec.path !== undefined;
}

/** What a body reads. It may have to say null: that is how a field is emptied. */
function overRequest(credentials: Manifest['credentials']): Reads {
  const names = Object.keys(credentials);
  const values = ['id', 'item', 'value', 'text', 'key', 'idempotencyKey', 'since', 'token'];
  const person = ['email', 'phone', 'firstName', 'lastName'];
  return {
    shape: {
      ...Object.fromEntries([...values, ...person].map((name) => [name, 'value' as const])),
      fields: 'any',
      record: 'any',
      page: { size: 'value', offset: 'value', number: 'value', cursor: 'value' },
      credentials: Object.fromEntries(names.map((name) => [name, 'value' as const])),
    },
    samples: [{ fields: {}, credentials: Object.fromEntries(names.map((name) => [name, '1'])) }],
    nullIsAbsent: false,
  };
}
