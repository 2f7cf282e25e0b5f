/** A sync state as its row has it. */
import type { Kind } from '../connect/contract.ts';
import type { SyncState, SyncStateName } from './sync.ts';
import type { Quiet } from './sync-answers.ts';

export interface StateRow {
  tenant_id: string;
  connection: string;
  kind: Kind;
  place: string;
  state: SyncStateName;
  cause: string | null;
  message: string | null;
  remedy: string | null;
  remote_id: string | null;
  pushed: string | null;
  attempts: number;
  intent: string | null;
  plan: string | null;
  asked_at: string | null;
  approved_at: string | null;
  held_at: string | null;
  named_at: string | null;
  candidates: string | null;
  answers: string | null;
  /** `FOR_GOOD` where it has no end; null: not quiet. */
  quiet_until: string | null;
  quiet_trouble: string | null;
  quiet_why: string | null;
  synced_at: string | null;
  updated_at: string;
}

export const STATE_COLUMNS = [
  'tenant_id',
  'connection',
  'kind',
  'place',
  'state',
  'cause',
  'message',
  'remedy',
  'remote_id',
  'pushed',
  'attempts',
  'intent',
  'plan',
  'asked_at',
  'approved_at',
  'held_at',
  'named_at',
  'candidates',
  'answers',
  'quiet_until',
  'quiet_trouble',
  'quiet_why',
  'synced_at',
  'updated_at',
] as const satisfies (keyof StateRow)[];

export const STATE_KEY = ['tenant_id', 'connection', 'kind', 'place'] as const;

/** What a pass writes: what a person said meanwhile (approved, held, answered, quiet) stays. */
export const WRITTEN_BY_PASSES = [
  'state',
  'cause',
  'message',
  'remedy',
  'remote_id',
  'pushed',
  'attempts',
  'intent',
  'plan',
  'candidates',
  'asked_at',
  'synced_at',
  'updated_at',
] as const satisfies (keyof StateRow)[];

const fromJson = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** For good, as a time: so that one comparison tells. */
export const FOR_GOOD = '9999-12-31T23:59:59.999Z';

function quietOf({ quiet_until: until, quiet_trouble: trouble, quiet_why: why }: StateRow): Quiet | null {
  if (until === null) return null;
  return { until: until === FOR_GOOD ? null : until, trouble: trouble ?? '', why: why ?? '' };
}

export function fromRow(row: StateRow): SyncState {
  return {
    tenantId: row.tenant_id,
    connection: row.connection,
    kind: row.kind,
    place: row.place,
    state: row.state,
    cause: row.cause,
    message: row.message,
    remedy: row.remedy,
    remoteId: row.remote_id,
    pushed: fromJson(row.pushed),
    attempts: row.attempts,
    intent: fromJson(row.intent),
    plan: fromJson(row.plan),
    askedAt: row.asked_at,
    approvedAt: row.approved_at,
    heldAt: row.held_at,
    namedAt: row.named_at,
    candidates: fromJson(row.candidates) ?? [],
    answers: fromJson(row.answers),
    quiet: quietOf(row),
    syncedAt: row.synced_at,
    updatedAt: row.updated_at,
  };
}

export function toRow(state: SyncState): StateRow {
  return {
    tenant_id: state.tenantId,
    connection: state.connection,
    kind: state.kind,
    place: state.place,
    state: state.state,
    cause: state.cause,
    message: state.message,
    remedy: state.remedy,
    remote_id: state.remoteId,
    pushed: toJson(state.pushed),
    attempts: state.attempts,
    intent: toJson(state.intent),
    plan: toJson(state.plan),
    asked_at: state.askedAt,
    approved_at: state.approvedAt,
    held_at: state.heldAt,
    named_at: state.namedAt,
    candidates: state.candidates.length === 0 ? null : JSON.stringify(state.candidates),
    answers: toJson(state.answers),
    quiet_until: state.quiet === null ? null : (state.quiet.until ?? FOR_GOOD),
    quiet_trouble: state.quiet?.trouble ?? null,
    quiet_why: state.quiet?.why ?? null,
    synced_at: state.syncedAt,
    updated_at: state.updatedAt,
  };
}
