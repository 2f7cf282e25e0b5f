import { expect, it } from 'vitest';
import { tasksOf } from '../../src/operate/tasks.ts';
import type { Plan } from '../../src/store/sync.ts';

const NOTHING: Plan = { record: 'none', fields: [], decision: null, notes: [] };
const tasks = (plan: Partial<Plan>) => tasksOf({ ...NOTHING, ...plan }, 'Jane Doe, unit 4B', 'TenantCloud');
const phone = { field: 'Phone', boom: '(512) 555-0143', there: null, does: 'write' } as const;

it.each<[string, Partial<Plan>, string[]]>([
  [
    'a new record',
    { record: 'create', fields: [phone] },
    ['In TenantCloud add Jane Doe, unit 4B: Phone (512) 555-0143'],
  ],
  [
    'a new record of which nothing more is known',
    { record: 'create' },
    ['In TenantCloud add Jane Doe, unit 4B'],
  ],
  [
    'a field',
    { record: 'update', fields: [phone] },
    ['In TenantCloud change for Jane Doe, unit 4B: Phone (512) 555-0143'],
  ],
  [
    'a field that is to be emptied',
    { record: 'update', fields: [{ ...phone, boom: null }] },
    ['In TenantCloud change for Jane Doe, unit 4B: Phone (empty)'],
  ],
  [
    'a decision',
    { decision: { from: null, to: 'Approved' } },
    ['In TenantCloud set Jane Doe, unit 4B, to Approved'],
  ],
  [
    'a note, without what boomsync knows its own by',
    { notes: ['BoomScreen: approved on 12 Nov. [boomsync approved 2026-11-12T10:00Z]'] },
    ['In TenantCloud write down for Jane Doe, unit 4B: BoomScreen: approved on 12 Nov.'],
  ],
  ['nothing', {}, []],
])('says in a sentence what is to be done: %s', (_what, plan, sentences) => {
  expect(tasks(plan)).toEqual(sentences);
});
