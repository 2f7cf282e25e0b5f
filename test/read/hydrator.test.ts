import { beforeEach, describe, expect, it } from 'vitest';
import { Breaker } from '../../src/breaker.ts';
import { PushError } from '../../src/http/push-error.ts';
import { Hydrator } from '../../src/read/hydrator.ts';
import { healthName } from '../../src/store/connections.ts';
import { saveWanted } from '../../src/store/reads.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { A_UNIT, anApplication, type BookSource, bookSource, quiet } from './source.ts';

let store: TestStore;
let source: BookSource;
let clock: number;
let hydrator: Hydrator;
let warned: object[];

/** A delivery that speaks of the object. */
async function spokenOf(...objects: string[]): Promise<number> {
  const eventId = await store.deliver({ event: 'application_updated', request_id: `r${Math.random()}` });
  await store.knex.transaction((trx) =>
    saveWanted(
      trx,
      objects.map((object) => ({ account: 'main', object, anew: true, eventId })),
    ),
  );
  return eventId;
}

const reads = async () =>
  (await store.stores.inbox.list({ source: 'read', limit: 100 })).map((event) => event.wireEvent).reverse();

beforeEach(async () => {
  store = await openTestStore();
  source = bookSource();
  source.book.units.push(A_UNIT);
  clock = Date.UTC(2026, 10, 20, 13);
  warned = [];
  const tools = {
    ...store.stores,
    log: { ...quiet, warn: (fields: object, message: string) => warned.push({ ...fields, message }) },
    now: () => new Date(clock),
    random: () => 0.5,
    onRead: () => {},
  };
  const breaker = new Breaker(healthName('main'), () => source.check(), tools);
  hydrator = new Hydrator('main', source, { ...tools, breaker });
});

describe('Hydrator', () => {
  it('reads an application once, with its unit, however many deliveries spoke of it', async () => {
    source.book.applications.push(anApplication('77'));
    await spokenOf('application:77');
    await spokenOf('application:77');
    await hydrator.drain();
    await hydrator.drain();
    expect(source.asked).toEqual(['application:77', 'unit:u1']);
    const [event] = await store.stores.inbox.list({ source: 'read', limit: 1 });
    const [row] = await store.stores.inbox.byIds([event?.id ?? 0]);
    expect(JSON.parse(row?.body ?? '')).toMatchObject({
      event: 'application_read',
      object: { id: '77', unit: { title: '4B', property: { name: 'Oak Street' } } },
    });
  });

  it('reads again when a delivery comes later, and says so even where nothing has changed', async () => {
    source.book.applications.push(anApplication('77'));
    await spokenOf('application:77');
    await hydrator.drain();
    await spokenOf('application:77');
    await hydrator.drain();
    // The delivery may have said something that Boom no longer shows.
    expect(await reads()).toEqual(['application_read', 'application_read']);
  });

  it('takes what Boom does not have (any more) as read', async () => {
    await spokenOf('application:1', 'enrollment:2', 'customer:3', 'lead:4');
    await hydrator.drain();
    expect(await reads()).toEqual([]);
    expect(await store.stores.reads.countWanted('main')).toBe(0);
  });

  it('looks among the applications of the day where a delivery names none', async () => {
    source.book.applications.push(
      anApplication('77'),
      anApplication('78', { application_updated_at: '2026-11-20T23:00:00.000Z' }),
      anApplication('79', { application_updated_at: '2026-11-21T00:00:00.000Z' }),
    );
    await spokenOf('applications-on:2026-11-20');
    await hydrator.drain();
    expect(await reads()).toEqual(['application_read', 'application_read']);
  });

  it('puts one object off that Boom fails over, and reads the others', async () => {
    source.book.customers.push({ id: '3', first_name: 'Ana' });
    source.before = (question) => {
      if (question === 'enrollment:2')
        throw new PushError('transient', 'Boom failed on its side (500).', { remedy: '' });
    };
    await spokenOf('enrollment:2', 'customer:3');
    await hydrator.drain();
    expect(await reads()).toEqual(['customer_read']);
    expect(await store.stores.reads.nextAttempt('main')).toBe(new Date(clock + 60_000).toISOString());
    source.book.enrollments.push({ id: '2', customer_id: '3', status: 'pending' });
    source.before = () => {};
    clock += 61_000;
    await hydrator.drain();
    expect(await reads()).toEqual(['customer_read', 'enrollment_read']);
  });

  it('gives an object up after a day of failures, until a delivery names it again', async () => {
    source.before = (question) => {
      if (question === 'enrollment:2')
        throw new PushError('invalid', 'Boom does not take that.', { remedy: '' });
    };
    await spokenOf('enrollment:2');
    for (let day = 0; day < 6; day += 1) {
      await hydrator.drain();
      clock += 24 * 60 * 60_000;
    }
    expect(await store.stores.reads.countWanted('main')).toBe(0);
    expect(source.asked.filter((question) => question === 'enrollment:2')).toHaveLength(6);
    expect(warned).toEqual([
      { account: 'main', object: 'enrollment', message: expect.stringContaining('given up') },
    ]);
    await spokenOf('enrollment:2');
    expect(await store.stores.reads.countWanted('main')).toBe(1);
  });

  it('leaves Boom alone while its API fails, uses up nobody’s tries, and goes on by itself', async () => {
    source.book.applications.push(anApplication('77'));
    source.before = () => {
      throw new PushError('unauthorized', 'Boom refused our key.', { remedy: 'Check api.' });
    };
    await spokenOf('application:77');
    await hydrator.drain();
    await hydrator.drain();
    expect(source.asked).toEqual(['application:77']);
    expect(await store.stores.connections.get(healthName('main'))).toMatchObject({
      state: 'broken',
      kind: 'unauthorized',
      message: 'Boom refused our key.',
    });
    source.before = () => {};
    clock += 60_000;
    await hydrator.drain();
    expect(source.asked).toEqual(['application:77', 'check', 'application:77', 'unit:u1']);
    expect(await reads()).toEqual(['application_read']);
    expect((await store.stores.connections.get(healthName('main')))?.state).toBe('working');
  });

  it('asks a failed API again also where nothing is to be read', async () => {
    await spokenOf('application:77');
    source.before = () => {
      throw new PushError('unauthorized', 'Boom refused our key.', { remedy: 'Check api.' });
    };
    await hydrator.drain();
    await store.knex('reads').delete();
    source.before = () => {};
    clock += 60_000;
    await hydrator.drain();
    expect(await store.stores.connections.get(healthName('main'))).toMatchObject({
      state: 'working',
      kind: null,
    });
  });

  it('reads what was spoken of while it read', async () => {
    source.book.applications.push(anApplication('77'));
    await spokenOf('application:77');
    let again: Promise<unknown> | null = null;
    source.before = (question) => {
      if (question === 'unit:u1') again ??= spokenOf('application:77');
    };
    await hydrator.drain();
    await again;
    await hydrator.drain();
    expect(source.asked.filter((question) => question === 'application:77')).toHaveLength(2);
  });

  it('waits where nothing can be stored, as every other loop does, and uses up nobody’s tries', async () => {
    source.book.customers.push({ id: '3', first_name: 'Ana' });
    await spokenOf('customer:3');
    await store.knex.raw('pragma query_only = on');
    await expect(hydrator.drain()).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
    await store.knex.raw('pragma query_only = off');
    await hydrator.drain();
    expect(await reads()).toEqual(['customer_read']);
  });
});
