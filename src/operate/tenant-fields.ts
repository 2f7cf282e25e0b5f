/** One record of a tenant, field by field: what Boom says, what we wrote last, and what the PMS shows. */
import type { Connection, FieldRules } from '../connect/connection.ts';
import type { Fields, FieldValue } from '../connect/contract.ts';
import type { Tenant } from '../project/tenant.ts';
import { wantedRecords } from '../reconcile/wanted.ts';
import type { FieldDifference, Plan, RecordName, SyncState } from '../store/sync.ts';

export interface FieldRow {
  field: string;
  boom: FieldValue;
  /** Null where we never wrote it. */
  pushed: FieldValue;
  /** Null where it is empty there, or where nobody has looked: see `seen`. */
  there: FieldValue;
  seen: boolean;
  /** `no`: both say the same; else what becomes of it. */
  differs: 'no' | FieldDifference['does'];
}

export const recordKeyOf = ({ connection, kind, place }: Omit<RecordName, 'tenantId'>): string =>
  [connection, kind, place].join(' ');

/** The fields that each record of this tenant is to have there, by `recordKeyOf`. */
export async function desiredFields(
  tenant: Tenant,
  connections: readonly Connection[],
  here: { timezone: string; installation: string },
): Promise<Map<string, Fields>> {
  const desired = new Map<string, Fields>();
  for (const connection of connections) {
    for (const { kind, place, scope } of await wantedRecords(tenant, connection, here)) {
      // What is missing for it (a unit's id) is what the record waits for, and told there.
      const fields = await connection.desire(kind, scope).catch(() => null);
      if (fields !== null) desired.set(recordKeyOf({ connection: connection.name, kind, place }), fields);
    }
  }
  return desired;
}

/** What a look found: the last one, of which a live pass has carried out what it could; or one that was just taken. */
export interface Look {
  plan: Plan | null;
  isFresh: boolean;
}

export function fieldRows(
  desired: Fields | null,
  { state, pushed, remoteId }: Pick<SyncState, 'state' | 'pushed' | 'remoteId'>,
  { plan, isFresh }: Look,
  { same }: Pick<FieldRules, 'same'>,
): FieldRow[] {
  const differing = new Map((plan?.fields ?? []).map((one) => [one.field, one]));
  const names = [...new Set([...Object.keys(desired ?? pushed?.fields ?? {}), ...differing.keys()])];
  const isAbsent = plan?.record === 'create' && (isFresh || remoteId === null);
  // What a look found no difference in shows what Boom says.
  const looked = !isAbsent && (isFresh || plan !== null || state === 'synced');
  return names.flatMap((field): FieldRow[] => {
    const wrote = pushed?.fields[field] ?? null;
    const one = differing.get(field);
    // It was sent since, and what we wrote last is what the PMS showed then.
    const isDone = !isFresh && one?.does === 'write' && pushed !== null && same(field, wrote, one.boom);
    if (one !== undefined && !isDone) {
      const { boom, there, does } = one;
      return [{ field, boom, pushed: one.pushed ?? wrote, there, seen: !isAbsent, differs: does }];
    }
    const boom = one?.boom ?? desired?.[field] ?? null;
    // Neither side says anything of it.
    if ((boom === null || boom === '') && wrote === null) return [];
    const there = looked ? (wrote ?? boom) : null;
    return [{ field, boom, pushed: wrote, there, seen: looked, differs: 'no' }];
  });
}
