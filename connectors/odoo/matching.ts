/** Of the records that Odoo found, those who are this person: compared exactly, since a search only compares roughly. */
import type { Desired, Fields, FieldValue, Remote } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';

/** With these words the manifest begins what it says of an application. */
const OURS = 'Boom application: ';

type Value = FieldValue | undefined;

/** Throws `ambiguous` where only the name is another: couples share an address. */
export function matching(remotes: Remote[], person: Desired, label: string): Remote[] {
  const candidates = remotes.filter(({ fields }) => !isApart(fields.application, person.fields.application));
  const named = (remote: Remote) => same(remote.fields.name, fullName(person));
  if ((person.email ?? '') === '')
    return candidates.filter((remote) => named(remote) && samePhone(remote.fields.phone, person.phone));
  const hits = candidates.filter(({ fields }) => same(fields.email, person.email));
  const sure = hits.filter(named);
  if (sure.length > 0 || hits.length === 0) return sure;
  throw new PushError('ambiguous', `${label} has the same e-mail under another name.`, {
    remedy: `The same person: give them one name in Boom and ${label}. Somebody else: give each their own e-mail. Then run "boomsync retry".`,
    candidates: hits.map(({ id }) => id),
  });
}

export function fullName({ firstName, lastName }: Pick<Desired, 'firstName' | 'lastName'>): string {
  return [firstName, lastName].filter(Boolean).join(' ');
}

/** Made by us for another application of the same person. */
function isApart(theirs: Value, ours: Fields[string] | undefined): boolean {
  return typeof theirs === 'string' && theirs.startsWith(OURS) && (ours ?? '') !== '' && !same(theirs, ours);
}

function same(a: Value, b: Value): boolean {
  return folded(a) !== '' && folded(a) === folded(b);
}

function folded(value: Value): string {
  return String(value ?? '')
    .normalize('NFC')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
}

/** With or without the country's code. */
function samePhone(a: Value, b: Value): boolean {
  const [one, other] = [a, b].map((value) =>
    String(value ?? '')
      .replace(/\D/g, '')
      .slice(-10),
  );
  return one !== undefined && one.length >= 7 && one === other;
}
