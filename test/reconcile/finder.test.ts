import { describe, expect, it } from 'vitest';
import { createFinder, keysOf } from '../../src/reconcile/finder.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';
import { aboutNth } from '../support/people.ts';

const indexed = () => memoryRig({}, { find: 'index' });
const ANA = { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: '+15125550143' };
const calls = (rig: MemoryRig, name: string) => rig.pms.calls.filter((call) => call === name).length;
const NOBODY = { email: null, phone: null, firstName: null, lastName: null, key: null };

describe('a PMS without a lookup', () => {
  it('finds who is there by an index of its listing, and makes nobody twice', async () => {
    const rig = await indexed();
    for (let n = 0; n < 450; n += 1)
      rig.pms.add('applicant', { name: `No${n} One`, email: `no${n}@example.com` });
    rig.pms.add('applicant', ANA);
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.pms.records).toHaveLength(451);
    expect(await rig.states()).toMatchObject([{ state: 'synced', remoteId: '1451' }]);
    expect(calls(rig, 'find')).toBe(0);
    // One candidate was read, and the record itself before it was written.
    expect(calls(rig, 'read')).toBeLessThan(4);
  });

  it('reads all of the listing once, then what changed, with an overlap', async () => {
    const rig = await indexed();
    rig.pms.add('applicant', { name: 'Some One', email: 'some@example.com' });
    rig.pass(60);
    await rig.deliver(aboutNth(1, 'applicant_submitted'));
    await rig.drain();
    rig.pass(60);
    rig.pms.add('applicant', { name: 'Ana2 Ruiz2', email: 'ana2@example.com' });
    rig.pass(5);
    await rig.deliver(aboutNth(2, 'applicant_submitted'));
    await rig.drain();
    for (const n of [3, 4]) {
      rig.pass(36 * 60);
      await rig.deliver(aboutNth(n, 'applicant_submitted'));
      await rig.drain();
    }
    expect(rig.pms.listed).toEqual([1, 3, 3, 1]);
    expect(rig.pms.records).toHaveLength(5);
  });

  it('finds who was made there by a clock that is hours behind', async () => {
    const rig = await indexed();
    await rig.deliver(aboutNth(1, 'applicant_submitted'));
    await rig.drain();
    rig.pms.add('applicant', ANA).changedAt = new Date(rig.now().getTime() - 8 * 60 * 60_000);
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.pms.records).toHaveLength(2);
  });

  it('reads all of the listing anew where the clock was set back', async () => {
    const rig = await indexed();
    rig.pass(365 * 24 * 60);
    await rig.deliver(aboutNth(1, 'applicant_submitted'));
    await rig.drain();
    rig.pass(-365 * 24 * 60);
    rig.pms.add('applicant', ANA);
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.pms.records).toHaveLength(2);
  });

  it('reads nobody for a name that is alike where the e-mail is known', async () => {
    const rig = await indexed();
    for (let n = 0; n < 150; n += 1)
      rig.pms.add('applicant', { name: ANA.name, email: `no${n}@example.com` });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    // The record itself, after it was made.
    expect(calls(rig, 'read')).toBeLessThan(4);
    expect(rig.pms.records).toHaveLength(151);
  });

  it('asks a person where more than a hundred are alike, and reads none of them', async () => {
    const rig = await indexed();
    for (let n = 0; n < 101; n += 1) rig.pms.add('applicant', { name: 'Some One', email: ANA.email });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'ambiguous' }]);
    expect(calls(rig, 'read')).toBe(0);
    expect(rig.pms.records).toHaveLength(101);
  });

  it('knows who was renamed there by the new name only, and forgets who was deleted', async () => {
    const rig = await indexed();
    const find = createFinder(rig.connection, rig.stores.remoteIndex, rig.now);
    const ask = (email: string) =>
      rig.stores.remoteIndex.find('memory', 'applicant', keysOf('memory', { ...NOBODY, email }));
    const desired = (email: string) => ({
      ...{ tenantId: 't', place: 'p', key: 'k', fields: {}, phone: null },
      ...{ email, firstName: 'Ana', lastName: 'Ruiz' },
    });
    const there = rig.pms.add('applicant', ANA);
    expect(await find('applicant', desired(ANA.email))).toHaveLength(1);
    rig.pass(30);
    Object.assign(there, { changedAt: rig.now(), fields: { ...ANA, email: 'new@example.com' } });
    expect(await find('applicant', desired('new@example.com'))).toHaveLength(1);
    expect(await ask(ANA.email)).toEqual([]);
    rig.pms.records.length = 0;
    expect(await find('applicant', desired('new@example.com'))).toEqual([]);
    expect(await ask('new@example.com')).toEqual([]);
  });

  it('reads the listing once for all who ask at the same time', async () => {
    const rig = await memoryRig({ concurrency: 10 }, { find: 'index' });
    for (let n = 1; n <= 20; n += 1) await rig.deliver(aboutNth(n, 'applicant_submitted'));
    await rig.drain();
    expect(rig.pms.records).toHaveLength(20);
    expect(calls(rig, 'changedSince')).toBeLessThan(20);
  });

  it('makes one record though it is killed after the create', async () => {
    const rig = await indexed();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    expect(await rig.killedAt('created')).toBe(true);
    await rig.drain();
    expect(rig.pms.records).toHaveLength(1);
    expect(await rig.states()).toMatchObject([{ state: 'synced', remoteId: '1001' }]);
  });

  it('keeps nothing of a person', async () => {
    const rig = await indexed();
    rig.pms.add('applicant', {
      name: 'Secret Neighbour',
      email: 'neighbour@example.com',
      phone: '5125550199',
    });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const rows = JSON.stringify(await rig.knex('remote_index').select());
    expect(rows).toContain('1001');
    expect(rows).not.toMatch(/secret|neighbour|5550199/i);
  });

  it('says it in a landlord’s words when the listing fails, and makes nobody', async () => {
    const rig = await indexed();
    delete rig.connection.connector.changedSince;
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'forbidden' }]);
    expect(rig.pms.records).toEqual([]);
  });
});

describe('the keys of the index', () => {
  it('are alike for one person in two spellings, and differ between connections', () => {
    const one = keysOf('oak', { ...NOBODY, email: 'Ana@Example.com', phone: '(512) 555-0143' });
    const other = keysOf('oak', { ...NOBODY, email: 'ana@example.com ', phone: '+15125550143' });
    expect(one).toEqual(other);
    expect(keysOf('elm', { ...NOBODY, email: 'ana@example.com' })).not.toEqual(one.slice(0, 1));
    expect(keysOf('oak', NOBODY)).toEqual([]);
  });
});
