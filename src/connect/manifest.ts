/**
 * What `connectors/<id>/manifest.yaml` may say: everything that is true of a PMS for everyone.
 * A string called an expression is JSONata, checked at start-up by `expressions.ts`.
 */
import { z } from 'zod';
import { LEASING } from '../project/tenant.ts';
import { KINDS } from './contract.ts';

/** How two spellings of one value are told to be the same. */
export const COMPARATORS = ['text', 'phone', 'email', 'date', 'money', 'number'] as const;
export const OWNERS = ['boom', 'pms', 'fill', 'ask'] as const;
/** The facts about a person that a lookup may ask for. */
export const LOOKUP_KEYS = ['email', 'phone', 'firstName', 'lastName'] as const;

const expression = z.string().trim().min(1);
const header = z.record(z.string().regex(/^[A-Za-z0-9-]+$/, 'is no header name'), z.string());
const query = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

const capabilities = z.strictObject({
  kinds: z.array(z.enum(KINDS)).min(1),
  local: z.boolean().default(false),
  update: z.enum(['merges', 'replaces']),
  find: z.enum(['exact', 'contains', 'scan', 'index', 'none']),
  readBack: z.boolean(),
  notes: z.enum(['staff', 'none']),
  applicants: z.enum(['applied', 'everyone']),
  unitId: z.enum(['required', 'optional', 'unused']),
  byHand: z.boolean().default(false),
});

const credential = z.strictObject({
  label: z.string().min(1),
  /** Where a landlord finds it, in one sentence. */
  help: z.string().min(1),
  secret: z.boolean().default(true),
  /** A regular expression for the whole of it, where the form is known. */
  pattern: z
    .string()
    .refine((text) => compiles(text), 'is no regular expression')
    .optional(),
});

const field = z.strictObject({
  /** An expression over the mapping scope. */
  from: expression,
  compare: z.enum(COMPARATORS).default('text'),
  owner: z.enum(OWNERS).default('ask'),
  /** What it means that Boom has no value: leave the PMS's alone, or empty it. Default: as its kind says. */
  empty: z.enum(['keep', 'clear']).optional(),
  /** A create without it is refused before it is sent. */
  required: z.boolean().default(false),
  minLength: z.number().int().positive().optional(),
  maxLength: z.number().int().positive().optional(),
});

const request = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** `{id}` and the like are filled in and escaped. */
  path: z.string().startsWith('/'),
  query: query.default({}),
  headers: header.default({}),
  /** An expression over the request's scope: `fields` (as an object), `id`, `item`, `value`, `text`, `key`. */
  body: expression.optional(),
  /** The statuses that mean done; default any 2xx. */
  expect: z.array(z.number().int()).optional(),
  /** Twice equals once, so that it may be sent again; default: all but POST. */
  idempotent: z.boolean().optional(),
});

/** A list that comes in pages by offset and limit. */
const page = z.strictObject({
  size: z.number().int().positive(),
  limit: z.string().default('limit'),
  offset: z.string().default('offset'),
});

const find = request.extend({
  /** Tried in the order of the manifest: the first whose needs the person meets is the one used. */
  needs: z.array(z.enum(LOOKUP_KEYS)).min(1),
  /** An expression that finds the records in the answer. */
  records: expression.default('$'),
  page: page.optional(),
  /** Remote field to person's fact: what must be equal for a hit to be a hit. */
  by: z.partialRecord(z.string(), z.enum(LOOKUP_KEYS)),
  /** What must be equal too, or the hit may be somebody else who shares the first: asked, never guessed. */
  confirm: z.partialRecord(z.string(), z.enum(LOOKUP_KEYS)).default({}),
  /** Fields that set two records of one person apart where both are filled (two applications, two units). */
  apart: z.array(z.string()).default([]),
});

const update = request.extend({
  /** Where an update would do harm: `when` is an expression over `fields`. */
  refuse: z.array(z.strictObject({ when: expression, message: z.string(), remedy: z.string() })).default([]),
});

const notes = request.extend({
  records: expression.default('$'),
  page: page.optional(),
  /** An expression over one record: the note's text. */
  text: expression,
});

const decision = z.strictObject({
  read: request,
  /** Expressions over the answer. Without an item there is no decision that could be set. */
  item: expression,
  value: expression,
  /** True where nobody has decided there yet, and where nobody may decide any more. */
  open: expression,
  locked: expression,
  set: request,
});

const kind = z.strictObject({
  /** The default of its fields' `empty`: `clear` for files of ours, else `keep`. */
  empty: z.enum(['keep', 'clear']).optional(),
  fields: z.record(z.string(), field),
  /** How an answer is read: expressions over one record, every field an update must send back included. */
  remote: z.strictObject({ id: expression, fields: z.record(z.string(), expression) }).optional(),
  requests: z
    .strictObject({
      find: z.array(find).min(1).optional(),
      read: request.optional(),
      create: request.optional(),
      update: update.optional(),
      notes: notes.optional(),
      addNote: request.optional(),
      decision: decision.optional(),
    })
    .default({}),
  /** Boom's leasing to the PMS's word. What is left out has no word there that means the same. */
  status: z.partialRecord(z.enum(LEASING), z.string()).default({}),
});

export const manifestSchema = z.strictObject({
  contract: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  label: z.string().min(1),
  capabilities,
  /** Name to address; the first is the default. None: the landlord names the address (`server:`). */
  servers: z.record(z.string(), z.url()).default({}),
  credentials: z.record(z.string(), credential).default({}),
  auth: z.strictObject({ headers: header.default({}) }).default({ headers: {} }),
  limits: z
    .strictObject({
      /** How many tenants are worked on at once. */
      concurrency: z.number().int().positive(),
      windows: z
        .array(z.strictObject({ requests: z.number().int().positive(), seconds: z.number().positive() }))
        .default([]),
    })
    .default({ concurrency: 1, windows: [] }),
  /** An expression over the body of a refusal: the names of the fields refused, never their values. */
  refusedFields: expression.optional(),
  /** Proves credentials and changes nothing. */
  check: request.extend({ account: expression.optional() }).optional(),
  kinds: z.partialRecord(z.enum(KINDS), kind),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestKind = z.output<typeof kind>;
export type ManifestField = z.output<typeof field>;
export type ManifestRequest = z.output<typeof request>;
export type ManifestFind = z.output<typeof find>;
export type Comparator = (typeof COMPARATORS)[number];
