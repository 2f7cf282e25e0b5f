/**
 * Makes remote equal desired for one record: look, compare, create or update with only the changes, read back, then
 * the decision and the notes.
 */
import type { Remote } from '../connect/contract.ts';
import { addNotes } from './add-notes.ts';
import { passByHand } from './by-hand.ts';
import { create } from './create.ts';
import { decide } from './decide.ts';
import { lookUp } from './lookup.ts';
import { verdictOf } from './obstacles.ts';
import { emptyPlan, planToKeep, previewVerdict, writes } from './plan.ts';
import type { RecordWork } from './record-work.ts';
import { undone } from './undone.ts';
import { withProposals } from './unit-list.ts';
import { update } from './update.ts';
import { SYNCED, type Verdict } from './verdict.ts';

/** Throws `PushError`; `work.state` and `work.attempts` then hold what was learned before. */
export async function passRecord(work: RecordWork): Promise<void> {
  if (work.state.heldAt !== null) {
    // Whoever took it back may have been stopped before it was said.
    if (work.state.cause !== 'undone') work.state = { ...work.state, ...undone(work.state.tenantId) };
    return;
  }
  const { obstacle, scope } = work.wanted;
  if (obstacle !== null) {
    work.state = { ...work.state, plan: null };
    work.end(await withProposals(verdictOf(obstacle), scope.unit, work.tools.units));
    return;
  }
  await desire(work);
  try {
    await (work.connection.capabilities.byHand ? passByHand(work) : passOver(work));
  } finally {
    if (work.plan !== null) work.state = { ...work.state, plan: planToKeep(work.plan) };
  }
}

async function passOver(work: RecordWork): Promise<void> {
  await work.step('look');
  const found = await lookUp(work);
  work.plan = emptyPlan();
  if (found === 'ended') return;
  if (found === null) {
    const created = await create(work);
    if (created !== null) await settle(work, created, null);
    return;
  }
  const { remote, verdict } = await update(work, found);
  await settle(work, remote, verdict);
}

async function desire(work: RecordWork): Promise<void> {
  const { scope, kind, place } = work.wanted;
  const fields = await work.connection.desire(kind, scope);
  work.desired = { tenantId: scope.tenant.id, place, key: scope.key, ...scope.person, fields };
}

/** What is left once the fields are there: the decision, the notes, the verdict. */
async function settle(work: RecordWork, remote: Remote, asked: Verdict | null): Promise<void> {
  work.remember(remote);
  const { note, verdict } = await decide(work, remote.id);
  const { notes, unsettled } = work.wanted;
  const unseen = await addNotes(work, remote.id, note === null ? notes : [...notes, note]);
  const unit = unsettled && verdictOf(unsettled);
  // Of several that need a person the first is told, and what only waits comes last.
  const told = [asked, verdict, unseen, unit].filter((said) => said !== null);
  work.end(told.find(({ state }) => state === 'parked') ?? told[0] ?? allIsWell(work));
}

function allIsWell({ plan, live, unsaid, connection }: RecordWork): Verdict {
  if (!live && plan !== null && writes(plan)) return previewVerdict(plan, connection);
  const { local, find } = connection.capabilities;
  // A list of ours and a receiver of messages are told everything in fields.
  if (!unsaid || local || find === 'none') return SYNCED;
  const said = `${connection.label} has no place for what Boom decided or reports, and takes no notes: it is shown here only`;
  return { ...SYNCED, message: said };
}
