/**
 * The three-way merge: desired (what we want), remote (what the PMS has), pushed (what it showed after our last
 * write). Pure; one computation for the update, the preview and the drift report.
 */
import type { FieldOwner } from '../connect/connection.ts';
import type { Fields, FieldValue } from '../connect/contract.ts';

export interface FieldRules {
  owner(field: string): FieldOwner;
  same(field: string, a: FieldValue | undefined, b: FieldValue | undefined): boolean;
}

export interface Merged {
  /** What to write. */
  changes: Fields;
  /** Fields that somebody edited over there and that nobody has told us to overwrite: theirs stay. */
  conflicts: string[];
}

function empty(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** Whether `field` is ours to write although the PMS has another value. */
function ours(field: string, remote: Fields, pushed: Fields | null, rules: FieldRules): boolean | 'ask' {
  switch (rules.owner(field)) {
    case 'boom':
      return true;
    case 'pms':
      return false;
    case 'fill':
      return empty(remote[field]);
    case 'ask': {
      const untouched =
        pushed !== null && Object.hasOwn(pushed, field)
          ? rules.same(field, remote[field], pushed[field])
          : empty(remote[field]);
      return untouched || 'ask';
    }
  }
}

export function merge(desired: Fields, remote: Fields, pushed: Fields | null, rules: FieldRules): Merged {
  const merged: Merged = { changes: {}, conflicts: [] };
  for (const [field, value] of Object.entries(desired)) {
    if (rules.same(field, value, remote[field])) continue;
    const may = ours(field, remote, pushed, rules);
    if (may === 'ask') merged.conflicts.push(field);
    else if (may) merged.changes[field] = value;
  }
  return merged;
}

/**
 * What to remember as pushed once `remote` was read: each desired field that the PMS now shows as we want it, and
 * what we remembered before for the others.
 */
export function rememberPushed(
  desired: Fields,
  remote: Fields,
  pushed: Fields | null,
  rules: FieldRules,
): Fields {
  const remembered: Fields = { ...pushed };
  for (const [field, value] of Object.entries(desired)) {
    if (rules.same(field, value, remote[field])) remembered[field] = remote[field] ?? null;
  }
  return remembered;
}
