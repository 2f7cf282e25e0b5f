/** Sets the former decision where the PMS still shows ours, and has a way to set that one. */
import type { Remote } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import { LEASING } from '../project/tenant.ts';
import { byHand, nothingLeft, type Taken, type UndoWork } from './undone.ts';

export async function undoDecision(work: UndoWork, remote: Remote): Promise<Taken> {
  const { attempt, connection, dryRun } = work;
  const { connector, label } = connection;
  const ours = attempt.changes?.decision ?? null;
  const there = (await connector.decision?.(attempt.kind, remote.id)) ?? null;
  if (there === null || there.value !== ours || ours === null) return nothingLeft(['decision']);
  const former = formerly(work);
  if (former === null || there.locked)
    return byHand(
      there.locked
        ? `The record in ${label} is on a lease`
        : `${label} does not take back what was there before`,
      `Set the decision in ${label} as you want it.`,
    );
  const fields = [{ field: 'decision', from: ours, to: former }];
  const said = { fields, edited: [], message: null, remedy: null };
  if (former === ours) return nothingLeft(['decision']);
  if (dryRun) return { ...said, result: 'would' };
  await work.send(fields, async () => {
    await connector.decide?.(attempt.kind, remote.id, former);
    const shown = (await connector.decision?.(attempt.kind, remote.id)) ?? null;
    if (shown?.value !== former)
      throw new PushError('conflict', `We sent the former decision and ${label} still shows another`, {
        remedy: `Set the decision in ${label} as you want it.`,
      });
    work.remember((pushed) => ({ ...pushed, decision: former }));
  });
  return { ...said, result: 'done' };
}

/** What stood there before; an open one that cannot be set again is the PMS's word for "not decided". */
function formerly({ attempt, connection }: UndoWork): string | null {
  const { decisionFor } = connection;
  const settable = LEASING.map((leasing) => decisionFor(leasing, attempt.kind));
  const before = attempt.before?.decision ?? null;
  if (typeof before === 'string' && settable.includes(before)) return before;
  return attempt.before?.open === true ? decisionFor('in_review', attempt.kind) : null;
}
