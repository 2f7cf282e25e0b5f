/** Of the hits of a lookup, those who are this person: compared here, since the PMS only compares roughly. */

import { PushError } from '../http/push-error.ts';
import { sameValue } from './compare.ts';
import type { Facts } from './connection.ts';
import type { Desired, Remote } from './contract.ts';
import type { ManifestKind } from './manifest.ts';
import type { LookupKey, ManifestFind } from './manifest-requests.ts';

/** The lookups to use, in order, until one finds somebody: by our own id, then the first that the person has enough for. */
export function lookupsFor<T extends { spec: ManifestFind }>(lookups: readonly T[], person: Desired): T[] {
  const able = lookups.filter(({ spec }) => spec.needs.every((need) => (person[need] ?? '') !== ''));
  const last = able.findIndex(({ spec }) => !spec.needs.includes('key'));
  return last === -1 ? able : able.slice(0, last + 1);
}

/** What a record is known by: every fact that a lookup compares, where the record has it. */
export function factsOf(remote: Remote, kind: ManifestKind): Facts {
  const facts: Facts = { email: null, phone: null, firstName: null, lastName: null, key: null };
  for (const { by, confirm } of kind.requests.find ?? [])
    for (const [field, fact] of Object.entries({ ...by, ...confirm })) {
      const value = remote.fields[field] ?? '';
      if (fact !== undefined && value !== '') facts[fact] ??= String(value);
    }
  return facts;
}

/** Whether it agrees with what was looked up. */
export function isHit(remote: Remote, person: Desired, find: ManifestFind, kind: ManifestKind): boolean {
  return agrees(remote, person, find.by, kind) && !isApart(remote, person, find.apart, kind);
}

export function candidatesAmong(
  remotes: Remote[],
  person: Desired,
  find: ManifestFind,
  kind: ManifestKind,
  label: string,
): Remote[] {
  // Pages shift under whoever reads them, so that a record may stand on two.
  const once = new Map(remotes.map((remote) => [remote.id, remote]));
  const hits = [...once.values()].filter((remote) => isHit(remote, person, find, kind));
  const sure = hits.filter((remote) => agrees(remote, person, find.confirm, kind));
  if (sure.length > 0 || hits.length === 0) return sure;
  throw new PushError('ambiguous', `${label} has the same ${words(find.by)} under another name.`, {
    remedy: `The same person: give them one name in Boom and ${label}. Somebody else: give each their own ${words(find.by)}. Then run "boomsync retry".`,
    candidates: hits.map(({ id }) => id),
  });
}

function agrees(
  remote: Remote,
  person: Desired,
  by: Partial<Record<string, LookupKey>>,
  kind: ManifestKind,
): boolean {
  return Object.entries(by).every(([field, fact]) => {
    const theirs = remote.fields[field];
    const ours = fact === undefined ? null : person[fact];
    if ((theirs ?? '') === '' || (ours ?? '') === '') return false;
    return sameValue(kind.fields[field]?.compare ?? 'text', lower(theirs), lower(ours));
  });
}

/** Both filled and different: another application of the same person. */
function isApart(remote: Remote, person: Desired, fields: string[], kind: ManifestKind): boolean {
  return fields.some((field) => {
    const theirs = remote.fields[field];
    const ours = person.fields[field];
    if ((theirs ?? '') === '' || (ours ?? '') === '') return false;
    return !sameValue(kind.fields[field]?.compare ?? 'text', theirs, ours);
  });
}

/** `ANA` and `Ana` are one name when somebody is looked for. */
function lower<T>(value: T): T | string {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function words(by: Partial<Record<string, LookupKey>>): string {
  return Object.keys(by).join(' and ');
}
