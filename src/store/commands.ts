/** What another process asks of the running server: a short insert that it carries out and answers. */
import type { Knex } from 'knex';

/** How long an answer waits to be taken. */
const UNTAKEN_MS = 60 * 60_000;

export interface Command {
  id: number;
  name: string;
  args: unknown;
  /** UTC ISO 8601. */
  askedAt: string;
}

export interface CommandStore {
  ask(name: string, args: unknown, at: string): Promise<number>;
  open(): Promise<Command[]>;
  isOpen(id: number): Promise<boolean>;
  /** Nobody waits for it: where it is not begun yet it never is. */
  withdraw(id: number): Promise<void>;
  /** The first answer stands. */
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
      const rows = await knex('commands')
        .whereNull('done_at')
        .orderBy('id')
        .select('id', 'name', 'args', 'created_at');
      return rows.map((row) => ({
        id: Number(row.id),
        name: row.name,
        args: JSON.parse(row.args) as unknown,
        askedAt: row.created_at,
      }));
    },
    async isOpen(id) {
      return (await knex('commands').where({ id }).whereNull('done_at').first('id')) !== undefined;
    },
    async withdraw(id) {
      await knex('commands').where({ id }).whereNull('done_at').delete();
    },
    async answer(id, result, at) {
      await knex('commands')
        .where({ id })
        .whereNull('done_at')
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
