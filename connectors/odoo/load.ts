/** Making a record by `load`, Odoo's own import: under an external id, so that the same row sent twice is one record. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PushError } from '../../src/http/push-error.ts';
import type { Odoo } from './calls.ts';
import { listOf, membersOf, textOf } from './members.ts';
import type { Model } from './models.ts';

/** A row that lost to another transaction is sent again so often, after some hundred milliseconds. */
const TRIES = 4;

/** Odoo's column and what is to stand there. */
export type Row = [column: string, value: string][];

/** Returns the record's id. Throws `PushError`; what ends in one has written nothing, unless its outcome is unknown. */
export async function load(
  calls: Odoo,
  model: Model,
  key: string,
  row: Row,
  context: object,
  label: string,
): Promise<number> {
  const given = {
    fields: ['id', ...row.map(([column]) => column)],
    data: [[externalId(key, row), ...row.map(([, value]) => value)]],
    context,
  };
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const { ids, messages } = membersOf(await calls.call(model.name, 'load', given, true));
    const [id] = listOf(ids);
    if (typeof id === 'number') return id;
    const said = listOf(messages);
    if (ids !== false || said.length === 0) throw unreadable(label);
    if (!said.some(isSerialization)) throw refused(label, model, said);
    await wait(50 * tried + Math.random() * 100);
  }
  throw new PushError('transient', `${label} was too busy to make the record.`, {
    remedy: 'Nothing to do: nothing was written, and it is tried again by itself.',
  });
}

/**
 * Of the record and of all that it is made of: another installation of ours may have used the same key for somebody
 * else, whose record `load` would write over.
 */
function externalId(key: string, row: Row): string {
  const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
  return `boomsync.${key}_${hash.slice(0, 12)}`;
}

function isSerialization(message: unknown): boolean {
  return textOf(message, 'message').includes('could not serialize access');
}

/** Names our fields: Odoo's messages quote the values. */
function refused(label: string, { columns }: Model, said: unknown[]): PushError {
  const theirs = said.map((message) => textOf(message, 'field'));
  const fields = Object.keys(columns).filter((name) => theirs.includes(columns[name] ?? ''));
  const names = fields.length === 0 ? '' : `: ${fields.join(', ')}`;
  return new PushError('invalid', `${label} did not accept what we sent${names}.`, {
    remedy:
      'Correct it in Boom; or Odoo asks for a field that boomsync does not send: make it optional there.',
    fields,
  });
}

function unreadable(label: string): PushError {
  return new PushError('unknown_outcome', `${label} did not say which record it made.`, {
    remedy: 'Nothing to do: we look for the record before anything is sent again.',
  });
}
