/** YAML that a person wrote, checked by a zod schema: the value, or every fault with its line. */
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import type { z } from 'zod';
import { type Fault, pathText } from './fault.ts';
import { complaintsOf } from './zod-faults.ts';

export interface ParsedYaml<T> {
  ok: true;
  value: T;
  /** For faults that a later check finds; the nearest line above where the path itself is not written. */
  lineOf(path: readonly PropertyKey[]): number;
  /** A scalar as it was typed: `00123` is a number to YAML, and an id to a landlord. */
  textOf(path: readonly PropertyKey[]): string | null;
}

export type YamlResult<T> = ParsedYaml<T> | { ok: false; faults: Fault[] };

const LARGEST = 1024 * 1024;

type Stumble = YAMLParseError | YAMLWarning;

type Words = [message: string, suggestion: string | null];

const NO_ANCHOR: Words = [
  'an alias (`*`) that names nothing above it',
  'Put quotes around text that begins with `*` or `&`',
];

const NOT_YAML: Words = ['this is not YAML', 'Compare it with the example beside it'];

/** YAML's own messages quote the file, which may hold a secret, and speak of tokens: these do neither. */
const SYNTAX: Record<string, Words> = {
  ALIAS_PROPS: ['an alias (`*name`) may not carry anything else', null],
  BAD_ALIAS: NO_ANCHOR,
  BAD_DQ_ESCAPE: [
    'a `\\` in double quotes that means nothing',
    "Use single quotes ('…') around text with a `\\`",
  ],
  BAD_INDENT: [
    'the indentation does not fit the lines around it, or a bracket is not closed',
    'Use two spaces for each step',
  ],
  BAD_SCALAR_START: ['text may not begin with this character', 'Put quotes around the text'],
  BLOCK_AS_IMPLICIT_KEY: [
    'two settings on one line',
    'Put each `name: value` on a line of its own, or quotes around text with `: `',
  ],
  DUPLICATE_KEY: ['this setting stands here twice', 'Keep one of them'],
  MISSING_CHAR: [
    'a quote, bracket or `:` is missing',
    'Close every quote and bracket, and put a space after each `:`',
  ],
  MULTILINE_IMPLICIT_KEY: ['a setting without `:`', 'Write `name: value`'],
  MULTIPLE_DOCS: ['a second document begins here (`---`)', 'Keep one document a file'],
  NON_STRING_KEY: ['a setting needs a name of one line', 'Put quotes around the name'],
  TAB_AS_INDENT: ['a tab in the indentation', 'Use spaces'],
  TAG_RESOLVE_FAILED: ['a tag (`!…`) that is not known here', 'Put quotes around text that begins with `!`'],
};

export function parseYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
): YamlResult<z.output<S>> {
  const whole = (message: string, suggestion: string | null = null): YamlResult<never> => ({
    ok: false,
    faults: [{ file, line: null, path: '', message, suggestion }],
  });
  if (text.length > LARGEST) return whole('larger than 1 MB: this is no file of ours');
  const lines = new LineCounter();
  let input: unknown;
  let root: ParsedNode | null;
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      logLevel: 'error',
    });
    const stumbles = [...document.errors, ...document.warnings];
    if (stumbles.length > 0) {
      const faults = onePerLine(stumbles, lines).map((error) => {
        const [message, suggestion] = SYNTAX[error.code] ?? NOT_YAML;
        return { file, line: lines.linePos(error.pos[0]).line, path: '', message, suggestion };
      });
      return { ok: false, faults };
    }
    root = document.contents;
    // Aliases that repeat aliases grow without end. The library says so with a ReferenceError; a RangeError is a
    // document nested deeper than the stack.
    input = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ReferenceError && !error.message.startsWith('Unresolved'))
      return whole('aliases (`*name`) that multiply each other', 'Write the values out');
    if (error instanceof ReferenceError) return whole(...NO_ANCHOR);
    if (error instanceof RangeError) return whole('nested too deeply');
    throw error;
  }

  const lineOf = (path: readonly PropertyKey[]) => lineAt(root, lines, path);
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data, lineOf, textOf: (path) => sourceAt(root, path) };
  if (input === null || input === undefined)
    return whole(
      'the file is empty; expected settings, each as `name: value`',
      'Compare it with the example beside it',
    );
  const faults = complaintsOf(result.error.issues, schema, input).map(
    ({ path, message, suggestion, unknownKey }) => ({
      file,
      line: lineOf(unknownKey === null ? path : [...path, unknownKey]),
      path: pathText(path),
      message,
      suggestion,
    }),
  );
  return { ok: false, faults: faults.sort((a, b) => a.line - b.line) };
}

/** One slip makes the parser stumble several times over a line: what is missing says more than how it looks. */
function onePerLine(errors: readonly Stumble[], lines: LineCounter): Stumble[] {
  const byLine = new Map<number, Stumble>();
  for (const error of errors) {
    const { line } = lines.linePos(error.pos[0]);
    const known = byLine.get(line);
    if (known === undefined || (known.code === 'BAD_INDENT' && error.code === 'MISSING_CHAR'))
      byLine.set(line, error);
  }
  return [...byLine.values()];
}

function lineAt(root: ParsedNode | null, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: Node | null = root;
  let line = 1;
  for (const part of path) {
    const step = stepInto(node, part);
    if (step === null) break;
    if (step.offset !== null) line = lines.linePos(step.offset).line;
    node = step.node;
  }
  return line;
}

function sourceAt(root: ParsedNode | null, path: readonly PropertyKey[]): string | null {
  let node: Node | null = root;
  for (const part of path) node = stepInto(node, part)?.node ?? null;
  return isScalar(node) ? (node.source ?? null) : null;
}

/** Where the setting begins: at its key, or at the entry of a list. Keys are compared as text, as in the value. */
function stepInto(node: Node | null, part: PropertyKey): { node: Node | null; offset: number | null } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    if (pair === undefined) return null;
    const offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? null) : null;
    return { node: isNode(pair.value) ? pair.value : null, offset };
  }
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return isNode(item) ? { node: item, offset: item.range?.[0] ?? null } : null;
  }
  return null;
}
