/** One record that needs a person, beside those over there of which one may be it, as they are now. */
import { z } from 'zod';
import type { Fields } from '../../../connect/contract.ts';
import type { Candidate, Candidates } from '../../../operate/candidates.ts';
import type { Refused } from '../../../operate/command.ts';
import { fieldValue, nameOfRecord, type recordName } from '../../../operate/records.ts';
import type { At } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { stateOf } from './chosen.ts';
import { itemsOf, needItem } from './item.ts';

const FACTS = ['firstName', 'lastName', 'email', 'phone'] as const;

const side = z.object({
  /** Null: what Boom says. */
  remoteId: z.string().nullable(),
  facts: z.record(z.enum(FACTS), z.string().nullable()),
  fields: z.array(z.object({ field: z.string(), value: fieldValue })),
  /** Who of ours has it already. */
  heldBy: z.object({ tenantId: z.string(), who: z.string() }).nullable(),
  /** For `needs_choose`. */
  seen: z.string(),
});
export type Side = z.output<typeof side>;

export const recordView = z.object({
  item: needItem,
  boom: side.nullable(),
  there: z.array(side),
  /** False where the PMS did not show them. */
  shown: z.boolean(),
});
export type RecordView = z.output<typeof recordView>;

/** Null where it needs nobody any more. */
export async function readRecord(record: z.output<typeof recordName>, at: At): Promise<RecordView | null> {
  const state = await stateOf(record, at);
  if (state?.state !== 'parked') return null;
  const [item] = await itemsOf([{ state, since: state.updatedAt, seen: 1 }], at);
  if (item === undefined) return null;
  const none = { item, boom: null, there: [] };
  if (state.candidates.length === 0) return { ...none, shown: true };
  const asked = await at.commands.run('candidates', nameOfRecord(state));
  const read = asked as Candidates | Refused;
  if ('error' in read) return { ...none, shown: false };
  const { boom, candidates } = read;
  return {
    item,
    boom: boom && { remoteId: null, facts: boom.facts, fields: listed(boom.fields), heldBy: null, seen: '' },
    there: await Promise.all(candidates.map((one) => sideOf(one, at))),
    shown: true,
  };
}

async function sideOf(
  { remoteId, facts, fields, heldBy, seen }: Candidate,
  { stores, words }: At,
): Promise<Side> {
  const holder = heldBy === null ? null : await stores.tenants.get(heldBy);
  return {
    remoteId,
    facts,
    fields: listed(fields),
    heldBy:
      heldBy === null
        ? null
        : {
            tenantId: heldBy,
            who: holder === null ? words.frame.unnamed : nameOf(holder.record.person, words),
          },
    seen: JSON.stringify(seen),
  };
}

const listed = (fields: Fields) => Object.entries(fields).map(([field, value]) => ({ field, value }));
