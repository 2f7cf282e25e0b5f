/**
 * The pass for a PMS without an API: what is to be done there is compared with what a person last said they did, and
 * the difference is a task. No request is ever made.
 */
import type { RemoteDecision } from '../connect/contract.ts';
import { LEASING } from '../project/tenant.ts';
import { isLet } from './approvals.ts';
import { answerFor, planAnswer, settlesFor } from './decide.ts';
import { changesOf, merge } from './merge.ts';
import { verdictOf } from './obstacles.ts';
import { createdWith, emptyPlan, previewVerdict, writes } from './plan.ts';
import type { RecordWork } from './record-work.ts';
import { parked, SYNCED, type Verdict } from './verdict.ts';

export async function passByHand(work: RecordWork): Promise<void> {
  const { wanted, state, connection } = work;
  const isThere = state.pushed !== null;
  if (!isThere && wanted.ifAbsent !== null && !isLet(wanted, state)) {
    work.plan = emptyPlan();
    work.end(verdictOf(wanted.ifAbsent));
    return;
  }
  const plan = { ...emptyPlan(), ...fieldsOf(work) };
  work.plan = plan;
  const verdict = planDecision(work);
  const said = state.pushed?.notes ?? [];
  if (connection.capabilities.notes === 'staff')
    plan.notes.push(...wanted.notes.filter(({ marker }) => !said.includes(marker)).map(({ text }) => text));
  if (writes(plan)) work.end(work.live ? task(work) : previewVerdict(plan, connection));
  else work.end(verdict ?? (wanted.unsettled === null ? SYNCED : verdictOf(wanted.unsettled)));
}

function fieldsOf({ state: { pushed }, desired, rules }: RecordWork) {
  if (pushed === null) return { record: 'create' as const, fields: createdWith(desired.fields) };
  const fields = merge(desired.fields, pushed.fields, pushed.fields, rules);
  const changes = Object.keys(changesOf(fields)).length > 0;
  return { record: changes ? ('update' as const) : ('none' as const), fields };
}

/** Returns what a person is asked about it, or how long it waits. */
function planDecision(work: RecordWork): Verdict | null {
  const { connection, wanted } = work;
  const hasPlace = LEASING.some((leasing) => connection.decisionFor(leasing, wanted.kind) !== null);
  const value = work.state.pushed?.decision ?? null;
  const remote: RemoteDecision | null = hasPlace ? { value, open: value === null, locked: false } : null;
  const answer = answerFor(work, remote);
  if (answer.do === 'park') return answer.verdict;
  if (answer.do === 'note' && work.state.pushed?.notes.includes(answer.note.marker)) return null;
  const settling = settlesFor(work, answer);
  if (settling > 0) {
    work.lookAgain(settling);
    return SETTLING_BY_HAND;
  }
  planAnswer(work, answer, remote);
  return null;
}

const SETTLING_BY_HAND: Verdict = {
  state: 'waiting',
  cause: 'settling',
  message: 'Boom decided a moment ago: you are asked when the decision has stood for a while',
  remedy: null,
};

function task({ connection: { label, name }, state: { tenantId } }: RecordWork): Verdict {
  return parked(
    'by_hand',
    `Something is to be done by hand in ${label}`,
    `Do what "boomsync preview ${tenantId}" shows, then run: boomsync done ${tenantId} ${name}`,
  );
}
