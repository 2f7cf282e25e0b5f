import { beforeEach, describe, expect, it } from 'vitest';
import { PushError } from '../../src/http/push-error.ts';
import { BoomReads } from '../../src/read/boom-reads.ts';
import { healthName } from '../../src/store/connections.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { anApplication, type BookSource, bookSource, quiet } from './source.ts';

const PLAIN = { account: null, since: null, all: false, dryRun: false };
const REFUSED = () => {
  throw new PushError('unauthorized', 'Boom refused our key.', { remedy: 'Check api.' });
};

let store: TestStore;
let source: BookSource;
let clock: number;
let reads: BoomReads;

const health = () => store.stores.connections.get(healthName('main'));

/** As `boomsync retry` and `boomsync resync` end a wait. */
async function endWait(): Promise<void> {
  const known = await health();
  if (known) await store.stores.connections.save({ ...known, waitUntil: null });
}

beforeEach(async () => {
  store = await openTestStore();
  source = bookSource();
  source.book.applications.push(anApplication('1'));
  clock = Date.UTC(2026, 10, 20, 13);
  reads = new BoomReads({
    accounts: [{ name: 'main', source }],
    stores: store.stores,
    log: quiet,
    now: () => new Date(clock),
    random: () => 0.5,
    onRead: () => {},
    projected: () => store.project(100, new Date(clock)),
  });
});

describe('an account whose keys are refused', () => {
  beforeEach(async () => {
    source.before = REFUSED;
    await reads.resync(PLAIN);
  });

  it('says so wherever it was noticed', async () => {
    expect(await health()).toMatchObject({
      state: 'broken',
      kind: 'unauthorized',
      message: 'Boom refused our key.',
      remedy: 'Check api.',
    });
  });

  it('is left alone by all that reads, which fails at once with the same words', async () => {
    source.asked.length = 0;
    const report = { kind: 'unauthorized', message: 'Boom refused our key.', remedy: 'Check api.' };
    expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'failed', ...report }]);
    await Promise.all(reads.hydrators.map((hydrator) => hydrator.drain()));
    expect(source.asked).toEqual([]);
    expect(await store.stores.resyncs.running()).toHaveLength(1);
  });

  it('is asked again when its time has come, or a person says so', async () => {
    source.asked.length = 0;
    clock += 60_000;
    expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'failed', kind: 'unauthorized' }]);
    expect(source.asked).toEqual(['check']);
    source.before = () => {};
    await endWait();
    expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'done', kind: null }]);
    expect(await health()).toMatchObject({ state: 'working', kind: null, message: null });
  });
});

it('an account that lacks a right goes on reading what it may, and works again once all was read', async () => {
  source.before = (question) => {
    if (question === 'customers page 1')
      throw new PushError('forbidden', 'Boom does not allow it.', { remedy: 'Ask Boom.' });
  };
  expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'failed', kind: 'forbidden' }]);
  clock += 60_000;
  await Promise.all(reads.hydrators.map((hydrator) => hydrator.drain()));
  expect(await health()).toMatchObject({ state: 'broken', kind: 'forbidden', remedy: 'Ask Boom.' });
  source.asked.length = 0;
  expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'failed', kind: 'forbidden' }]);
  expect(source.asked).toContain('applications page 1');
  source.before = () => {};
  await endWait();
  expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'done' }]);
  expect(await health()).toMatchObject({ state: 'working', kind: null });
});

it('an account that was asked to slow down is not called broken, and waits', async () => {
  source.before = () => {
    throw new PushError('rate_limited', 'Boom asks us to slow down.', { remedy: '', retryAfterMs: 60_000 });
  };
  await reads.resync(PLAIN);
  expect(await health()).toMatchObject({ state: 'working', kind: null });
  source.asked.length = 0;
  expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'failed', kind: 'rate_limited' }]);
  expect(source.asked).toEqual([]);
});

it('a failure over one object is not the account’s', async () => {
  source.before = (question) => {
    if (question === 'customers page 1')
      throw new PushError('transient', 'Boom failed on its side (500).', { remedy: '' });
  };
  expect(await reads.resync(PLAIN)).toMatchObject([{ outcome: 'failed', kind: 'transient' }]);
  expect(await health()).toBeNull();
});
