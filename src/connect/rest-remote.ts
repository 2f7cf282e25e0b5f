/** A PMS's answer as a remote record. */

import { PushError } from '../http/push-error.ts';
import type { CompiledKind } from './compile-manifest.ts';
import type { Fields, FieldValue, Remote } from './contract.ts';

export async function remoteOf(
  kind: CompiledKind,
  record: unknown,
  label: string,
  otherwise: 'transient' | 'unknown_outcome' = 'transient',
): Promise<Remote> {
  if (kind.remote === null || typeof record !== 'object' || record === null)
    throw unreadable(label, otherwise);
  const id = await kind.remote.id.evaluate(record);
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') throw unreadable(label, otherwise);
  const fields: Fields = {};
  for (const [name, expression] of kind.remote.fields)
    fields[name] = plain(await expression.evaluate(record));
  return { id: String(id), fields };
}

function unreadable(label: string, kind: 'transient' | 'unknown_outcome'): PushError {
  return new PushError(kind, `${label} answered with a record that we cannot read.`, {
    remedy: 'Nothing to do: it is looked up again by itself. If it stays so, the API has changed: report it.',
  });
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
