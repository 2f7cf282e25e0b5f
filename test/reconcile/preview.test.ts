import { describe, expect, it } from 'vitest';
import type { Capabilities, Connection } from '../../src/connect/connection.ts';
import { PushError } from '../../src/http/push-error.ts';
import { previewer } from '../../src/reconcile/preview.ts';
import { aboutAna, buildiumRig } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';

async function preview(rig: MemoryRig) {
  const [row] = await rig.stores.tenants.list({});
  if (row === undefined) throw new Error('there is no tenant');
  const tools = { ...rig.stores, timezone: 'UTC', now: rig.now, awaitsRead: async () => false };
  return await previewer(rig.connection, tools)(row);
}
const WRITES = ['create', 'update', 'decide', 'addNote'];
const writes = (rig: MemoryRig) => rig.pms.calls.filter((call) => WRITES.includes(call));

async function edited(own: Partial<Connection> = {}, can: Partial<Capabilities> = {}): Promise<MemoryRig> {
  const rig = await memoryRig(own, can);
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  const [there] = rig.pms.records;
  if (there) Object.assign(there.fields, { name: 'Ana Ruiz-Lopez' });
  rig.pms.calls.length = 0;
  await rig.deliver(aboutAna('application_approved', 5, { phone: '+15125550177' }));
  await rig.project();
  return rig;
}

describe('a preview', () => {
  it('shows all three sides of each field that differs, and who wins', async () => {
    const rig = await edited();
    const { records, failure } = await preview(rig);
    expect(failure).toBeNull();
    expect(records).toMatchObject([
      {
        cause: 'edited_there',
        plan: {
          record: 'update',
          fields: [
            {
              field: 'name',
              boom: 'Ana Ruiz',
              pushed: 'Ana Ruiz',
              there: 'Ana Ruiz-Lopez',
              does: 'ask',
            },
            {
              field: 'phone',
              boom: '+15125550177',
              pushed: '+15125550143',
              there: '+15125550143',
              does: 'write',
            },
          ],
          decision: { from: null, to: 'Yes' },
          notes: [],
        },
      },
    ]);
  });

  it('writes nothing there and keeps nothing here, though the connection is live', async () => {
    const rig = await edited({ decisionDelayMs: 60_000 });
    const before = await kept(rig);
    await preview(rig);
    expect(writes(rig)).toEqual([]);
    expect(await kept(rig)).toEqual(before);
  });

  it('is what a live pass then does, as it was kept with the record', async () => {
    const rig = await edited();
    const shown = await preview(rig);
    await rig.drain();
    expect((await rig.states())[0]?.plan).toEqual(shown.records[0]?.plan);
    expect(writes(rig)).toEqual(['update', 'decide']);
  });

  it('shows the whole of a record that is to be made', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('application_conditionally_approved', 1));
    await rig.project();
    const { records } = await preview(rig);
    expect(records).toMatchObject([
      {
        state: 'waiting',
        cause: 'preview',
        message: 'Preview: boomsync would add one record and add a note in Memory',
        plan: {
          record: 'create',
          fields: [{ field: 'name' }, { field: 'email' }, { field: 'phone' }],
          notes: [expect.stringContaining('conditional approval')],
        },
      },
    ]);
    expect(rig.pms.records).toEqual([]);
  });

  it('says that the connection failed', async () => {
    const rig = await edited();
    rig.pms.faults.set('read', new PushError('unauthorized', 'Refused.', { remedy: 'Mend it.' }));
    expect((await preview(rig)).failure?.kind).toBe('unauthorized');
  });

  it('leaves out of the plan what is in line', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'synced', plan: null }]);
  });
});

async function kept(rig: MemoryRig): Promise<string> {
  const tables = ['sync_states', 'passes', 'attempts', 'connections'];
  return JSON.stringify(await Promise.all(tables.map((table) => rig.knex(table).select())));
}

describe('drift', () => {
  it('is found by a pass over a record that nobody touched here', async () => {
    const rig = await buildiumRig({ fields: { Email: { owner: 'pms' } } });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [there] = rig.buildium.records.values();
    if (there) Object.assign(there, { LastName: 'Lopez', Email: 'new@example.com' });
    await rig.stores.sync.makeDue({});
    await rig.drain();
    const [state] = await rig.states();
    expect(state).toMatchObject({ state: 'parked', cause: 'edited_there' });
    expect(state?.plan?.fields).toMatchObject([
      { field: 'LastName', boom: 'Ruiz', there: 'Lopez', does: 'ask' },
      { field: 'Email', boom: 'ana.ruiz@example.com', there: 'new@example.com', does: 'keep' },
    ]);
  });
});
