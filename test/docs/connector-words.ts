/** What the expressions of a field map read, in a landlord's words. */
import type { Kind } from '../../src/connect/contract.ts';
import type { Comparator, Manifest, ManifestField } from '../../src/connect/manifest.ts';

const UNSURE = 'how sure the match is';

const PATHS: Readonly<Record<string, string>> = {
  key: 'our own id of the record',
  'person.firstName': 'first name',
  'person.lastName': 'last name',
  'person.email': 'e-mail',
  'person.phone': 'phone',
  unitId: 'the unit, by `units:`',
  'unit.property.name': "the property's name",
  'unit.title': "the unit's name",
  'unit.address': "the unit's address",
  'unit.externalId': 'your own id of the unit',
  'unit.id': "Boom's id of the unit",
  'tenant.id': "boomsync's id of the person",
  'tenant.ids.applicant[0]': "Boom's id of the applicant",
  'tenant.ids.customer[0]': "Boom's id in rent reporting",
  'tenant.ids.external[0]': 'your own id of the person',
  'tenant.stage': 'the stage, for display',
  'tenant.weaklyJoined': UNSURE,
  'application.id': "Boom's id of the application",
  'application.leasing': 'where the application stands',
  'application.decidedAt': 'when Boom decided',
  'application.updatedAt': 'the newest message about the application',
  'application.mergedInto': 'the application that it was merged into',
  'application.role': 'the role in the application',
  'application.moveInOn': 'the move-in date asked for',
  'application.rent.money': 'the rent',
  'application.rent.money.cents': 'the rent',
  'application.rent.money.currency': "the rent's currency",
  'application.weak': UNSURE,
  'residency.status': 'whether the person lives there',
  'residency.since': 'since when that is known',
  'enrollment.reporting': 'rent reporting',
  'enrollment.since': 'since when rent reporting stands so',
  'enrollment.furnishments': 'the months reported',
  'enrollment.weak': UNSURE,
};

const READS =
  /\b(?:tenant|person|application|residency|enrollment|unit)\.[A-Za-z.]+(?:\[\d+\])?|\b(?:unitId|key)\b/g;

/** What `from` reads, each once. An expression that reads what has no words here is a fault. */
export function readsInWords(from: string): string {
  const withoutTexts = from.replace(/"[^"]*"|'[^']*'/g, '""');
  const words = [...withoutTexts.matchAll(READS)].map(([path]) => {
    const known = PATHS[path];
    if (known === undefined) throw new Error(`test/docs/connector-words.ts has no words for ${path}`);
    return known;
  });
  const certain = [...new Set(words)].filter((word) => word !== UNSURE);
  return certain.length > 0 ? certain.join(', ') : UNSURE;
}

const COMPARED: Readonly<Record<Comparator, string>> = {
  text: 'letter by letter',
  phone: 'by its digits',
  email: 'without regard to capitals',
  date: 'as a day',
  money: 'as an amount',
  number: 'as a number',
};

export function comparedInWords(compare: Comparator): string {
  return COMPARED[compare];
}

export const plural = (kinds: readonly Kind[]): string => kinds.map((kind) => `${kind}s`).join(', ');

/** What a field is held to, and when it is written at all. */
export function limitsInWords(field: ManifestField, kind: Kind, { capabilities }: Manifest): string {
  const { creates, updates, byHand } = capabilities;
  const isMade = byHand || creates.includes(kind);
  const isChanged = byHand || updates.includes(kind);
  const { minLength, maxLength } = field;
  return [
    !isMade && !isChanged && 'compared, never written',
    isMade && !isChanged && 'written with a new record only',
    field.required && isMade && 'must be there',
    minLength !== undefined && maxLength !== undefined && `${minLength} to ${maxLength} characters`,
    minLength === undefined && maxLength !== undefined && `at most ${maxLength} characters`,
  ]
    .filter(Boolean)
    .join('; ');
}
