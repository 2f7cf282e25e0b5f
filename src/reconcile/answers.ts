/** What a person said of a record, as a pass may use it. Pure. */
import { createHash } from 'node:crypto';
import type { Connection, Facts, FieldRules } from '../connect/connection.ts';
import type { Desired, Fields, Kind, Remote } from '../connect/contract.ts';
import type { Pushed, SyncState } from '../store/sync.ts';
import type { Answers, FieldAnswer, SeenFacts } from '../store/sync-answers.ts';

/** Of the fields of this record, what was said and is not carried out yet. */
export function answersFor(
  remote: Remote,
  state: Pick<SyncState, 'answers' | 'pushed'>,
  rules: FieldRules,
): Record<string, FieldAnswer> {
  const settled = state.pushed?.settled ?? {};
  const standing = Object.entries(state.answers?.fields ?? {}).filter(([field, answer]) => {
    if (answer.take === 'boom' && settled[field] === answer.at) return false;
    // In preview it was not known yet which record it is.
    return answer.remoteId === null
      ? rules.same(field, remote.fields[field], answer.there)
      : answer.remoteId === remote.id;
  });
  return Object.fromEntries(standing);
}

/**
 * Which answers have nothing left to do now that `remote` is there: whoever makes the same edit once more is asked anew.
 * Undefined where there are none.
 */
export function settledBy(
  desired: Fields,
  remote: Remote,
  { answers, pushed }: { answers: Answers | null; pushed: Pushed | null },
  rules: FieldRules,
): Record<string, string> | undefined {
  const done = Object.entries(answers?.fields ?? {}).filter(
    ([field, { take, boom }]) =>
      take === 'boom' &&
      rules.same(field, remote.fields[field], boom) &&
      rules.same(field, desired[field], boom),
  );
  if (done.length === 0) return pushed?.settled;
  return { ...pushed?.settled, ...Object.fromEntries(done.map(([field, { at }]) => [field, at])) };
}

/** What a record showed of a person, so that it can be told whether it still does; whose it was is not ours to keep. */
export function seenFacts(
  connection: Pick<Connection, 'name' | 'factsOf'>,
  kind: Kind,
  remote: Remote,
): SeenFacts {
  return marks(connection.name, remote.id, connection.factsOf(kind, remote));
}

export const SEEN_FACTS = ['firstName', 'lastName', 'email', 'phone'] as const satisfies (keyof SeenFacts)[];

function marks(connection: string, id: string, facts: Facts): SeenFacts {
  const mark = (name: keyof SeenFacts) => {
    const value = facts[name]?.trim().toLowerCase() ?? '';
    const said = name === 'phone' ? value.replace(/\D/g, '').slice(-10) : value;
    if (said === '') return null;
    return createHash('sha256').update([connection, id, name, said].join('\n')).digest('hex').slice(0, 32);
  };
  return {
    firstName: mark('firstName'),
    lastName: mark('lastName'),
    email: mark('email'),
    phone: mark('phone'),
  };
}

/**
 * Whether a person said that this record is theirs, and it still shows what it showed then: each of its facts is the one
 * that was seen, or one that we know of the person and may have written there ourselves.
 */
export function isSaidSame(
  connection: Pick<Connection, 'name' | 'factsOf'>,
  kind: Kind,
  remote: Remote,
  { desired, answers, pushed }: { desired: Desired; answers: Answers | null; pushed: Pushed | null },
): boolean {
  const { name, factsOf } = connection;
  const same = answers?.same ?? null;
  if (same === null || same.remoteId !== remote.id) return false;
  const marksOf = (fields: Fields) => marks(name, remote.id, factsOf(kind, { id: remote.id, fields }));
  const there = marksOf(remote.fields);
  const known = [same.seen, marksOf(desired.fields), marksOf(pushed?.fields ?? {})];
  return SEEN_FACTS.every((fact) => known.some((one) => one[fact] === there[fact]));
}
