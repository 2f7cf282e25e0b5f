/** Whether a record over there is the person whom we know it as: an id alone does not say. Pure. */
import type { Connection, Facts } from '../connect/connection.ts';
import type { Desired, Fields, Kind, Remote } from '../connect/contract.ts';
import type { Pushed } from '../store/sync.ts';

/** What we know of the person: as Boom says it now, as it was when a create was begun, and what we left over there. */
export interface KnownAs {
  desired: Desired;
  intent: Desired | null;
  pushed: Pushed | null;
}

type Reads = Pick<Connection, 'factsOf'>;

/**
 * Whether neither its name, nor its e-mail address, nor its phone and first name is what we know of ours. Our own key
 * proves the record and not the person: whoever uses a record again may leave it there. A record that shows nothing of
 * a person is nobody else's.
 */
export function isAnother(
  { factsOf }: Reads,
  kind: Kind,
  { id, fields }: Remote,
  { desired, intent, pushed }: KnownAs,
): boolean {
  const ours = (known: Fields) => factsOf(kind, { id, fields: known });
  const known: Facts[] = [desired, ours(desired.fields), ours(pushed?.fields ?? {})];
  if (intent !== null) known.push(intent, ours(intent.fields));
  const there = factsOf(kind, { id, fields });
  const compared = known.map((facts) => agreement(there, facts));
  const agreed = (fact: keyof Agreement) => compared.flatMap((one) => one[fact] ?? []);
  const [names, emails] = [agreed('name'), agreed('email')];
  // Households share a phone, and a record that is used again may keep it.
  const phoneTells = emails.length === 0 || agreed('first').includes(true);
  const said = [...names, ...emails, ...(phoneTells ? agreed('phone') : [])];
  return said.includes(false) && !said.includes(true);
}

/**
 * Whether the answer to a create is a record that stood there before: some keep one a mail address, and couples share
 * one. What was just made shows the first name that was sent, and something more of the person.
 */
export function isAnotherThanMade(connection: Reads, kind: Kind, shown: Remote, desired: Desired): boolean {
  const there = connection.factsOf(kind, shown);
  const sent = connection.factsOf(kind, { id: shown.id, fields: desired.fields });
  if (there.firstName !== null && sent.firstName !== null) {
    if (folded(there.firstName) !== folded(sent.firstName)) return true;
    const { email, phone } = agreement(there, sent);
    return folded(there.lastName) !== folded(sent.lastName) && !email && !phone;
  }
  return isAnother(connection, kind, shown, { desired, intent: null, pushed: null });
}

interface Agreement {
  name?: boolean;
  first?: boolean;
  email?: boolean;
  phone?: boolean;
}

/** By fact; one that either does not say is left out. */
function agreement(one: Facts, other: Facts): Agreement {
  const agreed: Agreement = {};
  for (const [name, said] of Object.entries(SAID) as [keyof Agreement, (facts: Facts) => string][]) {
    const [a, b] = [said(one), said(other)];
    if (a !== '' && b !== '') agreed[name] = a === b;
  }
  return agreed;
}

const SAID: Record<keyof Agreement, (facts: Facts) => string> = {
  // Where a record has one field for the whole name, it stands as the first.
  name: ({ firstName, lastName }) => folded(`${firstName ?? ''}${lastName ?? ''}`),
  first: ({ firstName }) => folded(firstName),
  email: ({ email }) => email?.trim().toLowerCase() ?? '',
  phone: ({ phone }) => phone?.replace(/\D/g, '').slice(-10) ?? '',
};

/** `O’Brien` and `OBRIEN`, `José` and `Jose` are one name: a PMS stores what it likes. */
function folded(name: string | null): string {
  const letters = (name ?? '').normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
  return letters.toLowerCase();
}
