/** Fields on their way out: refused here rather than by the PMS, and in its form of nested objects. */

import { PushError } from '../http/push-error.ts';
import type { Fields, FieldValue } from './contract.ts';
import type { ManifestKind } from './manifest.ts';

export function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''));
}

interface Nested {
  [part: string]: FieldValue | Nested;
}

/** Without a prototype, whose parts a name could otherwise reach. */
function bare(): Nested {
  return Object.create(null);
}

/** `PhoneNumbers.Mobile` becomes `{ PhoneNumbers: { Mobile } }`. */
export function nested(fields: Fields): Nested {
  const whole = bare();
  for (const [name, value] of Object.entries(fields)) {
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    let here = whole;
    for (const part of parts) {
      const next = here[part];
      const inner = typeof next === 'object' && next !== null ? next : bare();
      here[part] = inner;
      here = inner;
    }
    here[last] = value;
  }
  return whole;
}

/** Throws naming every field that the PMS would refuse, and every one that is not ours to send. */
export function allowed(fields: Fields, kind: ManifestKind, label: string, step: 'create' | 'update'): void {
  const wrong: string[] = [];
  for (const [name, spec] of Object.entries(kind.fields)) {
    const value = fields[name];
    const length = value === null || value === undefined ? 0 : String(value).length;
    const missing = length === 0 && spec.required && (step === 'create' || name in fields);
    const short = length > 0 && length < (spec.minLength ?? 0);
    if (missing || short || length > (spec.maxLength ?? Number.POSITIVE_INFINITY)) wrong.push(name);
  }
  for (const name of Object.keys(fields)) if (kind.fields[name] === undefined) wrong.push(name);
  if (wrong.length === 0) return;
  throw new PushError('invalid', `${label} would not take this as it is: ${wrong.join(', ')}.`, {
    remedy: 'Complete or shorten these in Boom, or enter them in the PMS by hand.',
    fields: wrong,
  });
}
