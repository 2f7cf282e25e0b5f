/** `settle`: a person says whose value a field is to have that differs over there. */
import type { FieldDifference, RecordName, SyncState } from '../store/sync.ts';
import type { FieldAnswer } from '../store/sync-answers.ts';
import { type CommandTools, type Done, finish, type Refused } from './command.ts';
import { findRecord } from './records.ts';

export interface SettleAsked extends RecordName {
  /** Null: every field that is asked about. */
  fields: string[] | null;
  take: FieldAnswer['take'];
  /** What the person was shown, by field; null: what the last look found. Another value by now is refused. */
  shown: Record<string, Pick<FieldDifference, 'boom' | 'there'>> | null;
}

export interface Settled extends Done {
  take: FieldAnswer['take'];
  /** What it was said of: both values as the person saw them. */
  settled: FieldDifference[];
  /** How the record stands now. */
  record: Pick<SyncState, 'state' | 'cause' | 'message' | 'remedy'> | null;
}

export async function settle(asked: SettleAsked, tools: CommandTools): Promise<Settled | Refused> {
  const found = await findRecord(asked, tools);
  if ('error' in found) return found;
  const { state, connection } = found;
  const { stores, now } = tools;
  const open = (state.plan?.fields ?? []).filter((one) => maySettle(one, asked, state));
  const settled = open.filter(({ field }) => asked.fields === null || asked.fields.includes(field));
  const missing = (asked.fields ?? []).find((field) => !settled.some((one) => one.field === field));
  if (missing !== undefined || settled.length === 0) return nothingAsked(missing, connection.label);
  const rules = connection.rules(state.kind);
  const changed = settled.find(({ field, boom, there }) => {
    const seen = asked.shown?.[field];
    return seen && !(rules.same(field, seen.boom, boom) && rules.same(field, seen.there, there));
  });
  if (changed !== undefined) return changedSince(changed.field);
  const at = now().toISOString();
  await stores.sync.answer(state, (before) => {
    const said = settled.map(({ field, boom, there }): [string, FieldAnswer] => {
      return [field, { take: asked.take, boom, there, remoteId: state.remoteId, at }];
    });
    return { ...before, fields: { ...before.fields, ...Object.fromEntries(said) } };
  });
  const ended = await finish(tools, 1, 0);
  const after = await findRecord(asked, tools);
  if ('error' in after) return { ...ended, take: asked.take, settled, record: null };
  const { state: name, cause, message, remedy } = after.state;
  return { ...ended, take: asked.take, settled, record: { state: name, cause, message, remedy } };
}

/** What is asked about; what a person kept before and may change their mind of; what nobody can write there. */
function maySettle(
  { field, does }: FieldDifference,
  { take, fields }: SettleAsked,
  state: SyncState,
): boolean {
  if (does === 'ask') return true;
  if (does === 'write') return take === 'theirs' && state.cause === 'cannot_change';
  return take === 'boom' && fields !== null && state.answers?.fields[field]?.take === 'theirs';
}

function nothingAsked(field: string | undefined, label: string): Refused {
  return {
    error:
      field === undefined
        ? `${label} and Boom differ in nothing that you are asked about`
        : `You are not asked about ${field} of this record`,
    remedy: 'See what you are asked with: boomsync errors',
  };
}

function changedSince(field: string): Refused {
  return {
    error: `${field} has changed since you looked, so nothing was done`,
    remedy: 'Look again with: boomsync errors',
  };
}
