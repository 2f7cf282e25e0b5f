/** Writes what was there before back into the fields where the PMS still shows what we wrote. */
import type { FieldValue, Remote } from '../connect/contract.ts';
import { PushError, type PushErrorKind } from '../http/push-error.ts';
import { stillOther } from './read-back.ts';
import { emptiedByHand, nothingLeft, type Taken, type UndoWork } from './undone.ts';

/** What becomes of the write, and of each field that only a person can empty again. */
export async function undoUpdate(work: UndoWork, remote: Remote): Promise<Taken[]> {
  const { attempt, connection, dryRun } = work;
  const rules = connection.rules(attempt.kind);
  const written = Object.entries(attempt.changes ?? {});
  const ours = written.filter(([field, value]) => rules.same(field, value, remote.fields[field]));
  const fields = ours
    .map(([field]) => ({ field, from: remote.fields[field] ?? null, to: attempt.before?.[field] ?? null }))
    .filter(({ field, from, to }) => !rules.same(field, from, to));
  const edited = written.map(([field]) => field).filter((field) => !ours.some(([name]) => name === field));
  if (fields.length === 0) return [nothingLeft(edited)];
  const possible = fields.filter(({ field, to }) => !(isEmpty(to) && rules.required(field)));
  const left = dryRun ? [] : await takeBack(work, remote, possible);
  const byHand = fields.filter((one) => !possible.includes(one) || left.includes(one));
  const taken = fields.filter((one) => !byHand.includes(one));
  const said: Taken = {
    result: dryRun ? 'would' : 'done',
    fields: taken,
    edited,
    message: null,
    remedy: null,
  };
  return [
    ...(taken.length > 0 ? [said] : []),
    ...byHand.map(({ field }) => emptiedByHand(field, connection.label)),
  ];
}

function isEmpty(value: FieldValue): boolean {
  return value === null || value === '';
}

/** What had a value goes first: whether a PMS lets a field be emptied only the try tells. Returns what is left. */
async function takeBack(work: UndoWork, remote: Remote, fields: Taken['fields']): Promise<Taken['fields']> {
  const restored = fields.filter(({ to }) => !isEmpty(to));
  const emptied = fields.filter(({ to }) => isEmpty(to));
  const now = restored.length > 0 ? await sendBack(work, remote, restored) : remote;
  if (emptied.length === 0) return [];
  try {
    await sendBack(work, now, emptied);
    return [];
  } catch (error) {
    if (!(error instanceof PushError) || !NOT_EMPTIED.has(error.kind)) throw error;
    const named = emptied.filter(({ field }) => error.kind === 'conflict' && error.fields.includes(field));
    return named.length > 0 ? named : emptied;
  }
}

/** A PMS refuses it, or answers as if it had been done. */
const NOT_EMPTIED: ReadonlySet<PushErrorKind> = new Set(['invalid', 'forbidden', 'conflict']);

/** The record as it is shown then. Throws `conflict` where it does not show what was there before. */
async function sendBack(work: UndoWork, remote: Remote, fields: Taken['fields']): Promise<Remote> {
  let now = remote;
  await work.send(fields, async () => {
    const shown = await writeBack(work, remote, fields);
    mustBeBack(work, shown, fields);
    now = shown ?? remote;
  });
  return now;
}

function notBack({ connection, attempt }: UndoWork, shown: Remote | null, fields: Taken['fields']) {
  const rules = connection.rules(attempt.kind);
  return fields.filter(({ field, to }) => !rules.same(field, to, shown?.fields[field]));
}

/** Throws `conflict` where the PMS does not show what was there before. */
function mustBeBack(work: UndoWork, shown: Remote | null, fields: Taken['fields']): void {
  const names = notBack(work, shown, fields).map(({ field }) => field);
  if (names.length === 0) return;
  const { label } = work.connection;
  throw new PushError('conflict', `We sent ${names.join(', ')} and ${label} still shows another value`, {
    remedy: stillOther(label).replace('boomsync will send it again', `Change it in ${label}`),
    fields: names,
  });
}

/** Writes them, and returns the record as it is shown then. */
async function writeBack(work: UndoWork, remote: Remote, fields: Taken['fields']): Promise<Remote | null> {
  const { attempt, connection } = work;
  const { connector } = connection;
  const changes = Object.fromEntries(fields.map(({ field, to }) => [field, to]));
  const whole = { ...remote.fields, ...changes };
  await connector.update(attempt.kind, remote.id, changes, whole, remote.record);
  const shown = await connector.read(attempt.kind, remote.id);
  const refused = notBack(work, shown, fields);
  work.remember((pushed) => {
    const left = fields.filter((field) => !refused.includes(field));
    const now = left.map(({ field, to }) => [field, shown?.fields[field] ?? to]);
    return { ...pushed, fields: { ...pushed.fields, ...Object.fromEntries(now) } };
  });
  return shown;
}
