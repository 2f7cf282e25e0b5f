/**
 * The three-way merge: desired (what we want), remote (what the PMS has), pushed (what it showed after our last
 * write). Pure; one computation for the update, the preview and the drift report.
 */
import type { FieldRules } from '../connect/connection.ts';
import type { Fields, FieldValue } from '../connect/contract.ts';
import type { FieldDifference } from '../store/sync.ts';
import type { FieldAnswer } from '../store/sync-answers.ts';

function empty(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** What becomes of `field` where the PMS has another value than Boom. */
function doesWith(
  field: string,
  boom: FieldValue,
  remote: Fields,
  pushed: Fields | null,
  rules: FieldRules,
  answer: FieldAnswer | undefined,
): FieldDifference['does'] {
  // A new value of Boom's asks anew.
  const said = answer !== undefined && rules.same(field, boom, answer.boom) ? answer.take : null;
  if (said === 'theirs') return 'keep';
  switch (rules.owner(field)) {
    case 'boom':
      return 'write';
    case 'pms':
      return 'keep';
    case 'fill':
      return empty(remote[field]) ? 'write' : 'keep';
    case 'ask': {
      const untouched =
        pushed !== null && Object.hasOwn(pushed, field)
          ? rules.same(field, remote[field], pushed[field])
          : empty(remote[field]);
      if (untouched) return 'write';
      // Only what the person saw is written over.
      return said === 'boom' && rules.same(field, remote[field], answer?.there) ? 'write' : 'ask';
    }
  }
}

/**
 * Every field of which Boom and the PMS do not say the same, by the field's own comparator. `answers`: what a person said
 * of fields that were edited there, by field; of this record, and not carried out yet (`answersFor`).
 */
export function merge(
  desired: Fields,
  remote: Fields,
  pushed: Fields | null,
  rules: FieldRules,
  answers: Readonly<Record<string, FieldAnswer>> = {},
): FieldDifference[] {
  return Object.entries(desired)
    .filter(([field, boom]) => !rules.same(field, boom, remote[field]))
    .map(([field, boom]) => ({
      field,
      boom,
      ...(pushed !== null && Object.hasOwn(pushed, field) ? { pushed: pushed[field] ?? null } : {}),
      there: remote[field] ?? null,
      does: doesWith(field, boom, remote, pushed, rules, answers[field]),
    }));
}

/** What to write. */
export function changesOf(differences: readonly FieldDifference[]): Fields {
  return Object.fromEntries(
    differences.filter(({ does }) => does === 'write').map(({ field, boom }) => [field, boom]),
  );
}

/** Fields that somebody edited over there and that nobody has told us to overwrite: theirs stay. */
export function conflictsOf(differences: readonly FieldDifference[]): string[] {
  return differences.filter(({ does }) => does === 'ask').map(({ field }) => field);
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
