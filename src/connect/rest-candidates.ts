/** Of the hits of a lookup, those who are this person: compared here, since the PMS only compares roughly. */

import { PushError } from '../http/push-error.ts';
import { sameValue } from './compare.ts';
import type { Desired, Remote } from './contract.ts';
import type { LOOKUP_KEYS, ManifestFind, ManifestKind } from './manifest.ts';

type Fact = (typeof LOOKUP_KEYS)[number];

export function candidatesAmong(
  remotes: Remote[],
  person: Desired,
  find: ManifestFind,
  kind: ManifestKind,
  label: string,
): Remote[] {
  const hits = remotes.filter(
    (remote) => agrees(remote, person, find.by, kind) && !isApart(remote, person, find.apart, kind),
  );
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
  by: Partial<Record<string, Fact>>,
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

function words(by: Partial<Record<string, Fact>>): string {
  return Object.keys(by).join(' and ');
}
