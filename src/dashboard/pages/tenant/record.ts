/** One record of a tenant: how it stands, field by field, and what can be said to it. */
import { z } from 'zod';
import type { Connection } from '../../../connect/connection.ts';
import { type Fields, KINDS } from '../../../connect/contract.ts';
import { STANDING_WORDS, type StandingWord } from '../../../operate/record-standing.ts';
import { fieldValue } from '../../../operate/records.ts';
import { type FieldRow, fieldRows, recordKeyOf } from '../../../operate/tenant-fields.ts';
import { unitOfPlace } from '../../../operate/tenant-words.ts';
import type { Tenant } from '../../../project/tenant.ts';
import type { Words } from '../../../words/words.ts';
import { tokenOf } from '../needs-you/token.ts';
import type { StandingRecord } from '../tenants/read.ts';
import type { Looked } from './look.ts';

export const fieldView = z.object({
  field: z.string(),
  boom: fieldValue,
  pushed: fieldValue,
  there: fieldValue,
  /** Whether `there` was looked at. */
  seen: z.boolean(),
  differs: z.enum(['no', 'write', 'keep', 'ask']),
});

export const recordView = z.object({
  /** Names it in forms. */
  token: z.string(),
  connection: z.string(),
  label: z.string(),
  kind: z.enum(KINDS),
  place: z.string(),
  unit: z.string().nullable(),
  word: z.enum(Object.keys(STANDING_WORDS) as [StandingWord, ...StandingWord[]]),
  cause: z.string().nullable(),
  /** A list of ours. */
  local: z.boolean(),
  /** What the command line says of it. */
  message: z.string().nullable(),
  remoteId: z.string().nullable(),
  /** Of what we sent and the PMS does not show. */
  notTaken: z.array(z.object({ sent: z.string(), shows: z.string().nullable() })),
  /** The decision that the PMS shows. */
  decision: z.string().nullable(),
  syncedAt: z.string().nullable(),
  /** When what is under `there` was seen. */
  seenAt: z.string().nullable(),
  /** Seen for this page. */
  live: z.boolean(),
  would: z.object({
    create: z.boolean(),
    decision: z.object({ from: z.string().nullable(), to: z.string() }).nullable(),
    notes: z.array(z.string()),
  }),
  fields: z.array(fieldView),
  /** Whether a person is asked about a field. */
  asked: z.boolean(),
});
export type RecordView = z.output<typeof recordView>;

interface Around {
  tenant: Tenant;
  connection: Connection;
  desired: ReadonlyMap<string, Fields>;
  /** Null: nobody asked for a look. */
  found: Looked | null;
  words: Words;
}

export function viewOfRecord(
  { state, word }: StandingRecord,
  { tenant, connection, desired, found, words }: Around,
): RecordView {
  const key = recordKeyOf(state);
  const live = found?.records.get(key) ?? null;
  const plan = live === null ? state.plan : live.plan;
  const rules = connection.rules(state.kind);
  const look = { plan, isFresh: live !== null && live.state !== 'retrying' };
  const fields = fieldRows(desired.get(key) ?? null, state, look, rules);
  return {
    token: tokenOf(state),
    connection: connection.name,
    label: connection.label,
    kind: state.kind,
    place: state.place,
    unit: unitOfPlace(tenant, state.place),
    word,
    cause: state.cause,
    local: connection.capabilities.local,
    message: state.message,
    remoteId: state.remoteId,
    notTaken: state.cause === 'conflict' ? notTaken(fields, state.plan, words) : [],
    decision: state.pushed?.decision ?? null,
    syncedAt: state.syncedAt,
    seenAt: live === null ? state.updatedAt : (found?.at ?? null),
    live: live !== null,
    would: {
      create: plan?.record === 'create',
      decision: plan?.decision ?? null,
      notes: plan?.notes ?? [],
    },
    fields,
    asked: fields.some(({ differs }) => differs === 'ask'),
  };
}

function notTaken(
  fields: readonly FieldRow[],
  plan: StandingRecord['state']['plan'],
  words: Words,
): RecordView['notTaken'] {
  const sent = fields.filter(({ differs }) => differs === 'write');
  const decision = plan?.decision ?? null;
  return [
    ...sent.map(({ boom, there }) => ({
      sent: textOf(boom, words),
      shows: there === null ? null : textOf(there, words),
    })),
    ...(decision === null ? [] : [{ sent: decision.to, shows: decision.from }]),
  ];
}

/** A value as a person reads it. */
export function textOf(shown: FieldRow['boom'], { tenant }: Words): string {
  if (shown === null || shown === '') return tenant.empty;
  if (typeof shown === 'boolean') return shown ? tenant.yes : tenant.no;
  return String(shown);
}
