/** A PMS's answer as a remote record. */
import type { CompiledKind } from './compile-manifest.ts';
import type { Fields, FieldValue, Remote, RemoteId } from './contract.ts';
import { unreadableRecord } from './rest-faults.ts';

export async function remoteOf(
  kind: CompiledKind,
  record: unknown,
  label: string,
  otherwise: 'transient' | 'unknown_outcome' = 'transient',
): Promise<Remote> {
  if (kind.remote === null || typeof record !== 'object' || record === null)
    throw unreadableRecord(label, otherwise);
  const id = idOf(await kind.remote.id.evaluate(record));
  if (id === null) throw unreadableRecord(label, otherwise);
  const fields: Fields = {};
  for (const [name, expression] of kind.remote.fields)
    fields[name] = plain(await expression.evaluate(record));
  return { id, fields, record };
}

/** Longer, and it is no id; and a way up a path (`..`) would be another address. */
const LONGEST_ID = 200;
const NO_ID = /^\.{1,2}$|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Null for what is none: ids go into addresses, messages and files of ours. */
export function idOf(value: unknown): RemoteId | null {
  const text = wordsOf(value);
  return text === null || text.length > LONGEST_ID || NO_ID.test(text) ? null : text;
}

/** More is nothing that anybody reads in a list. */
const LONGEST_WORDS = 1000;

/** Text for people; null where there is none. */
export function wordsOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_WORDS ? value : null;
}

/** The fields whose value has parts, of which our fields can hold none. */
export async function fieldsWithParts(kind: CompiledKind, record: unknown): Promise<string[]> {
  const names: string[] = [];
  for (const [name, expression] of kind.remote?.fields ?? [])
    if (hasParts(await expression.evaluate(record))) names.push(name);
  return names;
}

/** What has parts is told as JSON: as nothing, it would be written over. */
function plain(value: unknown): FieldValue {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return hasParts(value) ? JSON.stringify(value) : null;
}

function hasParts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** JSONata makes a single entry of a list of one. */
export function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
