/** What another process asks of the running server: a short insert that it carries out and answers. */
import type { Knex } from 'knex';

/** How long an answer waits to be taken. */
const UNTAKEN_MS = 60 * 60_000;

export interface Command {
  id: number;
  name: string;
  args: unknown;
}

export interface CommandStore {
  ask(name: string, args: unknown, at: string): Promise<number>;
  open(): Promise<Command[]>;
  answer(id: number, result: unknown, at: string): Promise<void>;
  /** Undefined while it is not done. What was taken is not kept: it may hold people's data. */
  take(id: number): Promise<unknown>;
}

export function createCommandStore(knex: Knex): CommandStore {
  return {
    async ask(name, args, at) {
      // Whoever asked for these did not wait for the answer.
      await knex('commands')
        .where('done_at', '<', new Date(Date.parse(at) - UNTAKEN_MS).toISOString())
        .delete();
      const rows = await knex('commands')
        .insert({ name, args: JSON.stringify(args), created_at: at })
        .returning('id');
      return Number(rows[0].id);
    },
    async open() {
      const rows = await knex('commands').whereNull('done_at').orderBy('id').select('id', 'name', 'args');
      return rows.map((row) => ({
        id: Number(row.id),
        name: row.name,
        args: JSON.parse(row.args) as unknown,
      }));
    },
    async answer(id, result, at) {
      await knex('commands')
        .where({ id })
        .update({ done_at: at, result: JSON.stringify(result) });
    },
    async take(id) {
      const row = await knex('commands').where({ id }).first('done_at', 'result');
      if (!row?.done_at) return undefined;
      await knex('commands').where({ id }).delete();
      return JSON.parse(row.result) as unknown;
    },
  };
}
