/** One connection in short, by the same words as everything. */
import { expect, it } from 'vitest';
import { tileOf } from '../../src/dashboard/pages/connections/tile.ts';
import type { ConnectionStatus } from '../../src/operate/status.ts';

const WELL: ConnectionStatus = {
  name: 'oak',
  label: 'Buildium',
  mode: 'live',
  health: 'working',
  message: null,
  remedy: null,
  since: null,
  heals: false,
  pausedWhy: null,
  records: { waiting: 0, creating: 0, synced: 3, retrying: 0, parked: 0, skipped: 0 },
  quiet: 0,
  due: 0,
  settling: 0,
};

it.each<[string, Partial<ConnectionStatus>]>([
  ['in_line', {}],
  ['stopped', { health: 'broken' }],
  ['catching_up', { health: 'broken', heals: true }],
  ['paused', { health: 'paused', records: { ...WELL.records, parked: 1 } }],
  ['needs_you', { records: { ...WELL.records, parked: 1, retrying: 2 } }],
  ['catching_up', { due: 1 }],
  ['catching_up', { settling: 1 }],
  ['not_set_up', { mode: 'preview', records: { ...WELL.records, waiting: 2 } }],
])('is %s with %j', (verdict, change) => {
  expect(tileOf({ ...WELL, ...change }).verdict).toBe(verdict);
});

it('counts what waits by records or by tenants, whichever are more', () => {
  const records = { ...WELL.records, waiting: 1, retrying: 1 };
  expect(tileOf({ ...WELL, records, due: 1 })).toMatchObject({ inLine: 3, waiting: 2, needsYou: 0 });
  expect(tileOf({ ...WELL, records, due: 5 }).waiting).toBe(5);
});
