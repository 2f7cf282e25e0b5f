import { describe, expect, it } from 'vitest';
import type { GapReport } from '../../src/operate/gaps.ts';
import { type Facts, verdictOf } from '../../src/operate/verdict.ts';

const DAY = 24 * 60 * 60_000;
const RECORDS = { waiting: 0, creating: 0, synced: 2, retrying: 0, parked: 0, skipped: 0 };
const CONNECTION: Facts['connections'][number] = {
  name: 'oak',
  label: 'Buildium',
  mode: 'live',
  health: 'working',
  message: null,
  remedy: null,
  since: null,
  heals: false,
  pausedWhy: null,
  records: RECORDS,
  quiet: 0,
  due: 0,
  settling: 0,
};
const ACCOUNT: Facts['boom']['accounts'][number] = {
  name: 'main',
  api: 'working',
  message: null,
  remedy: null,
  waiting: 0,
};
const EVENTS = { total: 5, lastAt: null, received: 0, projected: 5, ignored: 0, failed: 0, quarantined: 0 };
const WELL: Facts = {
  server: { running: true, address: null },
  tenants: { total: 2, inLine: 2, waitingForBoom: 0, held: 0, weaklyJoined: 0 },
  events: EVENTS,
  connections: [CONNECTION],
  backup: { on: true, lastVerifiedAt: null, failure: null, overdue: false },
  boom: {
    accounts: [ACCOUNT],
    gaps: [],
    silence: { lastAt: null, silentMs: 0, usualGapMs: null, quiet: false },
    pushFailures: 0,
    unconfirmed: 0,
  },
};
const GAP: GapReport = {
  id: 1,
  from: '2026-11-03T14:02:00.000Z',
  to: '2026-11-03T14:31:00.000Z',
  state: 'read_back',
  unread: [],
  recovered: { changes: 0, tenants: 0 },
  unconfirmed: { leasing: 0, reporting: 2 },
};

const boom = (changes: Partial<Facts['boom']>): Facts => ({ ...WELL, boom: { ...WELL.boom, ...changes } });
const connection = (changes: Partial<typeof CONNECTION>): Facts => ({
  ...WELL,
  connections: [{ ...CONNECTION, ...changes }],
});
const api = (changes: Partial<typeof ACCOUNT>): Facts => boom({ accounts: [{ ...ACCOUNT, ...changes }] });

const CASES: [name: string, facts: Facts, verdict: string, says: string][] = [
  ['all is well', WELL, 'in_line', 'All 2 tenants are in line.'],
  ['no server runs', { ...WELL, server: { running: false, address: null } }, 'stopped', 'npm start'],
  [
    'a connection is broken',
    connection({ health: 'broken', message: 'Buildium refused our key.', due: 2 }),
    'stopped',
    '2 tenants wait',
  ],
  [
    'a PMS has not answered for a moment',
    connection({ health: 'broken', heals: true, since: '2026-11-03T14:02:00.000Z', due: 2 }),
    'catching_up',
    'Buildium has not answered since 3 Nov 14:02, and is tried again by itself. 2 tenants wait.',
  ],
  [
    'something is parked',
    connection({ records: { ...RECORDS, parked: 1 } }),
    'needs_you',
    '1 thing needs you',
  ],
  [
    'what is parked is quiet',
    {
      ...connection({ quiet: 1 }),
      tenants: { total: 2, inLine: 1, waitingForBoom: 0, held: 0, weaklyJoined: 0 },
    },
    'in_line',
    '1 of 2 tenants in line. You put 1 thing aside.',
  ],
  [
    'a person holds one back',
    { ...WELL, tenants: { total: 2, inLine: 1, waitingForBoom: 0, held: 1, weaklyJoined: 0 } },
    'in_line',
    '1 of 2 tenants in line. You hold back 1 record.',
  ],
  ['an event failed', { ...WELL, events: { ...EVENTS, failed: 1 } }, 'needs_you', '1 thing needs you'],
  [
    'only name, e-mail and phone join somebody',
    { ...WELL, tenants: { total: 2, inLine: 2, waitingForBoom: 0, held: 0, weaklyJoined: 1 } },
    'needs_you',
    '1 thing needs you',
  ],
  ['Boom’s own push failed', boom({ pushFailures: 2 }), 'needs_you', '2 things need you'],
  [
    'Boom refuses our keys',
    api({ api: 'refused', message: 'Boom refused our key.', remedy: 'Check api.' }),
    'needs_you',
    'received all the same',
  ],
  [
    'Boom’s API is silent',
    api({ api: 'broken', message: 'Boom did not answer.' }),
    'catching_up',
    'received all the same',
  ],
  [
    'something is tried again',
    connection({ records: { ...RECORDS, retrying: 1 } }),
    'catching_up',
    'under way',
  ],
  [
    'Boom is to say more',
    { ...WELL, tenants: { total: 2, inLine: 1, waitingForBoom: 1, held: 0, weaklyJoined: 0 } },
    'catching_up',
    'we wait',
  ],
  [
    'a decision settles',
    connection({ settling: 1, records: { ...RECORDS, waiting: 1 } }),
    'catching_up',
    '1 decision settles for a few minutes first',
  ],
  [
    'the landlord paused a connection',
    connection({ health: 'paused', since: '2026-11-03T14:02:00.000Z', due: 2 }),
    'paused',
    'You paused oak (Buildium) on 3 Nov 14:02. 2 tenants wait.',
  ],
  [
    'a paused connection has parked records',
    connection({ health: 'paused', records: { ...RECORDS, parked: 1 } }),
    'needs_you',
    '1 thing needs you',
  ],
  [
    'a backup was restored',
    connection({ health: 'paused', pausedWhy: 'restored', since: '2026-11-03T14:02:00.000Z' }),
    'paused',
    'restored on 3 Nov 14:02: nothing is sent to Buildium until you have compared. npx boomsync preview oak',
  ],
  [
    'no backup was made for a week',
    { ...WELL, backup: { ...WELL.backup, lastVerifiedAt: '2026-11-03T02:30:00.000Z', overdue: true } },
    'needs_you',
    'No backup since 3 Nov 02:30. npx boomsync backup',
  ],
  [
    'Boom is quieter than usual',
    boom({ silence: { lastAt: null, silentMs: 19 * DAY, usualGapMs: 2 * DAY, quiet: true } }),
    'quiet',
    'No message from Boom for 19 days (you usually get one every 2). This may be normal. Ask Boom',
  ],
  ['nothing has come', { ...WELL, events: { ...EVENTS, total: 0 } }, 'not_set_up', 'Nothing has arrived'],
  [
    'a connection is in preview',
    connection({ mode: 'preview', records: { ...RECORDS, waiting: 3 } }),
    'not_set_up',
    '3 records would be changed',
  ],
];

const said = (facts: Facts) => verdictOf(facts, 'UTC');

describe('the verdict', () => {
  it.each(CASES)('where %s', (_, facts, verdict, says) => {
    const { sentence, next, verdict: word } = said(facts);
    expect(word).toBe(verdict);
    expect(`${sentence} ${next}`).toContain(says);
  });

  it.each(CASES)(
    'over a gap that could not be read back, where %s, says so and never that all is there',
    (_, facts) => {
      const { sentence, verdict } = said({ ...facts, boom: { ...facts.boom, gaps: [GAP] } });
      expect(sentence).toContain('Reporting after 3 Nov 14:02 is unconfirmed for 2 tenants');
      expect(sentence).not.toMatch(/nothing (is|has been) lost|nothing needs you/i);
      expect(verdict).not.toBe('in_line');
      expect(verdict).not.toBe('not_set_up');
    },
  );

  it('says of a gap what is known of it', () => {
    const gap = (state: GapReport['state']) => said(boom({ gaps: [{ ...GAP, state }] }));
    expect(gap('read_back')).toMatchObject({ verdict: 'unconfirmed', next: 'npx boomsync gaps' });
    expect(gap('unread').sentence).toContain('no keys to ask Boom with');
    expect(gap('reading')).toMatchObject({
      next: null,
      sentence: expect.stringContaining('being read back'),
    });
    expect(said(boom({ gaps: [GAP, { ...GAP, id: 2 }] })).sentence).toContain('1 gap more');
  });

  it('speaks of one thing and one tenant as one', () => {
    expect(
      said({ ...WELL, tenants: { total: 1, inLine: 1, waitingForBoom: 0, held: 0, weaklyJoined: 0 } })
        .sentence,
    ).toBe('The one tenant is in line.');
  });
});
