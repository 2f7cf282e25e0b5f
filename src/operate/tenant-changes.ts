/** What each event changed in a tenant's record, found by folding the events up to it. Pure, but for `eventsOf`. */

import { fold } from '../project/fold.ts';
import type { FoldEvent } from '../project/fold-event.ts';
import { IdentityBook } from '../project/identity-book.ts';
import { nothingProjected, type ProjectionStore } from '../project/projection-store.ts';
import { changedRegisters } from '../project/registers.ts';
import type { Tenant } from '../project/tenant.ts';
import { TenantFiles } from '../project/tenant-files.ts';
import { unitText } from './tenant-words.ts';

/** `leasing`, `reporting` and `residency` are words of src/project/tenant.ts; the others are as Boom says them. */
export const CHANGED = [
  'leasing',
  'reporting',
  'residency',
  'name',
  'email',
  'phone',
  'unit',
  'moveIn',
] as const;

export interface Change {
  what: (typeof CHANGED)[number];
  from: string | null;
  to: string | null;
}

export interface Changes {
  changes: Change[];
  /** Something of the record changed that is not among them. */
  more: boolean;
}

/** Every event that this tenant's record is made from, in the order of their coming: those of its applications too. */
export async function eventsOf(store: ProjectionStore, tenantId: string): Promise<FoldEvent[]> {
  const files = new TenantFiles(store, [], nothingProjected(), new IdentityBook());
  await files.load([tenantId]);
  return files.of(tenantId).sort((a, b) => a.id - b.id);
}

/** Of the event at this place. */
export function changesAt(
  { id, account }: Pick<Tenant, 'id' | 'account'>,
  events: readonly FoldEvent[],
  at: number,
): Changes {
  const after = fold({ id, account }, events.slice(0, at + 1));
  const before = at === 0 ? null : fold({ id, account }, events.slice(0, at));
  const [was, is] = [before === null ? new Map<string, Fact>() : factsOf(before), factsOf(after)];
  const keys = [...new Set([...was.keys(), ...is.keys()])];
  const changes = keys.flatMap((key): Change[] => {
    const [from, to] = [was.get(key)?.value ?? null, is.get(key)?.value ?? null];
    const what = (is.get(key) ?? was.get(key))?.what;
    return what === undefined || from === to ? [] : [{ what, from, to }];
  });
  const registers =
    before === null ? [] : changedRegisters({ ...before, timeline: [] }, { ...after, timeline: [] });
  return { changes, more: changes.length === 0 && registers.length > 0 };
}

interface Fact {
  what: Change['what'];
  value: string | null;
}

function factsOf({ person, applications, enrollments, residencies }: Tenant): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  const tell = (what: Fact['what'], about: string, value: string | null) =>
    facts.set(`${what} ${about}`, { what, value: value === '' ? null : value });
  tell('name', '', [person.firstName, person.lastName].filter(Boolean).join(' '));
  tell('email', '', person.email);
  tell('phone', '', person.phone);
  for (const application of applications) {
    const { id, place, leasing, unit, moveInOn } = application;
    const about = id ?? place;
    tell('leasing', about, leasing);
    tell('unit', about, unitText(unit));
    tell('moveIn', about, moveInOn);
  }
  for (const { id, reporting } of enrollments) tell('reporting', id ?? '', reporting);
  for (const { place, status } of residencies) tell('residency', place, status === 'unknown' ? null : status);
  return facts;
}
