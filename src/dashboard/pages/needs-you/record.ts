/** One record that needs a person, beside those over there of which one may be it, as they are now. */
import { z } from 'zod';
import { sameValue } from '../../../connect/compare.ts';
import type { Connection, FieldRules } from '../../../connect/connection.ts';
import type { Fields } from '../../../connect/contract.ts';
import type { Candidate, Candidates } from '../../../operate/candidates.ts';
import type { Refused } from '../../../operate/command.ts';
import { fieldValue, nameOfRecord, type recordName } from '../../../operate/records.ts';
import type { At } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { stateOf } from './chosen.ts';
import { itemsOf, needItem } from './item.ts';

const FACTS = ['firstName', 'lastName', 'email', 'phone'] as const;
const COMPARE = { firstName: 'text', lastName: 'text', email: 'email', phone: 'phone' } as const;

const side = z.object({
  /** Null: what Boom says. */
  remoteId: z.string().nullable(),
  facts: z.record(z.enum(FACTS), z.string().nullable()),
  /** Beside the facts: those of the fields that carry none of them. */
  fields: z.array(z.object({ field: z.string(), value: fieldValue })),
  /** The facts and fields that are not as Boom says, however they are written. */
  differs: z.array(z.string()),
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
  const connection = at.connections().find(({ name }) => name === state.connection);
  if (connection === undefined) return null;
  const { boom, candidates } = read;
  const rules = connection.rules(state.kind);
  const differs = (one: Candidate) => (boom === null ? [] : differing(boom, one, rules));
  const beside = (all: Fields) => besideFacts(all, connection);
  return {
    item,
    boom: boom && {
      remoteId: null,
      facts: boom.facts,
      fields: beside(boom.fields),
      differs: [],
      heldBy: null,
      seen: '',
    },
    there: await Promise.all(
      candidates.map(async (one) => ({
        remoteId: one.remoteId,
        facts: one.facts,
        fields: beside(one.fields),
        differs: differs(one),
        heldBy: await holderOf(one, at),
        seen: JSON.stringify(one.seen),
      })),
    ),
    shown: true,
  };
}

async function holderOf({ heldBy }: Candidate, { stores, words }: At): Promise<Side['heldBy']> {
  if (heldBy === null) return null;
  const holder = await stores.tenants.get(heldBy);
  const who = holder === null ? words.frame.unnamed : nameOf(holder.record.person, words);
  return { tenantId: heldBy, who };
}

type Says = Pick<Candidate, 'facts' | 'fields'>;

/** `(312) 555-0123` is `+13125550123`: who compares two people is not to be led by how they are written. */
function differing(boom: Says, there: Says, { same }: Pick<FieldRules, 'same'>): string[] {
  return [
    ...FACTS.filter((fact) => !sameValue(COMPARE[fact], boom.facts[fact], there.facts[fact])),
    ...Object.entries(there.fields).flatMap(([field, value]) =>
      same(field, boom.fields[field], value) ? [] : [field],
    ),
  ];
}

function besideFacts(fields: Fields, { meaningOf }: Connection): Side['fields'] {
  const known: ReadonlySet<string> = new Set(['name', ...FACTS]);
  return Object.entries(fields).flatMap(([field, value]) =>
    known.has(meaningOf(field) ?? '') ? [] : [{ field, value }],
  );
}
