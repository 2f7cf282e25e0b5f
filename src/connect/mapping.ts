/** The field map at work: from a tenant to the fields that a PMS should have. */
import { PushError } from '../http/push-error.ts';
import type { CompiledKind } from './compile-manifest.ts';
import type { Fields, FieldValue } from './contract.ts';
import type { Expression } from './expressions.ts';
import type { ManifestField } from './manifest.ts';

export interface MappedField {
  spec: ManifestField;
  from: Expression;
  clears: boolean;
}

/** The manifest's fields with the landlord's own expressions, less those switched off. */
export function mappedFields(
  kind: CompiledKind,
  local: boolean,
  own: Map<string, Expression>,
  off: Set<string>,
): Map<string, MappedField> {
  const mapped = new Map<string, MappedField>();
  const usual = kind.spec.empty ?? (local ? 'clear' : 'keep');
  for (const [name, spec] of Object.entries(kind.spec.fields)) {
    const from = own.get(name) ?? kind.desired.get(name);
    if (from === undefined || off.has(name)) continue;
    mapped.set(name, { spec, from, clears: (spec.empty ?? usual) === 'clear' });
  }
  return mapped;
}

/** More is nothing that anybody says of a person. */
const LONGEST = 10_000;

/** `scope`: what of the mapping scope may be read. Throws `invalid` for a value that is too long. */
export async function desiredFields(mapped: Map<string, MappedField>, scope: object): Promise<Fields> {
  const tooLong: string[] = [];
  const fields: Fields = {};
  for (const [name, { spec, from, clears }] of mapped) {
    const value = plain(await from.evaluate(scope), spec);
    if (typeof value === 'string' && value.length > LONGEST) tooLong.push(name);
    if (value !== null || clears) fields[name] = value;
  }
  if (tooLong.length > 0)
    throw new PushError('invalid', `What Boom has is too long to be sent: ${tooLong.join(', ')}.`, {
      remedy: 'Shorten these in Boom, or switch them off in the field map of this connection.',
      fields: tooLong,
    });
  return fields;
}

function plain(value: unknown, spec: ManifestField): FieldValue {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return plain(value.filter((entry) => typeof entry !== 'object').join(', '), spec);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (text === '') return null;
  return spec.compare === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}
