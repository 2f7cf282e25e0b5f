/** zod's issues in a landlord's words. */
import leven from 'leven';
import { z } from 'zod';

export interface Complaint {
  path: PropertyKey[];
  message: string;
  suggestion: string | null;
  /** The complaint is about this key of the mapping at `path`, which should not be there. */
  unknownKey: string | null;
}

type Issue = z.core.$ZodIssue;

const EXPECTED: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list, each entry after a `-`',
  object: 'settings below it, each as `name: value`',
  record: 'settings below it, each as `name: value`',
  null: 'nothing',
};

const KINDS_OF_INPUT = [
  ['a list', Array.isArray],
  ['nothing', (input: unknown) => input === null],
  ['settings', (input: unknown) => typeof input === 'object'],
  ['text', (input: unknown) => typeof input === 'string'],
  ['a number', (input: unknown) => typeof input === 'number'],
  ['`true` or `false`', (input: unknown) => typeof input === 'boolean'],
] as const;

export function complaintsOf(
  issues: readonly Issue[],
  schema: z.ZodType,
  input: unknown,
  base: PropertyKey[] = [],
): Complaint[] {
  return issues.flatMap((issue) => complaintsOfOne(issue, schema, input, base));
}

function complaintsOfOne(issue: Issue, schema: z.ZodType, input: unknown, base: PropertyKey[]): Complaint[] {
  const path = [...base, ...issue.path];
  const plain = (message: string, suggestion: string | null = null): Complaint[] => [
    { path, message, suggestion, unknownKey: null },
  ];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({
        path,
        message: `there is no setting \`${key}\` here`,
        suggestion: nearest(key, known) ?? (known.length > 0 ? `Known here: ${known.join(', ')}` : null),
        unknownKey: key,
      }));
    }
    case 'invalid_union': {
      const branch = likeliest(issue.errors, valueAt(input, path));
      return branch === null
        ? plain(ownWords(issue, 'expected another form'))
        : complaintsOf(branch, schema, input, path);
    }
    case 'invalid_type':
      return plain(ownWords(issue, typeMessage(issue.expected, valueAt(input, path))));
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const found = valueAt(input, path);
      const list =
        allowed.length === 1 ? `\`${allowed[0]}\`` : `one of ${allowed.map((v) => `\`${v}\``).join(', ')}`;
      const expected = found === undefined ? `missing; expected ${list}` : `expected ${list}`;
      return plain(ownWords(issue, expected), typeof found === 'string' ? nearest(found, allowed) : null);
    }
    case 'too_small':
      return plain(ownWords(issue, `expected ${sizeWords(issue.origin)}at least ${issue.minimum}`));
    case 'too_big':
      return plain(ownWords(issue, `expected ${sizeWords(issue.origin)}at most ${issue.maximum}`));
    case 'invalid_key':
      return issue.issues.flatMap((inner) => plain(inner.message));
    default:
      return plain(issue.message);
  }
}

/** A message that the schema's author wrote stands; zod's own is replaced. */
function ownWords(issue: Issue, words: string): string {
  return /^(Invalid (input|option)|Too )/.test(issue.message) ? words : issue.message;
}

function typeMessage(expected: string, found: unknown): string {
  const wanted = EXPECTED[expected] ?? expected;
  if (found === undefined) return `missing; expected ${wanted}`;
  const kind = KINDS_OF_INPUT.find(([, is]) => is(found))?.[0];
  return kind === undefined ? `expected ${wanted}` : `expected ${wanted}, found ${kind}`;
}

function sizeWords(origin: string): string {
  if (origin === 'string') return 'a text whose length is ';
  return origin === 'array' ? 'a list whose length is ' : 'a number that is ';
}

/** Of the forms that a value may have, the one that it came closest to. */
function likeliest(branches: readonly Issue[][], found: unknown): Issue[] | null {
  const wrongType = (branch: Issue[]) =>
    branch.some(
      (issue) => issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value'),
    );
  const fitting = branches.filter((branch) => !wrongType(branch));
  const pool = fitting.length > 0 ? fitting : typeof found === 'string' ? branches : branches.slice(0, 1);
  return [...pool].sort((a, b) => a.length - b.length)[0] ?? null;
}

/** "Did you mean …?" where one of the known words is near enough; case, `_` and `-` count for nothing. */
export function nearest(word: string, known: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[_-]/g, '');
  const best = known
    .map((candidate) => ({ candidate, distance: leven(plain(word), plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (best === undefined || best.distance >= best.candidate.length) return null;
  if (best.distance > Math.max(1, Math.floor(best.candidate.length / 3))) return null;
  return `Did you mean \`${best.candidate}\`?`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** The keys that the schema knows at a path, through everything that may wrap an object. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  return [...new Set(formsAt(schema, path).flatMap((form) => Object.keys(form._zod.def.shape)))];
}

function formsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodObject[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => formsAt(option, path));
  if (schema instanceof z.ZodPipe) return formsAt(schema.in, path);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  )
    return formsAt(schema.unwrap(), path);
  if (schema instanceof z.ZodLazy) return formsAt(schema.unwrap(), path);
  const [next, ...rest] = path;
  if (next === undefined) return schema instanceof z.ZodObject ? [schema] : [];
  if (schema instanceof z.ZodArray) return formsAt(schema.element, rest);
  if (schema instanceof z.ZodRecord) return formsAt(schema.valueType, rest);
  if (schema instanceof z.ZodObject) {
    const child: z.core.$ZodType | undefined = schema.shape[String(next)];
    if (child !== undefined) return formsAt(child, rest);
  }
  return [];
}
