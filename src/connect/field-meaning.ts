/** What of Boom's a PMS field carries, read off its expression: for its name on a screen, and for nothing else. */

/** The longer first: of `unit.property.name` no other may see a part. */
const PATHS = {
  'person.firstName': 'firstName',
  'person.lastName': 'lastName',
  'person.email': 'email',
  'person.phone': 'phone',
  'unit.property.name': 'property',
  'unit.title': 'unit',
  'unit.address': 'address',
  'unit.externalId': 'unitNumber',
  unitId: 'unitId',
  key: 'ourNumber',
  'application.id': 'applicationId',
  'application.role': 'role',
  'application.leasing': 'decision',
  'application.decidedAt': 'decidedOn',
  'application.moveInOn': 'moveIn',
  'application.rent.money.cents': 'rent',
  'application.rent.money.currency': 'currency',
  'application.mergedInto': 'mergedInto',
  'residency.status': 'residency',
  'residency.since': 'since',
  'enrollment.reporting': 'reporting',
} as const;

export type FieldMeaning = (typeof PATHS)[keyof typeof PATHS] | 'name';

/** A name in the mapping scope with its parts; not what follows a letter, a dot or a `$`. */
const NAMES = /(?<![\w.$])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g;
const TEXTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/**
 * By field, of the expressions of each kind. No name has a field that carries one thing here and another there, or of
 * which there are two in one kind: both would be called the same.
 */
export function meaningsOf(kinds: readonly ReadonlyMap<string, string>[]): Map<string, FieldMeaning> {
  const found = new Map<string, Set<FieldMeaning | null>>();
  for (const expressions of kinds) {
    const fields = [...expressions].map(([field, expression]) => ({ field, meaning: meaningOf(expression) }));
    for (const { field, meaning } of fields) {
      const alone = fields.every((other) => other.field === field || other.meaning !== meaning);
      found.set(field, (found.get(field) ?? new Set()).add(alone ? meaning : null));
    }
  }
  const named = [...found].flatMap(([field, [meaning, ...others]]): [string, FieldMeaning][] =>
    meaning && others.length === 0 ? [[field, meaning]] : [],
  );
  return new Map(named);
}

/** Null where it carries several things, or one that has no word. */
function meaningOf(expression: string): FieldMeaning | null {
  const named = expression.replace(TEXTS, '').match(NAMES) ?? [];
  const carried = new Set(
    named.flatMap((name) => (Object.hasOwn(PATHS, name) ? [PATHS[name as keyof typeof PATHS]] : [])),
  );
  const [only, ...others] = carried;
  if (others.length === 0) return only ?? null;
  return carried.size === 2 && carried.has('firstName') && carried.has('lastName') ? 'name' : null;
}
