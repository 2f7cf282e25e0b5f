/** Brings the fields of a record that is there in line: only those that differ, and only where they are ours. */
import type { Remote } from '../connect/contract.ts';
import { answersFor } from './answers.ts';
import { changesOf, conflictsOf, merge } from './merge.ts';
import { emptyPlan } from './plan.ts';
import { readBack } from './read-back.ts';
import type { RecordWork } from './record-work.ts';
import { parked, type Verdict } from './verdict.ts';

export interface Updated {
  remote: Remote;
  /** What a person is asked about these fields; null where there is nothing to ask. */
  verdict: Verdict | null;
}

export async function update(work: RecordWork, remote: Remote): Promise<Updated> {
  const { connector, capabilities } = work.connection;
  const { kind } = work.wanted;
  const pushed = work.state.pushed?.fields ?? null;
  const answers = answersFor(remote, work.state, work.rules);
  const fields = merge(work.desired.fields, remote.fields, pushed, work.rules, answers);
  const plan = { ...emptyPlan(), fields };
  work.plan = plan;
  const changes = changesOf(fields);
  const names = Object.keys(changes);
  if (names.length > 0 && !capabilities.updates.includes(kind))
    return { remote, verdict: cannotChange(work, names) };
  const conflicts = conflictsOf(fields);
  const verdict = conflicts.length > 0 ? editedThere(work, conflicts) : null;
  if (names.length === 0) return { remote, verdict };
  work.plan = { ...plan, record: 'update' };
  if (!work.live) return { remote, verdict };
  await work.step('update');
  // `remote` was read in this pass, so that where an update blanks what it leaves out, what somebody enters there in
  // between is lost only within that moment: no PMS here offers a condition on the write.
  const whole = { ...remote.fields, ...changes };
  const before = Object.fromEntries(names.map((name) => [name, remote.fields[name] ?? null]));
  const attempt = await work.begin('update', before, changes);
  await connector.update(kind, remote.id, changes, whole, remote.record);
  await work.step('updated');
  const shown = await readBack(work, { id: remote.id, fields: whole }, changes);
  attempt.outcome = 'done';
  return { remote: shown, verdict };
}

function editedThere(
  { connection: { label, name }, state: { tenantId } }: RecordWork,
  fields: string[],
): Verdict {
  return parked(
    'edited_there',
    `${label} has another value than Boom, and not from us: ${fields.join(', ')}`,
    `Theirs stays with "boomsync keep ${tenantId}", Boom's is sent with "boomsync use-boom ${tenantId}"; or correct it in Boom, or say who always wins under "fields:" in config/connections/${name}.yaml.`,
  );
}

function cannotChange({ connection: { label, name } }: RecordWork, fields: string[]): Verdict {
  return parked(
    'cannot_change',
    `${label} has another value than Boom, and lets nobody change it from outside: ${fields.join(', ')}`,
    `Change it in ${label}, or leave it to ${label} with "owner: pms" under "fields:" in config/connections/${name}.yaml.`,
  );
}
