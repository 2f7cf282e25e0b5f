/**
 * What a fake PMS is, and a small kit to write one: `connectors/<id>/fake.ts` (or `fake.mjs` beside a manifest of one's
 * own) exports a `FakeFactory` by default. A fake has state and misbehaves as the real PMS does by nature: it finds by
 * "contains", blanks what a PUT leaves out, answers 200 to an error, stores phones in its own form. What goes wrong on
 * the way (timeouts, 429, HTML) is added by `fake-server.ts` and is not its business.
 */
import type { Fields, Kind } from '../connect/contract.ts';

export interface FakeRequest {
  /** In capitals. */
  method: string;
  /** Without the query, decoded nowhere: `/v1/applicants/17`. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed JSON; text where it is none; null where there is no body. */
  body: unknown;
}

export interface FakeAnswer {
  status: number;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  text?: string;
  headers?: Record<string, string>;
}

/** A person as the PMS shows them. */
export interface FakePerson {
  id: string;
  /** By the manifest's remote field names. */
  fields: Fields;
  /** The texts of the notes that staff read, oldest first. */
  notes: string[];
  /** The PMS's word; null where there is none, or no place for one. */
  decision: string | null;
}

export interface FakeUnit {
  id: string;
  title: string;
  property: string;
}

export interface FakePms {
  /** What a connection is configured with so that the fake lets it in. */
  credentials: Record<string, string>;
  /** The `server:` of a connection, if it is not the root of `url`. */
  server?: (url: string) => string;
  /** Units that records may be tied to; two at least where the PMS ties records to units. */
  units: FakeUnit[];
  /** State changes here. Never throws for a request that the real PMS would answer with a refusal. */
  answer(request: FakeRequest): FakeAnswer;
  /** Whether it would change a person's record: not a login, and not a POST that only searches. */
  isWrite(request: FakeRequest): boolean;
  people(kind: Kind): FakePerson[];
  /** Made by staff; returns its id. Left out where nobody but boomsync makes records. */
  add?(kind: Kind, fields: Fields): string;
  /** Edited by staff. Left out where nobody can. */
  edit?(kind: Kind, id: string, fields: Fields): void;
  /** Where a decision exists only on an application: gives the record one, decided so or undecided. */
  addApplication?(id: string, decision: string | null): void;
  /** Puts the record on a lease. */
  onLease?(id: string): void;
  /** True: a write is answered as done and ignored. */
  deaf: boolean;
  /** Where there is a login: the tokens given out so far count no longer. */
  expireTokens?(): void;
  /** What nobody may ever send, such as a flag that would mail the person: the reason, or null. */
  refuses?(request: FakeRequest): string | null;
}

/**
 * `now`: the suite's clock, for a PMS that says when a record was changed. `dataDir`: where a local connector writes,
 * for a fake that is files.
 */
export type FakeFactory = (now: () => Date, dataDir: string) => FakePms;

/** What a handler of `routed` is given. */
export interface FakeCall extends FakeRequest {
  /** What stood at `{id}` and the like, decoded. */
  params: Record<string, string>;
}

export type FakeHandler = (call: FakeCall) => FakeAnswer;

/**
 * Answers by a table of `GET /v1/applicants/{id}` to handler; `otherwise` answers what no line fits, 404 without a body
 * unless it is given.
 */
export function routed(
  table: Record<string, FakeHandler>,
  otherwise: (request: FakeRequest) => FakeAnswer = () => ({ status: 404 }),
): (request: FakeRequest) => FakeAnswer {
  const routes = Object.entries(table).map(([line, handler]) => {
    const [method = '', path = ''] = line.split(' ');
    return { method, parts: path.split('/'), handler };
  });
  return (request) => {
    const given = request.path.split('/');
    for (const { method, parts, handler } of routes) {
      const params = method === request.method ? fitted(parts, given) : null;
      if (params !== null) return handler({ ...request, params });
    }
    return otherwise(request);
  };
}

function fitted(parts: string[], given: string[]): Record<string, string> | null {
  if (parts.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const value = given[at] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === '') return null;
    if (name !== undefined) params[name] = decodeURIComponent(value);
  }
  return params;
}

/** `value` as an object whose members may be asked for; empty where it is none. */
export function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** A page by offset and limit, as they come in a query. */
export function pageByOffset<T>(
  all: T[],
  offset: string | undefined,
  limit: string | undefined,
  usual = 50,
): T[] {
  const from = Number(offset ?? 0);
  return all.slice(from, from + Number(limit ?? usual));
}

/** A page by its number, the first being `first`. */
export function pageByNumber<T>(
  all: T[],
  number: string | undefined,
  size: string | undefined,
  { first = 1, usual = 50 } = {},
): T[] {
  const each = Number(size ?? usual);
  const from = (Number(number ?? first) - first) * each;
  return all.slice(from, from + each);
}

/** As a search box compares: without regard to case, anywhere in it. */
export function contains(text: unknown, part: string): boolean {
  return String(text ?? '')
    .toLowerCase()
    .includes(part.toLowerCase());
}

/** `+15125550143` as most American systems keep it: `(512) 555-0143`; what is no such number stays. */
export function usPhone(text: string): string {
  const digits = text.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  return digits.length === 10 ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : text;
}

/** A record that a fake keeps; `extra` is what else that PMS needs to remember of it. */
export interface KeptPerson<Extra> extends FakePerson {
  kind: Kind;
  createdAt: string;
  changedAt: string;
  extra: Extra;
}

export interface People<Extra> {
  /** Made with an id of its own, counting from `firstId`. */
  make(kind: Kind, fields: Fields, extra: Extra): KeptPerson<Extra>;
  get(kind: Kind, id: string): KeptPerson<Extra> | undefined;
  all(kind: Kind): KeptPerson<Extra>[];
  /** Sets these fields, and when it was changed. */
  change(person: KeptPerson<Extra>, fields: Fields): void;
  /** For `FakePms.people`: copies, so that what a test saw before does not change under it. */
  shown(kind: Kind): FakePerson[];
  /** Ids for whatever else has one (notes, applications). */
  nextId(): number;
}

/** The records of a fake. Ids are numbers as text, unlike any other fake's place in a list. */
export function createPeople<Extra = null>(now: () => Date, firstId = 1000): People<Extra> {
  const kept: KeptPerson<Extra>[] = [];
  let last = firstId;
  const nextId = () => {
    last += 1;
    return last;
  };
  const all = (kind: Kind) => kept.filter((person) => person.kind === kind);
  return {
    nextId,
    all,
    make(kind, fields, extra) {
      const at = now().toISOString();
      const person: KeptPerson<Extra> = {
        id: String(nextId()),
        kind,
        fields: { ...fields },
        notes: [],
        decision: null,
        createdAt: at,
        changedAt: at,
        extra,
      };
      kept.push(person);
      return person;
    },
    get: (kind, id) => kept.find((person) => person.kind === kind && person.id === id),
    change(person, fields) {
      Object.assign(person.fields, fields);
      person.changedAt = now().toISOString();
    },
    shown: (kind) =>
      all(kind).map(({ id, fields, notes, decision }) => ({
        id,
        fields: { ...fields },
        notes: [...notes],
        decision,
      })),
  };
}
