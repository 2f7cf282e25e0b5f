/**
 * The dangerous step: only after a find that came back empty, with the intent kept before the request and the id right
 * after it, and never twice in one pass: what became of an unknown outcome the next pass finds.
 */
import { createHash } from 'node:crypto';
import type { Remote, RemoteId } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import type { MadeAttempt } from '../store/attempts.ts';
import { isLet } from './approvals.ts';
import { decisionPlanned } from './decide.ts';
import { verdictOf } from './obstacles.ts';
import { createdWith, emptyPlan, previewVerdict } from './plan.ts';
import { mustShow, readWritten } from './read-back.ts';
import type { RecordWork } from './record-work.ts';
import { isRefusal, REFUSALS } from './refusals.ts';
import { isAnotherThanMade } from './same-person.ts';
import { parked } from './verdict.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The record as it was made; null where it is not made now, and `state` says why. */
export async function create(work: RecordWork): Promise<Remote | null> {
  const { ifAbsent, onApproval, kind } = work.wanted;
  const approved = work.state.approvedAt !== null;
  if (ifAbsent !== null && !isLet(work.wanted, work.state)) {
    if (onApproval) planWhole(work);
    work.end(verdictOf(ifAbsent));
    return null;
  }
  // It does not heal by itself the next day: a thousand forged applicants must not drip in.
  const waitsForYou = work.state.askedAt !== null && !approved;
  if (!work.live) {
    const plan = planWhole(work);
    if (waitsForYou) overQuota(work);
    else work.end(previewVerdict(plan, work.connection));
    return null;
  }
  await work.step('intent');
  const attempt = waitsForYou ? null : await begin(work);
  if (attempt === null) {
    planWhole(work);
    overQuota(work);
    return null;
  }
  work.plan = { ...emptyPlan(), record: 'create', fields: createdWith(work.desired.fields) };
  await work.step('create');
  const { connector, capabilities } = work.connection;
  const created = await connector
    .create(kind, work.desired.fields, idempotencyKey(work), work.desired)
    .catch((error: unknown) => {
      if (error instanceof PushError && isRefusal(error.kind))
        work.state = { ...work.state, state: 'waiting', intent: null };
      throw error;
    });
  await work.step('created');
  if (!capabilities.local && (await isHeldBySomebodyElse(work, created.id)))
    return await letGo(work, attempt, created.id);
  attempt.remoteId = created.id;
  await work.learn({ state: 'waiting', remoteId: created.id, intent: null, askedAt: null });
  const shown = await readWritten(work, created);
  if (capabilities.readBack && isAnotherThanMade(work.connection, kind, shown, work.desired))
    return await letGo(work, attempt, created.id);
  mustShow(work, shown, work.desired.fields);
  attempt.outcome = 'done';
  return shown;
}

/** Whether the record is another tenant's of ours, or this one's for another unit. */
async function isHeldBySomebodyElse({ tools, state, connection, wanted }: RecordWork, id: RemoteId) {
  const holders = await tools.sync.holders(connection.name, wanted.kind, id);
  return holders.some(({ tenantId, place }) => tenantId !== state.tenantId || place !== state.place);
}

/** The create was answered with a record that is somebody else's: it is not ours to know, nor to write to. */
async function letGo(work: RecordWork, attempt: MadeAttempt, id: RemoteId): Promise<null> {
  const { label } = work.connection;
  const message = `${label} answered with another person's record when boomsync made one (there: ${id})`;
  Object.assign(attempt, { remoteId: null, outcome: 'another_person', message });
  work.end(
    parked(
      'another_person',
      message,
      `Look whether both are one person, or whether ${label} keeps one record for each e-mail address. One person: boomsync choose ${work.state.tenantId} ${id}. Else make a record for this person there, then run "boomsync retry".`,
      [id],
    ),
  );
  await work.learn({ remoteId: null, intent: null });
  return null;
}

/** Null where the day's quota is used up. */
async function begin(work: RecordWork): Promise<MadeAttempt | null> {
  const { capabilities, createsPerDay } = work.connection;
  const attempt = work.attempt('create', null, work.desired.fields);
  if (capabilities.local) return work.add(attempt, null);
  const begun = { ...work.state, state: 'creating' as const, intent: work.desired, updatedAt: work.at };
  // What was begun once had its place in the quota then.
  const unlimited =
    work.state.approvedAt !== null || work.state.intent !== null || !Number.isFinite(createsPerDay);
  const since = new Date(work.tools.now().getTime() - DAY_MS).toISOString();
  const quota = unlimited ? null : { most: createsPerDay, since, refusals: REFUSALS };
  const id = await work.tools.sync.saveIntent(begun, attempt, quota);
  if (id === null) return null;
  work.state = begun;
  return work.add(attempt, id);
}

function overQuota(work: RecordWork): void {
  const { label, name } = work.connection;
  const { tenantId } = work.state;
  work.state = { ...work.state, askedAt: work.state.askedAt ?? work.at };
  work.end(
    parked(
      'over_quota',
      `More new records in ${label} within a day than "createsPerDay" allows: this one waits for you`,
      `Look at it with "boomsync preview ${tenantId}". If it is right: boomsync approve ${name} ${tenantId}`,
    ),
  );
}

/** All that making it would come to. */
function planWhole(work: RecordWork) {
  const plan = {
    ...decisionPlanned(work),
    record: 'create' as const,
    fields: createdWith(work.desired.fields),
  };
  work.plan = plan;
  return plan;
}

/** The same for every try of the same create. */
function idempotencyKey(work: RecordWork): string {
  const { tenantId, connection, kind, place } = work.state;
  return createHash('sha256')
    .update([connection, kind, tenantId, place].join('\n'))
    .digest('hex')
    .slice(0, 32);
}
