/** Brings the decision in line: as a status where the PMS has a place and a word for it, else as a note. */
import type { Note, RemoteDecision, RemoteId } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import type { Leasing } from '../project/tenant.ts';
import type { Plan } from '../store/sync.ts';
import { takesNotes } from './add-notes.ts';
import { answerDecision, type DecisionAnswer } from './decision.ts';
import { READ_LOOK_MS } from './lookup.ts';
import { lastSaysDecided, revertNote } from './notes.ts';
import { asLandlordWants, type DecisionToShow } from './on-end.ts';
import { emptyPlan } from './plan.ts';
import { stillOther } from './read-back.ts';
import type { RecordWork } from './record-work.ts';
import type { Verdict } from './verdict.ts';

export interface Decided {
  /** The note that says it. */
  note: Note | null;
  /** What the record ends with because of it; null where all is well. */
  verdict: Verdict | null;
}

const NOTHING: Decided = { note: null, verdict: null };

export async function decide(work: RecordWork, id: RemoteId): Promise<Decided> {
  if (work.wanted.decision === null) return NOTHING;
  const remote = (await work.connection.connector.decision?.(work.wanted.kind, id)) ?? null;
  const answer = answerFor(work, remote);
  const settling = settlesFor(work, answer);
  if (settling > 0) {
    work.lookAgain(settling);
    planAnswer(work, answer, remote);
    return { note: null, verdict: SETTLING };
  }
  // Boom signs no message: where it can be asked what it decided, it is, before anybody is told.
  if (work.live && isSent(work, answer) && (await work.tools.awaitsRead(work.wanted.scope.tenant))) {
    work.lookAgain(READ_LOOK_MS);
    planAnswer(work, answer, remote);
    return { note: null, verdict: AWAITS_DECISION };
  }
  switch (answer.do) {
    case 'nothing':
      work.unsaid ||= remote === null && (toShow(work)?.note ?? null) !== null;
      return NOTHING;
    case 'remember':
      work.rememberDecision(answer.value);
      return NOTHING;
    case 'note':
      return { note: answer.note, verdict: null };
    case 'park':
      return { note: null, verdict: answer.verdict };
    case 'set':
      planAnswer(work, { ...answer, note: null }, remote);
      if (work.live) await set(work, id, remote, answer.value);
      return { note: answer.note, verdict: null };
    default:
      return answer satisfies never;
  }
}

const SETTLING: Verdict = {
  state: 'waiting',
  cause: 'settling',
  message: 'Boom decided a moment ago: the decision is sent when it has stood for a while',
  remedy: null,
};

const AWAITS_DECISION: Verdict = {
  state: 'waiting',
  cause: 'fresh_read',
  message: 'boomsync is asking Boom for what it decided, before it says so',
  remedy: null,
};

/** Whether the answer sends something that is not there yet. */
function isSent(work: RecordWork, answer: DecisionAnswer): boolean {
  const said = work.state.pushed?.notes ?? [];
  return answer.do === 'set' || (answer.do === 'note' && !said.includes(answer.note.marker));
}

function toShow({ wanted: { decision }, connection: { onEnd } }: RecordWork): DecisionToShow | null {
  return decision === null ? null : asLandlordWants(decision, onEnd);
}

/** A conditional approval is no approval, whatever a manifest says. */
function wordFor({ connection, wanted: { kind } }: RecordWork, leasing: Leasing): string | null {
  const word = connection.decisionFor(leasing, kind);
  const isConditional = leasing === 'approved_with_conditions';
  return isConditional && word === connection.decisionFor('approved', kind) ? null : word;
}

/** What is to be done about the decision, by where it stands over there. */
export function answerFor(work: RecordWork, remote: RemoteDecision | null): DecisionAnswer {
  const { connection, wanted } = work;
  const { scope, kind, weak } = wanted;
  const show = toShow(work);
  if (show === null) return { do: 'nothing' };
  const { leasing, note, asStatus } = show;
  const at = scope.application?.since ?? work.at;
  return answerDecision({
    leasing,
    note,
    weak,
    resident: scope.residency !== null && scope.residency.status !== 'moved_out',
    canNote: takesNotes(connection),
    word: asStatus ? wordFor(work, leasing) : null,
    openWord: connection.decisionFor('in_review', kind),
    before: work.state.pushed?.decision ?? null,
    remote,
    noted: lastSaysDecided(work.state.pushed?.notes ?? []),
    revert: revertNote(at, work.tools.timezone),
    label: connection.label,
  });
}

/**
 * How long a decision is yet to stand before it is sent, in milliseconds: approving and taking back flap. It stands
 * from when Boom made it, and no longer than we have known of it: a time in a message is what somebody says. Never
 * longer than the landlord said, whatever Boom's clock shows. A preview does not wait.
 */
export function settlesFor(work: RecordWork, answer: DecisionAnswer): number {
  const since = work.wanted.scope.application?.since ?? null;
  const { decisionDelayMs } = work.connection;
  if (since === null || decisionDelayMs === 0) return 0;
  if (!isSent(work, answer)) return 0;
  const begun = Math.max(Date.parse(since), Date.parse(firstSeen(work, since)));
  const left = decisionDelayMs - (work.tools.now().getTime() - begun);
  return work.live ? Math.min(left, decisionDelayMs) : 0;
}

/** When a look first saw this decision; kept with the plan. */
function firstSeen(work: RecordWork, since: string): string {
  const plan = work.plan ?? emptyPlan();
  const decision = `${work.wanted.decision?.leasing} ${since}`;
  const before = work.state.plan?.settling;
  plan.settling = { decision, since: before?.decision === decision ? before.since : work.at };
  work.plan = plan;
  return plan.settling.since;
}

export function planAnswer(work: RecordWork, answer: DecisionAnswer, remote: RemoteDecision | null): void {
  const plan = work.plan ?? emptyPlan();
  if (answer.do === 'set') plan.decision = { from: remote?.value ?? null, to: answer.value };
  if ((answer.do === 'set' || answer.do === 'note') && answer.note !== null)
    plan.notes.push(answer.note.text);
  work.plan = plan;
}

/** The decision and the notes of a record that is still to be made: whether it will have a place is not known. */
export function decisionPlanned(work: RecordWork): Plan {
  const plan = emptyPlan();
  const { connection, wanted } = work;
  const canNote = takesNotes(connection);
  if (canNote) plan.notes.push(...wanted.notes.map(({ text }) => text));
  const show = toShow(work);
  if (show?.note && !wanted.weak) {
    const word = show.asStatus ? wordFor(work, show.leasing) : null;
    if (canNote) plan.notes.push(show.note.text);
    else if (connection.connector.decide && word !== null) plan.decision = { from: null, to: word };
  }
  return plan;
}

async function set(
  work: RecordWork,
  id: RemoteId,
  before: RemoteDecision | null,
  value: string,
): Promise<void> {
  const { connector, label } = work.connection;
  const { kind } = work.wanted;
  await work.step('decide');
  const attempt = await work.begin(
    'decide',
    { decision: before?.value ?? null, open: before?.open ?? true },
    { decision: value },
  );
  await connector.decide?.(kind, id, value);
  await work.step('decided');
  const shown = (await connector.decision?.(kind, id)) ?? null;
  if (shown?.value !== value) {
    throw new PushError('conflict', `We sent the decision and ${label} still shows another`, {
      remedy: stillOther(label),
    });
  }
  attempt.outcome = 'done';
  work.rememberDecision(value);
}
