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

export function idOf(value: unknown): RemoteId | null {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null;
}

function plain(value: unknown): FieldValue {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** JSONata makes a single entry of a list of one. */
export function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
