/**
 * Writes that are asked for within a few turns of the event loop share one transaction, and so one sync of the disk:
 * what several passes at work at once have to keep before they go on.
 */
import type { Knex } from 'knex';
import { type Steps, writeAtOnce } from './sqlite-client.ts';

interface Write {
  steps: () => Steps<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** With nothing else to do they are over within microseconds; with much to do that many more passes get as far. */
const TURNS = 5;

const gathering = new WeakMap<Knex, Write[]>();

/** Resolves once it is on disk. One that fails is undone alone; the others of its group are kept. */
export function writeTogether<Result>(knex: Knex, steps: () => Steps<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const write: Write = { steps, resolve: (result) => resolve(result as Result), reject };
    const group = gathering.get(knex);
    if (group !== undefined) {
      group.push(write);
      return;
    }
    const first = [write];
    gathering.set(knex, first);
    afterTurns(TURNS, () => {
      gathering.delete(knex);
      void writeGroup(knex, first);
    });
  });
}

function afterTurns(turns: number, then: () => void): void {
  setImmediate(turns > 1 ? () => afterTurns(turns - 1, then) : then);
}

async function writeGroup(knex: Knex, group: readonly Write[]): Promise<void> {
  if (group.length > 1) {
    try {
      const results = await writeAtOnce(knex, function* () {
        const all: unknown[] = [];
        for (const { steps } of group) all.push(yield* steps());
        return all;
      });
      for (const [index, { resolve }] of group.entries()) resolve(results[index]);
      return;
    } catch {
      // Nothing of it was kept: each alone says whose fault it was.
    }
  }
  for (const { steps, resolve, reject } of group) await writeAtOnce(knex, steps).then(resolve, reject);
}
