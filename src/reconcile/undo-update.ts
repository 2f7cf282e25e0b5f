/** Writes what was there before back into the fields where the PMS still shows what we wrote. */
import type { Remote } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import { stillOther } from './read-back.ts';
import { nothingLeft, type Taken, type UndoWork } from './undone.ts';

export async function undoUpdate(work: UndoWork, remote: Remote): Promise<Taken> {
  const { attempt, connection, dryRun } = work;
  const rules = connection.rules(attempt.kind);
  const written = Object.entries(attempt.changes ?? {});
  const ours = written.filter(([field, value]) => rules.same(field, value, remote.fields[field]));
  const fields = ours
    .map(([field]) => ({ field, from: remote.fields[field] ?? null, to: attempt.before?.[field] ?? null }))
    .filter(({ field, from, to }) => !rules.same(field, from, to));
  const edited = written.map(([field]) => field).filter((field) => !ours.some(([name]) => name === field));
  const said = { fields, edited, message: null, remedy: null };
  if (fields.length === 0) return nothingLeft(edited);
  if (dryRun) return { ...said, result: 'would' };
  await work.send(fields, () => writeBack(work, remote, fields));
  return { ...said, result: 'done' };
}

async function writeBack(work: UndoWork, remote: Remote, fields: Taken['fields']): Promise<void> {
  const { attempt, connection } = work;
  const { connector, label } = connection;
  const rules = connection.rules(attempt.kind);
  const changes = Object.fromEntries(fields.map(({ field, to }) => [field, to]));
  const whole = { ...remote.fields, ...changes };
  await connector.update(attempt.kind, remote.id, changes, whole, remote.record);
  const shown = await connector.read(attempt.kind, remote.id);
  const refused = fields.filter(({ field, to }) => !rules.same(field, to, shown?.fields[field]));
  work.remember((pushed) => {
    const left = fields.filter((field) => !refused.includes(field));
    const now = left.map(({ field, to }) => [field, shown?.fields[field] ?? to]);
    return { ...pushed, fields: { ...pushed.fields, ...Object.fromEntries(now) } };
  });
  if (refused.length === 0) return;
  const names = refused.map(({ field }) => field);
  throw new PushError('conflict', `We sent ${names.join(', ')} and ${label} still shows another value`, {
    remedy: stillOther(label).replace('boomsync will send it again', `Change it in ${label}`),
    fields: names,
  });
}
