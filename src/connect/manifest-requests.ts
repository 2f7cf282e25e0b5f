/** The requests that a manifest may describe; what each setting means is told in docs/connectors/manifest.md. */
import { z } from 'zod';

/** The facts about a person that a lookup may ask for; `key` is our own id of the record. */
export const LOOKUP_KEYS = ['email', 'phone', 'firstName', 'lastName', 'key'] as const;
export type LookupKey = (typeof LOOKUP_KEYS)[number];

export const expression = z.string().trim().min(1);
export const headers = z.record(z.string().regex(/^[A-Za-z0-9-]+$/, 'is no header name'), z.string());
const query = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** No DELETE: nothing is ever deleted in a PMS. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH'] as const;

export const request = z.strictObject({
  method: z.enum(METHODS),
  /** `{id}` and the like are filled in and escaped. */
  path: z.string().startsWith('/'),
  query: query.default({}),
  headers: headers.default({}),
  /** An expression over the request's scope: see `RequestScope`. */
  body: expression.optional(),
  /** The statuses that mean done; default any 2xx. */
  expect: z.array(z.number().int()).optional(),
  /** Twice equals once, so that it may be sent again; default: all but POST. */
  idempotent: z.boolean().optional(),
});

/** A list that comes in pages: by offset (the default), by number, or by a cursor. */
const page = z
  .strictObject({
    /** Records in a full page; needed but with a cursor. */
    size: z.number().int().positive().optional(),
    /** The names of the query's parameters. */
    limit: z.string().default('limit'),
    offset: z.string().default('offset'),
    number: z.string().optional(),
    cursor: z.string().optional(),
    /** The number of the first page. */
    first: z.number().int().default(1),
    /** An expression over the answer: the next page's cursor, or nothing after the last. */
    next: expression.optional(),
    /** `body`: nothing in the query; the body reads `page`. */
    in: z.enum(['query', 'body']).default('query'),
  })
  .refine((given) => given.size !== undefined || given.next !== undefined, {
    error: 'expected `size`, or `next` with a cursor',
  })
  .refine((given) => given.next === undefined || given.cursor !== undefined || given.in === 'body', {
    error: 'expected `cursor` beside `next`: the name of its parameter',
  });

const records = expression.default('$');
const list = { records, page: page.optional() };

/** Where the record stands in the answer; default the answer itself. */
const read = request.extend({ record: expression.optional() });

/** An answer may carry the record, or only its id. */
const create = read.extend({ id: expression.optional() });

const comparison = {
  needs: z.array(z.enum(LOOKUP_KEYS)).min(1),
  /** Remote field to person's fact: what must be equal for a hit to be a hit. */
  by: z.partialRecord(z.string(), z.enum(LOOKUP_KEYS)),
  /** What must be equal too, or the hit may be somebody else who shares the first: asked, never guessed. */
  confirm: z.partialRecord(z.string(), z.enum(LOOKUP_KEYS)).default({}),
  /** Fields that set two records of one person apart where both are filled (two applications, two units). */
  apart: z.array(z.string()).default([]),
};
/** Without a request (`find: index`) it only says how to compare. */
const find = request.partial({ method: true, path: true }).extend({ ...list, ...comparison });

const update = request.extend({
  /** Where an update would do harm: `when` is an expression over `fields` and `record`. */
  refuse: z.array(z.strictObject({ when: expression, message: z.string(), remedy: z.string() })).default([]),
  /** Sent after it, in this order, where a part of the record is changed elsewhere: `when` is an expression as above. */
  also: z.array(request.extend({ when: expression })).default([]),
});

const decision = z.strictObject({
  /** Every word that may be set. */
  statuses: z.array(z.union([z.string(), z.number()]).transform(String)).min(1),
  read: request,
  /** Expressions over the answer. Without an item there is no decision that could be set. */
  item: expression,
  value: expression,
  /** True where nobody has decided there yet, and where nobody may decide any more. */
  open: expression,
  locked: expression,
  set: request,
});

export const requests = z.strictObject({
  find: z.array(find).min(1).optional(),
  read: read.optional(),
  create: create.optional(),
  update: update.optional(),
  changedSince: request.extend(list).optional(),
  notes: request.extend({ ...list, text: expression }).optional(),
  addNote: request.optional(),
  decision: decision.optional(),
});

/** How the PMS's units are listed: expressions over one record. */
export const units = request.extend({
  ...list,
  id: expression,
  title: expression.optional(),
  property: expression.optional(),
  address: expression.optional(),
  externalId: expression.optional(),
});

export const check = request.extend({ account: expression.optional() });

/** A sign-in: where it is sent, where the token stands in the answer, and how long it is good. */
export const token = request.omit({ expect: true, idempotent: true }).extend({
  value: expression,
  seconds: z.number().positive(),
});

export type ManifestRequest = z.output<typeof request>;
export type ManifestFind = z.output<typeof find>;
export type ManifestPage = z.output<typeof page>;
export type ManifestToken = z.output<typeof token>;
