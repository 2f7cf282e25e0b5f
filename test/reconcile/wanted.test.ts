/** Rent is reported for an address that is no unit the person applied for: until the landlord says which, it parks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { createLog } from '../../src/operate/log.ts';
import { connectionOf } from '../connect/support.ts';
import { filesIn } from '../connectors/rent-roll.ts';
import { type BookSource, bookSource } from '../read/source.ts';
import { aboutAna, buildiumRig } from '../support/buildium.ts';
import { openTestStore } from '../support/store.ts';

const ADDRESS = '4 Elm Court, Apt 12';
const REMEDY = `Add the line "${ADDRESS}": "Property / unit", with your words for the unit, under "units:" in config/connections/rent-roll.yaml; then start boomsync again.`;
const MAPPED = { units: { [ADDRESS.toLowerCase()]: 'Elm Court / 12' } };
const WHO = {
  customer_id: 'c1',
  enrollment_id: 'e1',
  customer_first_name: 'Ana',
  customer_last_name: 'Ruiz',
  customer_email: 'ana.ruiz@example.com',
  customer_phone: '+15125550143',
};
const log = createLog('silent');

/** What Boom's API has of that enrollment. */
function boomWith(address: string | null): BookSource {
  const boom = bookSource();
  boom.book.enrollments.push({
    id: 'e1',
    customer_id: 'c1',
    status: 'approved',
    ...(address && { address }),
  });
  boom.book.customers.push({
    id: 'c1',
    first_name: 'Ana',
    last_name: 'Ruiz',
    email: 'ana.ruiz@example.com',
    phone: '+15125550143',
  });
  return boom;
}

/** A store with a rent roll beside it; a drain is a start of the server with that connection's file. */
async function rentRollRig(boom: BookSource) {
  const store = await openTestStore();
  const config = {
    timezone: 'UTC',
    dataDir: store.folder,
    accounts: [
      {
        name: 'main',
        environment: 'production',
        webhookKeys: ['k'],
        bareRent: 'dollars',
        currency: 'USD',
        country: 'US',
        api: null,
      },
    ],
  } as unknown as Config;
  return {
    ...store,
    files: filesIn(store.folder),
    async drain(own: Parameters<typeof connectionOf>[0] = {}): Promise<void> {
      const connection: Connection = await connectionOf(
        { name: 'rent-roll', connector: 'rent-roll', mode: null, credentials: {}, ...own },
        { dataDir: store.folder },
      );
      const now = () => new Date('2026-11-23T12:00:00.000Z');
      const sources = new Map([['main', boom]]);
      await createApp({ config, connections: [connection], stores: store.stores, log, now, sources }).drain();
    },
    async tenantRecord() {
      const ids = (await store.tenants()).map(({ id }) => id);
      return (await store.stores.sync.states(ids)).find(({ kind }) => kind === 'tenant');
    },
  };
}

describe('somebody who lives at an address that is no unit of theirs', () => {
  it('is on no rent roll before the landlord says which unit it is, and then in that unit', async () => {
    const rig = await rentRollRig(boomWith(ADDRESS));
    await rig.deliver({ event: 'enrollment_approved', ...WHO });
    await rig.drain();
    expect(await rig.tenants()).toMatchObject([{ stage: null, residencies: [{ status: 'unknown' }] }]);
    expect(await rig.tenantRecord()).toMatchObject({
      state: 'parked',
      cause: 'unmapped_unit',
      message: `Boom reports rent for "${ADDRESS}", which is no unit that this person applied for`,
      remedy: REMEDY,
      remoteId: null,
    });
    await rig.drain(MAPPED);
    expect(await rig.tenantRecord()).toMatchObject({ state: 'synced', cause: null });
    expect(rig.files.rows()).toMatchObject([
      { property: 'Elm Court', unit: '12', address: ADDRESS, status: 'resident', rent_reporting: 'active' },
    ]);
  });

  it('leaves the rent roll when the address comes to be known, or is on the list no more', async () => {
    const boom = boomWith(null);
    const rig = await rentRollRig(boom);
    await rig.deliver(
      aboutAna('application_approved', 1, { address: '9 Oak Street, Austin' }),
      new Date('2026-11-01T12:01:00.000Z'),
    );
    await rig.deliver({ event: 'enrollment_approved', ...WHO }, new Date('2026-11-02T12:00:00.000Z'));
    await rig.drain();
    expect(rig.files.rows()).toMatchObject([{ unit: '4B', status: 'resident' }]);

    boom.book.enrollments[0] = { id: 'e1', customer_id: 'c1', status: 'approved', address: ADDRESS };
    await rig.deliver({ event: 'enrollment_pending', ...WHO }, new Date('2026-11-03T12:00:00.000Z'));
    await rig.drain();
    expect((await rig.tenants())[0]?.residencies).toMatchObject([
      { status: 'unknown', unit: { address: ADDRESS } },
    ]);
    expect(rig.files.rows()).toEqual([]);
    expect(await rig.tenantRecord()).toMatchObject({ state: 'parked', cause: 'unmapped_unit' });

    await rig.drain(MAPPED);
    expect(rig.files.rows()).toMatchObject([{ property: 'Elm Court', unit: '12' }]);
    await rig.drain();
    expect(rig.files.rows()).toEqual([]);
    expect(await rig.tenantRecord()).toMatchObject({ state: 'parked', remedy: REMEDY });
  });

  it('is taken by the property that the landlord named, and goes with it', async () => {
    const rig = await rentRollRig(boomWith(ADDRESS));
    await rig.deliver({ event: 'enrollment_approved', ...WHO });
    const takes = 'unit.property = "Elm Court"';
    await rig.drain({ takes });
    expect(await rig.tenantRecord()).toMatchObject({ state: 'skipped', cause: 'not_taken' });
    await rig.drain({ takes, ...MAPPED });
    expect(rig.files.rows()).toMatchObject([{ property: 'Elm Court', unit: '12' }]);
    await rig.drain({ takes });
    expect(rig.files.rows()).toEqual([]);
    expect(await rig.tenantRecord()).toMatchObject({ state: 'parked', cause: 'unmapped_unit' });
  });

  it('is sent to no receiver before, and to one that has been told of a resident as unknown', async () => {
    const sent: Record<string, unknown>[] = [];
    const receiver = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      sent.push(JSON.parse(text).data);
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void receiver.close());
    const webhook = {
      connector: 'webhook',
      server: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
      mode: 'live',
      credentials: { secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` },
    } as const;
    const rig = await rentRollRig(boomWith(ADDRESS));
    await rig.deliver({ event: 'enrollment_approved', ...WHO });
    await rig.drain(webhook);
    expect(sent).toEqual([]);
    expect(await rig.tenantRecord()).toMatchObject({ state: 'parked', cause: 'unmapped_unit' });
    await rig.drain({ ...webhook, ...MAPPED });
    await rig.drain(webhook);
    expect(sent).toMatchObject([
      { residency: 'resident', property: 'Elm Court', unit: '12' },
      { residency: 'unknown', property: null, unit: null },
    ]);
    expect(await rig.tenantRecord()).toMatchObject({ state: 'parked', cause: 'unmapped_unit' });
  });

  it('has moved out where Boom says so, and parks no more', async () => {
    const rig = await rentRollRig(boomWith(ADDRESS));
    await rig.deliver({ event: 'enrollment_approved', ...WHO });
    await rig.drain(MAPPED);
    await rig.deliver({ event: 'enrollment_moved_out', ...WHO }, new Date('2026-11-23T13:00:00.000Z'));
    await rig.drain(MAPPED);
    expect(rig.files.rows()).toEqual([]);
    expect(await rig.tenantRecord()).toMatchObject({ state: 'synced' });
  });

  it('gets no outcome written that says they do not live there', async () => {
    const rig = await buildiumRig({}, boomWith(ADDRESS));
    await rig.deliver(aboutAna('application_approved', 1, { unit: undefined }));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(1);
    await rig.deliver({ event: 'enrollment_approved', ...WHO }, new Date('2026-11-02T12:00:00.000Z'));
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'unmapped_unit' }]);
    await rig.deliver(aboutAna('application_canceled', 20, { unit: undefined }));
    await rig.drain();
    expect((await rig.tenants())[0]?.residencies).toMatchObject([{ status: 'unknown' }]);
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'resident' }]);
  });
});

describe('somebody of whose unit nobody has said which it is over there', () => {
  const application = (id: number) => ({
    Id: id,
    ApplicationStatus: 'Undecided',
    ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z',
  });

  it('is not taken for their application for another unit, where nothing is to be made', async () => {
    const rig = await buildiumRig({ create: 'never', units: {} });
    const record = rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      UnitId: 5,
      Applications: [application(7)],
    });
    await rig.deliver(aboutAna('application_submitted', 1));
    await rig.deliver(aboutAna('application_approved', 2));
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'unmapped_unit', remoteId: null }]);
    expect(record.Applications[0]?.ApplicationStatus).toBe('Undecided');
    expect(rig.buildium.requests.get('GET /v1/applicants')).toBeUndefined();
  });

  it('is left alone when the application has ended', async () => {
    const rig = await buildiumRig({ units: {} });
    rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      UnitId: 5,
      Applications: [application(7)],
    });
    await rig.deliver(aboutAna('application_declined', 2));
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'skipped', cause: 'ended', remoteId: null }]);
    expect([...rig.buildium.requests.keys()].filter((route) => !route.startsWith('GET'))).toEqual([]);
  });
});
