import { describe, expect, it } from 'vitest';
import { type AlertFacts, causesOf } from '../../../src/operate/alerts/causes.ts';
import { type ParkedGroup, TASKS } from '../../../src/operate/alerts/parked.ts';
import type { Status } from '../../../src/operate/status.ts';
import { freshState } from '../../../src/reconcile/fresh-state.ts';

const NOW = new Date(Date.UTC(2026, 10, 23, 12));
const DAY = 24 * 60 * 60_000;
const GAP: Status['boom']['gaps'][number] = {
  id: 3,
  from: '2026-11-03T14:02:00.000Z',
  to: '2026-11-03T14:31:00.000Z',
  state: 'read_back',
  unread: [],
  recovered: { changes: 0, tenants: 0 },
  unconfirmed: { leasing: 0, reporting: 2 },
};
const CONNECTION: Status['connections'][number] = {
  name: 'oak',
  label: 'Buildium',
  mode: 'live',
  health: 'working',
  message: null,
  remedy: null,
  since: null,
  heals: false,
  pausedWhy: null,
  records: { waiting: 0, creating: 0, synced: 2, retrying: 0, parked: 0, skipped: 0 },
  quiet: 0,
  due: 0,
  settling: 0,
};
const WELL: Status = {
  verdict: 'in_line',
  sentence: '',
  next: null,
  server: { running: true, address: null },
  tenants: { total: 2, inLine: 2, waitingForBoom: 0, held: 0, weaklyJoined: 0 },
  events: { total: 5, lastAt: null, received: 0, projected: 5, ignored: 0, failed: 0, quarantined: 0 },
  connections: [CONNECTION],
  backup: { on: true, lastVerifiedAt: null, failure: null, overdue: false },
  boom: {
    accounts: [{ name: 'main', api: 'working', message: null, remedy: null, waiting: 0 }],
    gaps: [],
    silence: { lastAt: null, silentMs: 0, usualGapMs: null, quiet: false },
    pushFailures: 0,
    unconfirmed: 0,
  },
};
const causes = (status: Partial<Status>, more: Partial<AlertFacts> = {}) =>
  causesOf({ status: { ...WELL, ...status }, parked: [], timezone: 'UTC', ...more });
const said = (status: Partial<Status>, more?: Partial<AlertFacts>) =>
  causes(status, more).map(({ key, title }) => `${key}: ${title}`);
const boom = (changes: Partial<Status['boom']>) => ({ boom: { ...WELL.boom, ...changes } });
const parked = (cause: string, count: number): ParkedGroup => ({
  connection: 'oak',
  cause,
  count,
  states: Array.from({ length: Math.min(count, TASKS) }, (_, n) => {
    const record = { tenantId: `t${n}`, connection: 'oak', kind: 'applicant', place: 'p1' } as const;
    return { ...freshState(record, NOW.toISOString()), state: 'parked', cause };
  }),
});

describe('the causes', () => {
  it('are none where all is well, or only catching up', () => {
    expect(causes({})).toEqual([]);
    expect(causes(boom({ gaps: [{ ...GAP, state: 'reading' }] }))).toEqual([]);
    expect(causes({ events: { ...WELL.events, received: 9 } })).toEqual([]);
    const silent = { name: 'main', api: 'broken', message: 'x', remedy: 'y', waiting: 1 } as const;
    expect(causes(boom({ accounts: [silent] }))).toEqual([]);
  });

  it('are one for all records that need a person for one reason', () => {
    const groups = [parked('edited_there', 2), parked('odd_word', 1)];
    expect(said({}, { parked: groups })).toEqual([
      'parked-oak-edited_there: 2 records need you in Buildium: they were edited there after us',
      'parked-oak-odd_word: A record needs you in Buildium: they want a look',
    ]);
    const [quota] = causes({}, { parked: [parked('over_quota', 3)] });
    expect(quota).toMatchObject({
      key: 'parked-oak-over_quota',
      title: 'More new records for Buildium than your limit for a day',
      lines: ['3 new records wait until you have looked. Nothing of them was written.'],
      remedy: 'If they are right, let them through: boomsync approve oak',
    });
  });

  it('name each task by hand, and of a long list only how long it is', () => {
    const [some] = causes({}, { parked: [parked('by_hand', 3)] });
    expect(new Set(some?.items).size).toBe(3);
    const [many] = causes({}, { parked: [parked('by_hand', TASKS + 1)] });
    expect(many).toMatchObject({
      title: `${TASKS + 1} things are to be done by hand in Buildium`,
      items: [],
    });
  });

  it.each<[string, Partial<Status>]>([
    ['events-failed: 2 messages from Boom could not be used', { events: { ...WELL.events, failed: 2 } }],
    [
      'events-quarantined: 1 message came twice with different contents',
      { events: { ...WELL.events, quarantined: 1 } },
    ],
    ['boom-push: Boom itself could not put 1 tenant into its PMS', boom({ pushFailures: 1 })],
    [
      'weak-joins: 2 of your tenants may each be two people',
      { tenants: { ...WELL.tenants, weaklyJoined: 2 } },
    ],
    ['gap-3: Reporting after 3 Nov 14:02 is unconfirmed for 2 tenants', boom({ gaps: [GAP] })],
    [
      'gap-3: What Boom sent from 3 Nov 14:02 to 3 Nov 14:31 may be missing',
      boom({ gaps: [{ ...GAP, state: 'unread' }] }),
    ],
    [
      'silence: No message from Boom for 19 days (you usually get one every 2)',
      boom({ silence: { lastAt: null, silentMs: 19 * DAY, usualGapMs: 2 * DAY, quiet: true } }),
    ],
    [
      'boom-main: Boom refused our key',
      boom({
        accounts: [
          { name: 'main', api: 'refused', message: 'Boom refused our key.', remedy: null, waiting: 0 },
        ],
      }),
    ],
    [
      'backup: No backup since 10 Nov 02:30',
      { backup: { on: true, lastVerifiedAt: '2026-11-10T02:30:00.000Z', failure: null, overdue: true } },
    ],
  ])('are named: %s', (expected, status) => {
    expect(said(status)).toEqual([expected]);
  });

  it('have keys that may stand behind the # of an address', () => {
    const all = causes(
      { ...boom({ gaps: [GAP], pushFailures: 1 }), events: { ...WELL.events, failed: 1 } },
      { parked: [parked('edited_there', 1)] },
    );
    for (const { key } of all) expect(key).toMatch(/^[\w-]+$/);
    expect(new Set(all.map(({ key }) => key)).size).toBe(4);
  });
});
