import { describe, expect, it } from 'vitest';
import type { Steps } from '../../src/store/sqlite-client.ts';
import { writeTogether } from '../../src/store/write-together.ts';
import { openTestStore } from '../support/store.ts';

const marking = (seconds: number, requests: number | null) =>
  function* (): Steps<number> {
    yield {
      sql: 'insert into spent_requests (connection, seconds, slot, requests) values (?, ?, 0, ?)',
      bindings: ['oak', seconds, requests],
    };
    return seconds;
  };

describe('writes of one turn', () => {
  it('are on disk together, and each is told its own result', async () => {
    const { knex } = await openTestStore();
    const writes = [1, 2, 3].map((seconds) => writeTogether(knex, marking(seconds, 1)));
    expect(await Promise.all(writes)).toEqual([1, 2, 3]);
    expect(await knex('spent_requests').orderBy('seconds').pluck('seconds')).toEqual([1, 2, 3]);
  });

  it('are kept without the one that fails', async () => {
    const { knex } = await openTestStore();
    const results = await Promise.allSettled([
      writeTogether(knex, marking(1, 1)),
      writeTogether(knex, marking(2, null)),
      writeTogether(knex, marking(3, 1)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await knex('spent_requests').orderBy('seconds').pluck('seconds')).toEqual([1, 3]);
  });

  it('share one transaction', async () => {
    const { knex } = await openTestStore();
    const seen: number[] = [];
    const counting = function* (): Steps<void> {
      const [row] = yield { sql: 'select count(*) as n from spent_requests', bindings: [] };
      seen.push((row as { n: number }).n);
      yield* marking(10 + seen.length, 1)();
      if (seen.length === 2) throw new Error('the second of them');
    };
    const both = await Promise.allSettled([writeTogether(knex, counting), writeTogether(knex, counting)]);
    // Undone together, and then each alone: the first found nothing again.
    expect(seen).toEqual([0, 1, 0, 1]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });
});
