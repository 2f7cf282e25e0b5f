import { describe, expect, it } from 'vitest';
import { aboutNth } from '../support/people.ts';
import { openTestStore } from '../support/store.ts';

const ALL = { after: 0, limit: 100 };
const LATER = '2027-01-01T00:00:00.000Z';
const row = { tenant_id: 't1', connection: 'oak', kind: 'applicant', place: 'p1', outcome: 'done' };

describe('what retention finds', () => {
  it('is what was used, apart from what could not be; never what waits', async () => {
    const { stores, deliver, project, knex } = await openTestStore();
    await deliver(aboutNth(1, 'applicant_submitted'));
    await deliver({ event: 'some_later_event' });
    await project();
    await deliver(aboutNth(2, 'applicant_submitted'));
    const events = await knex('inbox').orderBy('id').select('status', 'normalised');
    expect(events.map(({ status, normalised }) => [status, normalised !== null])).toEqual([
      ['projected', true],
      ['ignored', false],
      ['received', false],
    ]);
    const { bodies } = stores.retention;
    expect((await bodies(ALL, { used: LATER, unused: null })).ids).toEqual([1]);
    // A later version may know it.
    expect((await bodies(ALL, { used: null, unused: LATER })).ids).toEqual([2]);
    expect(await bodies(ALL, { used: '2026-01-01', unused: '2026-01-01' })).toMatchObject({
      rows: 3,
      ids: [],
    });
    expect(await bodies({ after: 1, limit: 1 }, { used: null, unused: null })).toMatchObject({
      rows: 1,
      last: 2,
    });
  });

  it('leaves alone what was made to wait again meanwhile', async () => {
    const { stores, deliver, project, knex } = await openTestStore();
    await deliver(aboutNth(1, 'applicant_submitted'));
    await project();
    await stores.inbox.requeue([1]);
    await stores.retention.clearBodies([1]);
    expect((await knex('inbox').first()).body).not.toBe(null);
  });

  it('keeps decisions longer than the rest of what was written', async () => {
    const { stores, knex } = await openTestStore();
    for (const action of ['create', 'decide', 'look'])
      await knex('attempts').insert({ ...row, action, at: '2024-01-01T00:00:00.000Z' });
    const limits = { decisions: '2020-01-01', others: '2025-01-01' };
    expect((await stores.retention.attempts(ALL, limits)).ids).toEqual([1, 3]);
    await stores.retention.deleteAttempts([1, 3]);
    expect(await knex('attempts').select('action')).toEqual([{ action: 'decide' }]);
  });

  it('forgets commands that nobody waits for', async () => {
    const { stores, knex } = await openTestStore();
    await stores.commands.ask('retry', {}, '2026-11-20T00:00:00.000Z');
    await stores.commands.ask('retry', {}, '2026-11-23T00:00:00.000Z');
    expect(await stores.retention.deleteCommands('2026-11-22T00:00:00.000Z')).toBe(1);
    expect(await knex('commands')).toHaveLength(1);
  });
});
