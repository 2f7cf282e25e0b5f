import { expect, it } from 'vitest';
import type { Attempt } from '../../src/store/attempts.ts';
import { lastDoneOf } from '../../src/store/last-confirmed.ts';
import { openTestStore } from '../support/store.ts';

const attempt = (connection: string, outcome: string, at: string): Attempt => ({
  tenantId: 't1',
  connection,
  kind: 'applicant',
  place: 'p1',
  action: 'update',
  outcome,
  message: null,
  before: null,
  changes: null,
  remoteId: '1',
  at,
});

it('is the last try of that connection that was done', async () => {
  const { stores } = await openTestStore();
  expect(await stores.connections.lastConfirmed('oak')).toBeNull();
  await stores.attempts.save(attempt('oak', 'done', '2026-11-01T10:00:00.000Z'));
  await stores.attempts.save(attempt('oak', 'done', '2026-11-02T10:00:00.000Z'));
  await stores.attempts.save(attempt('oak', 'transient', '2026-11-03T10:00:00.000Z'));
  await stores.attempts.save(attempt('elm', 'done', '2026-11-04T10:00:00.000Z'));
  expect(await stores.connections.lastConfirmed('oak')).toBe('2026-11-02T10:00:00.000Z');
});

it('steps back over an index, so that it takes as long with a million tries', async () => {
  const { knex } = await openTestStore();
  const { sql, bindings } = lastDoneOf(knex, 'oak').toSQL().toNative();
  const plan = (await knex.raw(`explain query plan ${sql}`, [...bindings])) as { detail: string }[];
  const details = plan.map(({ detail }) => detail).join('\n');
  expect(details).toMatch(/SEARCH attempts USING INDEX \S*connection_id\S* \(connection=\?\)/);
  expect(details).not.toContain('SCAN attempts');
});
