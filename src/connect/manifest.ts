/**
 * What `connectors/<id>/manifest.yaml` may say: everything that is true of a PMS for everyone. Explained in
 * docs/connectors/manifest.md. A string called an expression is JSONata, checked at start-up by `expressions.ts`.
 */
import { z } from 'zod';
import { LEASING } from '../project/tenant.ts';
import { KINDS } from './contract.ts';
import { check, expression, headers, requests, token, units } from './manifest-requests.ts';

/** The form of a manifest, and the contract of its code. */
export const CONTRACT = 1;
/** How two spellings of one value are told to be the same. */
export const COMPARATORS = ['text', 'phone', 'email', 'date', 'money', 'number'] as const;
export const OWNERS = ['boom', 'pms', 'fill', 'ask'] as const;
/** What an answer may be told to mean. What only we can know (ambiguous, unmapped) is not among them. */
export const FAULT_KINDS = [
  'transient',
  'rate_limited',
  'unauthorized',
  'forbidden',
  'invalid',
  'not_found',
  'conflict',
  'maintenance',
  'unknown_outcome',
] as const;

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

const capabilities = z
  .strictObject({
    kinds: z.array(z.enum(KINDS)).min(1),
    /** Default: all of `kinds`. */
    creates: z.array(z.enum(KINDS)).optional(),
    updates: z.array(z.enum(KINDS)).optional(),
    local: z.boolean().default(false),
    update: z.enum(['merges', 'replaces']),
    find: z.enum(['exact', 'contains', 'scan', 'index', 'none']),
    readBack: z.boolean(),
    /** `unproven`: nothing proves that staff alone read them, so that only a landlord who has looked may turn them on. */
    notes: z.enum(['staff', 'unproven', 'none']),
    applicants: z.enum(['applied', 'everyone']),
    unitId: z.enum(['required', 'optional', 'unused']),
    byHand: z.boolean().default(false),
  })
  .transform((given) => ({
    ...given,
    creates: given.creates ?? given.kinds,
    updates: given.updates ?? given.kinds,
  }));

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

const fault = z
  .strictObject({
    status: z.array(z.number().int()).min(1).optional(),
    /** An expression over the answer. */
    when: expression.optional(),
    kind: z.enum(FAULT_KINDS),
    message: z.string().min(1).optional(),
    remedy: z.string().min(1).optional(),
  })
  .refine(({ status, when }) => status !== undefined || when !== undefined, {
    error: 'expected `status`, `when` or both',
  })
  .refine(({ message, remedy }) => (message === undefined) === (remedy === undefined), {
    error: '`message` and `remedy` come together',
  });

/** Parts by which code reaches what all objects share. */
const NO_PARTS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const fieldName = z
  .string()
  .refine((name) => !name.split('.').some((part) => NO_PARTS.has(part)), 'is no name that a field may have');

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

const kind = z.strictObject({
  /** The default of its fields' `empty`: `clear` for files of ours, else `keep`. */
  empty: z.enum(['keep', 'clear']).optional(),
  fields: z.record(fieldName, field),
  /** How an answer is read: expressions over one record, every field an update must send back included. */
  remote: z.strictObject({ id: expression, fields: z.record(fieldName, expression) }).optional(),
  requests: requests.default({}),
  /** Boom's leasing to the PMS's word. What is left out has no word there that means the same. */
  status: z.partialRecord(z.enum(LEASING), z.union([z.string(), z.number()]).transform(String)).default({}),
});

export const manifestSchema = z.strictObject({
  contract: z.literal(CONTRACT),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  label: z.string().min(1),
  capabilities,
  /** Name to address; the first is the default. None: the landlord names the address (`server:`). */
  servers: z.record(z.string(), z.string().regex(/^https:\/\//, 'must begin with https://')).default({}),
  credentials: z.record(z.string(), credential).default({}),
  auth: z
    .strictObject({
      headers: headers.default({}),
      basic: z.strictObject({ user: z.string(), password: z.string() }).optional(),
      token: token.optional(),
    })
    .default({ headers: {} }),
  limits: z
    .strictObject({
      /** How many tenants are worked on at once, and how many requests are under way at once. */
      concurrency: z.number().int().positive(),
      windows: z
        .array(
          z.strictObject({ requests: z.number().int().positive(), seconds: z.number().int().positive() }),
        )
        .default([]),
    })
    .default({ concurrency: 1, windows: [] }),
  /** Answers that say no in a way of their own: the first that fits, over a good status too. */
  faults: z.array(fault).default([]),
  /** An expression over the body of a refusal: the names of the fields refused, never their values. */
  refusedFields: expression.optional(),
  /** Proves credentials and changes nothing. */
  check: check.optional(),
  units: units.optional(),
  kinds: z.partialRecord(z.enum(KINDS), kind),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestKind = z.output<typeof kind>;
export type ManifestField = z.output<typeof field>;
export type ManifestFault = z.output<typeof fault>;
export type Comparator = (typeof COMPARATORS)[number];
