/** Boom spells one field `monthly_rent_amount`, `monthlyRentAmount` and otherwise: here they become the documented key. */
import { remember } from './remember.ts';

export type Fields = Record<string, unknown>;

/** A key without case and separators: the spellings of one key have this in common. */
export function squash(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/**
 * Copies a body under the documented keys, without `data` around it. Keys that are not documented, and what lies
 * deeper than any payload of Boom's, are left out.
 */
export function keysReader(documented: Iterable<string>): (body: object) => Fields {
  const spellings = new Map<string, string>([['data', 'data']]);
  for (const key of documented) spellings.set(squash(key), key);
  const documentedKey = remember((key) => spellings.get(squash(key)) ?? '');

  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth === DEEPEST) return null;
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
    const fields: Fields = {};
    for (const [key, item] of Object.entries(value)) {
      const name = documentedKey(key);
      if (name === '') continue;
      // Where one body has a field in two spellings the documented one counts, else the first.
      if (Object.hasOwn(fields, name) && key !== name) continue;
      fields[name] = copy(item, depth + 1);
    }
    return fields;
  };
  return (body) => unwrap(copy(body, 0) as Fields);
}

const DEEPEST = 7;

/** A body that has none of these beside `data` is an envelope; its id, status and times are not the record's. */
const OF_A_RECORD = [
  'customer_id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'external_id',
  'external_customer_id',
  'lead_id',
  'applicant_id',
  'application_id',
  'applicants',
  'target_application_id',
];

function unwrap(fields: Fields): Fields {
  const { data, ...outer } = fields;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return outer;
  if (OF_A_RECORD.some((key) => Object.hasOwn(outer, key))) return outer;
  const { event = null, request_id = null } = outer;
  return { event, request_id, ...data };
}
