import { beforeEach, describe, expect, it } from 'vitest';
import { PushError } from '../../src/http/push-error.ts';
import { type AccountsAsked, BoomReads } from '../../src/read/boom-reads.ts';
import { saveWanted } from '../../src/store/reads.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { A_UNIT, anApplication, type BookSource, bookSource, quiet } from './source.ts';

let store: TestStore;
let source: BookSource;
let clock: number;
let reads: BoomReads;

const ASKED: AccountsAsked = { account: null, since: null, all: false, dryRun: false };

function makeReads(withKeys = true): BoomReads {
  return new BoomReads({
    accounts: [{ name: 'main', source: withKeys ? source : null }],
    stores: store.stores,
    log: quiet,
    now: () => new Date(clock),
    random: () => 0.5,
    onRead: () => {},
    projected: () => store.project(100, new Date(clock)),
  });
}

const MINUTE = 60_000;

async function goDown(minutes: number, withKeys = true) {
  await makeReads(withKeys).watch.begin();
  clock += minutes * MINUTE;
  reads = makeReads(withKeys);
  return await reads.watch.begin();
}

const readEvents = async () =>
  (await store.stores.inbox.list({ source: 'read', limit: 100 })).map((event) => event.wireEvent).reverse();

beforeEach(async () => {
  store = await openTestStore();
  source = bookSource();
  source.book.units.push(A_UNIT);
  source.book.applications.push(...['1', '2', '3'].map((id) => anApplication(id)));
  source.book.customers.push({ id: 'c1', first_name: 'Cleo', last_name: 'Park', email: 'cleo@example.com' });
  source.book.enrollments.push({ id: 'e1', customer_id: 'c1', status: 'approved' });
  source.book.issues.set('c1', [{ slug: 'lease_not_uploaded', title: 'Lease', description: null }]);
  source.book.activity.push({
    id: '900',
    application_id: '1',
    event_type: 'decision_made',
    occurred_at: '2026-11-20T10:00:00.000Z',
    details: { status: 'approved' },
  });
  clock = Date.UTC(2026, 10, 20, 13);
  reads = makeReads();
});

describe('resync', () => {
  it('of everything on an empty database builds the whole book', async () => {
    const [report] = await reads.resync({ ...ASKED, all: true });
    expect(report).toMatchObject({ outcome: 'done', since: null, seen: 7, changed: 7, tenants: 4 });
    const tenants = await store.tenants();
    expect(tenants.map(({ person }) => person.lastName)).toEqual(['Nr1', 'Nr2', 'Nr3', 'Park']);
    expect(tenants[0]?.applications[0]).toMatchObject({
      id: '1',
      leasing: 'approved',
      unit: { title: '4B' },
    });
    expect(tenants[3]?.enrollments[0]).toMatchObject({ id: 'e1', reporting: 'approved' });
    expect(tenants[3]?.enrollments[0]?.openIssues).toMatchObject([{ slug: 'lease_not_uploaded' }]);
  });

  it('right after another makes no event and changes nobody', async () => {
    await reads.resync({ ...ASKED, all: true });
    const before = await store.stores.tenants.list({});
    clock += 60_000;
    expect(await reads.resync({ ...ASKED, all: true })).toMatchObject([{ changed: 0, tenants: 0, seen: 7 }]);
    expect(await reads.resync(ASKED)).toMatchObject([{ changed: 0, tenants: 0 }]);
    expect(await store.stores.tenants.list({})).toEqual(before);
  });

  it('tells what changed since, from a whole day earlier on', async () => {
    await reads.resync({ ...ASKED, all: true });
    clock += 24 * 60 * 60_000;
    source.book.applications[1] = anApplication('2', {
      status: 'rejected',
      application_updated_at: '2026-11-21T09:00:00.000Z',
    });
    source.book.enrollments[0] = { id: 'e1', customer_id: 'c1', status: 'closed' };
    source.book.applications[2] = anApplication('3', { application_updated_at: '2026-11-18T09:00:00.000Z' });
    const [report] = await reads.resync(ASKED);
    expect(report).toMatchObject({
      outcome: 'done',
      since: '2026-11-20T13:00:00.000Z',
      changed: 2,
      tenants: 2,
    });
    const tenants = await store.tenants();
    expect(tenants[1]?.applications[0]?.leasing).toBe('declined');
    expect(tenants[3]?.enrollments[0]?.reporting).toBe('closed');
  });

  it('the first time only remembers customers of whom nobody has spoken, until they change', async () => {
    await store.deliver({ event: 'application_updated' }, new Date(clock - 1000));
    expect(await reads.resync(ASKED)).toMatchObject([{ outcome: 'done', changed: 4 }]);
    expect(await readEvents()).toEqual([...Array(3).fill('application_read'), 'activity_read']);
    source.book.enrollments[0] = { id: 'e1', customer_id: 'c1', status: 'closed' };
    clock += 60_000;
    await reads.resync(ASKED);
    expect((await readEvents()).slice(4)).toEqual(['enrollment_read']);
    // And asked for everybody, it tells of everybody; nobody asks for the issues of what has ended.
    await reads.resync({ ...ASKED, all: true });
    expect((await readEvents()).slice(5).sort()).toEqual(['customer_read']);
  });

  it('that breaks off goes on at the page where it was', async () => {
    source.before = (question) => {
      if (question === 'applications page 2')
        throw new PushError('transient', 'Boom broke off.', { remedy: 'Wait.' });
    };
    expect(await reads.resync({ ...ASKED, all: true })).toMatchObject([
      { outcome: 'failed', seen: 2, changed: 2, message: 'Boom broke off.', remedy: 'Wait.' },
    ]);
    source.before = () => {};
    source.asked.length = 0;
    // What changed after the page had been read, and after the day up to which it asked.
    clock += 24 * 60 * 60_000;
    source.book.applications[0] = anApplication('1', {
      status: 'rejected',
      application_updated_at: new Date(clock - 60_000).toISOString(),
    });
    expect(await makeReads().resync({ ...ASKED, all: true })).toMatchObject([
      { outcome: 'done', since: null, changed: 8 },
    ]);
    expect(source.asked[0]).toBe('applications page 2');
    expect((await store.tenants())[0]?.applications[0]?.leasing).toBe('declined');
    expect(await store.stores.resyncs.running()).toEqual([]);
    expect(await store.stores.resyncs.coveredUntil('main')).toBe(new Date(clock).toISOString());
  });

  it('that is stopped in the middle keeps its page, and goes on after the next start', async () => {
    let stopping: Promise<void> | null = null;
    source.before = (question) => {
      if (question === 'applications page 1') stopping = reads.stop();
    };
    expect(await reads.resync({ ...ASKED, all: true })).toMatchObject([
      { outcome: 'stopped', seen: 2, message: null },
    ]);
    await stopping;
    expect(source.asked).not.toContain('applications page 2');
    source.before = () => {};
    source.asked.length = 0;
    expect(await makeReads().resync(ASKED)).toMatchObject([{ outcome: 'done', since: null }]);
    expect(source.asked[0]).toBe('applications page 2');
    expect(await store.tenants()).toHaveLength(4);
  });

  it('asked for in another way begins anew, and nothing older is left under way', async () => {
    source.before = (question) => {
      if (question === 'customers page 1')
        throw new PushError('transient', 'Boom broke off.', { remedy: '' });
    };
    await reads.resync({ ...ASKED, all: true });
    await reads.resync({ ...ASKED, since: '2026-11-01T00:00:00.000Z' });
    expect(await store.stores.resyncs.running()).toMatchObject([
      { since: '2026-11-01T00:00:00.000Z', step: 'customers' },
    ]);
  });

  it('of a day only does not make the next one pass over what was not read', async () => {
    await reads.resync({ ...ASKED, all: true });
    const read = new Date(clock).toISOString();
    clock += 10 * 24 * 60 * 60_000;
    source.book.applications[1] = anApplication('2', {
      status: 'rejected',
      application_updated_at: '2026-11-25T09:00:00.000Z',
    });
    expect(await reads.resync({ ...ASKED, since: '2026-11-29T00:00:00.000Z' })).toMatchObject([
      { changed: 0 },
    ]);
    expect(await reads.resync(ASKED)).toMatchObject([{ since: read, changed: 1 }]);
    clock += 60_000;
    expect(await reads.resync(ASKED)).toMatchObject([{ since: new Date(clock - 60_000).toISOString() }]);
  });

  it('counts those tenants only that changed by it', async () => {
    await reads.resync({ ...ASKED, all: true });
    clock += 60_000;
    source.book.applications[0] = anApplication('1', { status: 'rejected' });
    // A delivery about somebody else, which is projected with what is read.
    await store.deliver(
      {
        event: 'application_canceled',
        application_id: '2',
        first_name: 'Ana',
        last_name: 'Nr2',
        email: 'ana2@example.com',
        status: 'canceled',
        application_updated_at: new Date(clock).toISOString(),
      },
      new Date(clock),
    );
    expect(await reads.resync(ASKED)).toMatchObject([{ changed: 1, tenants: 1 }]);
    const tenants = await store.tenants();
    expect(tenants.map(({ applications }) => applications[0]?.leasing)).toEqual([
      'declined',
      'canceled',
      'submitted',
      undefined,
    ]);
  });

  it('the first time takes those customers in of whom deliveries spoke before there were keys', async () => {
    await store.deliver(
      { event: 'enrollment_approved', customer_id: 'c1', enrollment_id: 'e1' },
      new Date(clock - 1000),
    );
    await store.project();
    source.book.customers.push({ id: 'c2', first_name: 'Nobody', last_name: 'Spoken-Of' });
    await reads.resync(ASKED);
    expect((await readEvents()).sort()).toEqual([
      'activity_read',
      'application_read',
      'application_read',
      'application_read',
      'customer_read',
      'enrollment_read',
      'issues_read',
    ]);
    expect((await store.tenants())[0]).toMatchObject({ person: { firstName: 'Cleo' }, knownOnlyById: false });
  });

  it('says with --dry-run what differs, and keeps nothing', async () => {
    expect(await reads.resync({ ...ASKED, all: true, dryRun: true })).toMatchObject([
      { outcome: 'done', seen: 7, changed: 7, tenants: 0 },
    ]);
    expect(await readEvents()).toEqual([]);
    expect(await store.stores.resyncs.running()).toEqual([]);
    expect(await store.stores.resyncs.coveredUntil('main')).toBeNull();
    await store.deliver({ event: 'application_updated' }, new Date(clock - 1000));
    // The first time the customer and the enrollment would only be remembered.
    expect(await reads.resync({ ...ASKED, dryRun: true })).toMatchObject([{ changed: 4 }]);
    expect(await reads.resync(ASKED)).toMatchObject([{ changed: 4 }]);
    expect(await reads.resync({ ...ASKED, all: true, dryRun: true })).toMatchObject([{ changed: 3 }]);
    expect(await reads.resync({ ...ASKED, all: true })).toMatchObject([{ changed: 3 }]);
  });

  it('is read one after the other, whoever asks', async () => {
    await store.deliver({ event: 'application_updated' }, new Date(clock - 1000));
    await goDown(29);
    await Promise.all([reads.resync(ASKED), reads.recover(), reads.resync(ASKED)]);
    const pages = source.asked.filter((question) => / page \d$/.test(question));
    const once = pages.slice(0, pages.length / 3);
    expect(new Set(once).size).toBe(once.length);
    expect(pages).toEqual([...once, ...once, ...once]);
  });

  it('says without keys what it cannot do, and asks nobody', async () => {
    expect(await makeReads(false).resync(ASKED)).toMatchObject([
      { outcome: 'no_keys', remedy: expect.stringContaining('config/boomsync.yaml') },
    ]);
    expect(source.asked).toEqual([]);
  });
});

describe('a gap', () => {
  it('is none while Boom would still have tried, or before anybody was known', async () => {
    expect(await goDown(29, false)).toBeNull();
    await makeReads().resync({ ...ASKED, all: true });
    expect(await goDown(2)).toBeNull();
    expect(await goDown(3)).toMatchObject({ id: 1 });
  });

  it('is found also where the process stood still, and where nothing could be stored', async () => {
    await reads.resync({ ...ASKED, all: true });
    await reads.watch.begin();
    clock += 30_000;
    expect(await reads.watch.beat()).toBeNull();
    const before = new Date(clock).toISOString();
    clock += 29 * MINUTE;
    expect(await reads.watch.beat()).toMatchObject({ from: before, to: new Date(clock).toISOString() });
  });

  it('is read back exactly, and what no read can tell stays unconfirmed until Boom speaks of it', async () => {
    await reads.resync({ ...ASKED, all: true });
    const gap = await goDown(29);
    source.book.applications[0] = anApplication('1', {
      status: 'rejected',
      application_updated_at: new Date(clock - 10 * MINUTE).toISOString(),
    });
    await reads.recover();
    expect((await store.tenants())[0]?.applications[0]?.leasing).toBe('declined');
    expect(await store.stores.resyncs.ofGap(1)).toMatchObject([
      { since: gap?.from, until: gap?.to, changed: 1, tenants: 1, finishedAt: expect.any(String) },
    ]);
    const cleo = (await store.tenants())[3];
    expect(await store.stores.uptime.unconfirmed()).toEqual([
      { gapId: 1, tenantId: cleo?.id, what: 'reporting' },
    ]);

    await store.deliver(
      { event: 'rental_payment_verified', customer_id: 'c1', enrollment_id: 'e1', for_month: '2026-11-01' },
      new Date(clock),
    );
    await store.project();
    await reads.recover();
    expect(await store.stores.uptime.unconfirmed()).toEqual([]);
    expect(await store.stores.uptime.gaps({ open: true })).toEqual([]);
    // Nobody is asked again about a gap that was read back.
    expect(await store.stores.resyncs.ofGap(1)).toHaveLength(1);
  });

  it('goes on by itself when Boom did not answer, and not at once', async () => {
    await reads.resync({ ...ASKED, all: true });
    await goDown(29);
    source.before = () => {
      throw new PushError('transient', 'Boom did not answer in time.', {
        remedy: 'Wait.',
        unreachable: true,
      });
    };
    source.asked.length = 0;
    await reads.recover();
    await reads.recover();
    expect(source.asked).toEqual(['applications page 1']);
    source.before = () => {};
    clock += 6 * MINUTE;
    await reads.recover();
    expect(await store.stores.resyncs.ofGap(1)).toMatchObject([{ finishedAt: expect.any(String) }]);
  });

  it('stays open without keys: there may be people of whom we never heard', async () => {
    await reads.resync({ ...ASKED, all: true });
    await goDown(29);
    const keyless = makeReads(false);
    await keyless.recover();
    expect(await store.stores.uptime.unconfirmed()).toHaveLength(4);
    for (const id of ['1', '2', '3'])
      await store.deliver(
        { event: 'application_under_review', id, applicants: [{ id: `p${id}` }] },
        new Date(clock),
      );
    await store.deliver(
      { event: 'enrollment_rejected', customer_id: 'c1', enrollment_id: 'e1' },
      new Date(clock),
    );
    await store.project();
    await keyless.recover();
    expect(await store.stores.uptime.unconfirmed()).toEqual([]);
    expect(await store.stores.uptime.gaps({ open: true })).toHaveLength(1);
  });
});

describe('awaitsRead', () => {
  it('waits for what is still to be read about a person, and no longer than five minutes', async () => {
    await reads.resync({ ...ASKED, all: true });
    const [ana] = await store.tenants();
    if (ana === undefined) throw new Error('There is nobody');
    expect(await reads.awaitsRead(ana)).toBe(false);
    const speaks = async () => {
      const eventId = await store.deliver({ event: 'application_updated' }, new Date(clock));
      const wanted = { account: 'main', object: 'application:1', anew: true, eventId };
      await store.knex.transaction((trx) => saveWanted(trx, [wanted]));
    };
    await speaks();
    expect(await reads.awaitsRead(ana)).toBe(true);
    expect(await makeReads(false).awaitsRead(ana)).toBe(false);
    // Whoever else speaks of the same object meanwhile does not make this person wait longer.
    clock += 4 * 60_000;
    await speaks();
    clock += 60_000 + 1;
    expect(await reads.awaitsRead(ana)).toBe(false);
    source.before = () => {};
    await Promise.all(reads.hydrators.map((hydrator) => hydrator.drain()));
    await speaks();
    expect(await reads.awaitsRead(ana)).toBe(true);
  });
});
