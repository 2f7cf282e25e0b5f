/**
 * What else may hold somebody's name: messages that wait to be sent, answers that nobody took, what a page is still to
 * show, and what was found of others in a PMS. None of it is needed.
 */
import type { Knex } from 'knex';

/** True where a text holds what is looked for. */
export type Holds = (text: string) => boolean;

interface Place {
  table: string;
  key: string;
  texts: string[];
  /** What the texts become; `delete`: the row goes. */
  become: Record<string, string | null> | 'delete';
  where?: string;
}

const PLACES: readonly Place[] = [
  { table: 'outbox', key: 'id', texts: ['message', 'error'], become: { message: null, error: null } },
  { table: 'alerts', key: 'cause', texts: ['title'], become: { title: '' } },
  { table: 'sessions', key: 'id', texts: ['flash'], become: { flash: null } },
  { table: 'commands', key: 'id', texts: ['args', 'result'], become: 'delete', where: 'done_at is not null' },
  {
    table: 'connections',
    key: 'name',
    texts: ['message', 'remedy'],
    become: { message: null, remedy: null },
  },
];

/** Rows of a table without an end at once. */
const PAGE = 200;

/** Returns how many rows of each table held it. */
export async function scrubOthers(
  knex: Knex,
  holds: Holds,
  dryRun: boolean,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const place of PLACES) found[place.table] = await scrub(knex, place, holds, dryRun);
  found.candidates = await scrubStates(knex, holds, dryRun);
  return found;
}

async function scrub(knex: Knex, { table, key, texts, become, where }: Place, holds: Holds, dryRun: boolean) {
  const rows: Record<string, string | null>[] = await knex(table)
    .modify((query) => {
      if (where !== undefined) query.whereRaw(where);
    })
    .select([key, ...texts]);
  const held = rows.filter((row) => texts.some((text) => holds(row[text] ?? '')));
  for (const row of dryRun ? [] : held) {
    const own = knex(table).where(key, row[key] as string);
    await (become === 'delete' ? own.delete() : own.update(become));
  }
  return held.length;
}

/** Records of others may name this one as somebody who may be them. */
async function scrubStates(knex: Knex, holds: Holds, dryRun: boolean): Promise<number> {
  let count = 0;
  const newest = await knex('sync_states')
    .max({ row: knex.raw('rowid') as unknown as string })
    .first();
  const last = Number((newest as { row: number | null } | undefined)?.row ?? 0);
  for (let from = 0; from < last; from += PAGE) {
    const rows: { row: number; candidates: string }[] = await knex('sync_states')
      .whereRaw('rowid > ? and rowid <= ? and candidates is not null', [from, from + PAGE])
      .select(knex.raw('rowid as row'), 'candidates');
    for (const { row } of rows.filter(({ candidates }) => holds(candidates))) {
      count += 1;
      if (!dryRun) await knex('sync_states').whereRaw('rowid = ?', [row]).update({ candidates: null });
    }
    await new Promise(setImmediate);
  }
  return count;
}
