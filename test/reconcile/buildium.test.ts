import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/reconcile/pass-tools.ts';
import { aboutAna, buildiumRig } from '../support/buildium.ts';

const APPLICATION = { Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' };

describe('creating', () => {
  it('makes one applicant, mails nobody, and says synced only after reading it back', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect([...rig.buildium.records.values()]).toMatchObject([
      { FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com', UnitId: 10231 },
    ]);
    expect(rig.buildium.mailsSent).toBe(0);
    expect(await rig.states()).toMatchObject([
      { state: 'synced', kind: 'applicant', remoteId: expect.any(String) },
    ]);
    expect(rig.buildium.requests.get('GET /v1/applicants/{id}')).toBeGreaterThan(0);
  });

  it('asks nothing of Buildium again while nothing changes', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const before = rig.buildium.log.length;
    await rig.drain();
    expect(rig.buildium.log.length).toBe(before);
  });

  it('adopts the applicant who is there already', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'Ana.Ruiz@example.com' });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(1);
    expect((await rig.states())[0]?.remoteId).toBe(String(there.Id));
  });

  it('guesses about nobody when two fit', async () => {
    const rig = await buildiumRig();
    rig.buildium.add({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com' });
    rig.buildium.add({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com' });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(2);
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'ambiguous', remoteId: null }]);
  });

  it('makes a record for each of a couple who share an address', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    await rig.deliver(
      aboutAna('applicant_submitted', 2, {
        first_name: 'Luis',
        external_id: 'ext-luis',
        phone: '+15125550188',
      }),
    );
    await rig.drain();
    expect([...rig.buildium.records.values()].map((record) => record.FirstName)).toEqual(['Ana', 'Luis']);
    expect((await rig.states()).map((state) => state.state)).toEqual(['synced', 'synced']);
  });

  it('asks about somebody with the same address whom it does not know', async () => {
    const rig = await buildiumRig();
    rig.buildium.add({ FirstName: 'Maria', LastName: 'Ruiz', Email: 'ana.ruiz@example.com' });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(1);
    expect((await rig.states())[0]).toMatchObject({ state: 'parked', cause: 'ambiguous' });
  });

  it('writes nothing in preview and says what it would do', async () => {
    const rig = await buildiumRig({ mode: 'preview' });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(0);
    expect(rig.buildium.log.every((request) => request.method === 'GET')).toBe(true);
    expect(await rig.states()).toMatchObject([
      {
        state: 'waiting',
        cause: 'preview',
        message: 'Preview: boomsync would add one record and add a note in Buildium',
      },
    ]);
  });

  it('makes nobody whose application has ended, or who has not applied', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('application_canceled', 1));
    await rig.deliver(
      aboutAna('applicant_created', 1, {
        status: 'pending',
        first_name: 'Eli',
        external_id: 'eli',
        email: 'e@example.com',
        phone: null,
      }),
    );
    await rig.drain();
    expect(rig.buildium.records.size).toBe(0);
    expect((await rig.states()).map((s) => [s.state, s.cause])).toEqual([
      ['skipped', 'ended'],
      ['skipped', 'not_applied'],
    ]);
  });

  it('parks a unit that the map does not know', async () => {
    const rig = await buildiumRig({ units: {} });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(0);
    expect((await rig.states())[0]).toMatchObject({ state: 'parked', cause: 'unmapped_unit' });
  });

  it.each(['look', 'intent', 'create', 'created', 'read_back', 'note'] satisfies Step[])(
    'makes one record and one note though it is killed at %s',
    async (at) => {
      const rig = await buildiumRig();
      await rig.deliver(aboutAna('application_approved', 1));
      // Nothing that comes after this step ever happens: what is left is what the store and Buildium hold now.
      await new Promise<void>((killed) => {
        void rig.drain(async (step) => {
          if (step !== at) return;
          killed();
          await new Promise<never>(() => {});
        });
      });
      await rig.drain();
      expect(rig.buildium.records.size).toBe(1);
      expect([...rig.buildium.notes.values()].flat()).toHaveLength(1);
      expect((await rig.states())[0]).toMatchObject({ state: 'synced' });
    },
  );

  it.each(['resetAfterWrite', 'serverErrorAfterWrite'] as const)(
    'looks before it sends again after %s',
    async (fault) => {
      const rig = await buildiumRig();
      rig.buildium.switches[fault] = 1;
      await rig.deliver(aboutAna('applicant_submitted', 1));
      await rig.drain();
      expect((await rig.states())[0]?.state).toBe('creating');
      rig.pass(5);
      await rig.drain();
      expect(rig.buildium.records.size).toBe(1);
      expect(rig.buildium.requests.get('POST /v1/applicants')).toBe(1);
      expect((await rig.states())[0]?.state).toBe('synced');
    },
  );
});

describe('an unknown outcome', () => {
  it('is looked up under what we knew then, though Boom has corrected the address since', async () => {
    const rig = await buildiumRig();
    rig.buildium.switches.resetAfterWrite = 1;
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    await rig.deliver(
      aboutAna('application_updated', 5, { status: 'submitted', email: 'ana@new.example.com' }),
    );
    rig.pass(5);
    await rig.drain();
    expect([...rig.buildium.records.values()].map((record) => record.Email)).toEqual(['ana@new.example.com']);
    expect((await rig.states())[0]).toMatchObject({ state: 'synced' });
  });
});

describe('updating', () => {
  it('sends only what changed, and keeps what Buildium would blank', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [record] = rig.buildium.records.values();
    record?.PhoneNumbers.push({ Number: '(512) 555-0199', Type: 'Home' });
    await rig.deliver(aboutAna('application_updated', 5, { status: 'submitted', phone: '+15125550177' }));
    await rig.drain();
    expect(record?.PhoneNumbers).toEqual(
      expect.arrayContaining([
        { Number: '(512) 555-0199', Type: 'Home' },
        { Number: '(512) 555-0177', Type: 'Cell' },
      ]),
    );
    expect(record).toMatchObject({ UnitId: 10231, Email: 'ana.ruiz@example.com' });
  });

  it('does not overwrite what the landlord edited, and shows it', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [record] = rig.buildium.records.values();
    if (record) record.LastName = 'Ruiz-Lopez';
    await rig.deliver(aboutAna('application_updated', 5, { status: 'submitted', phone: '+15125550177' }));
    await rig.drain();
    expect(record?.LastName).toBe('Ruiz-Lopez');
    expect(record?.PhoneNumbers[0]?.Number).toBe('(512) 555-0177');
    const [state] = await rig.states();
    expect(state).toMatchObject({
      state: 'parked',
      cause: 'edited_there',
      message: 'Buildium has another value than Boom, and not from us: LastName',
    });
  });

  it('overwrites where the landlord said that Boom owns the field', async () => {
    const rig = await buildiumRig({ fields: { LastName: { owner: 'boom' } } });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [record] = rig.buildium.records.values();
    if (record) record.LastName = 'Ruiz-Lopez';
    await rig.deliver(aboutAna('application_updated', 5, { status: 'submitted', phone: '+15125550177' }));
    await rig.drain();
    expect(record?.LastName).toBe('Ruiz');
  });

  it('does not believe a 200 that changed nothing', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    rig.buildium.switches.silentNoOp = true;
    await rig.deliver(aboutAna('application_updated', 5, { status: 'submitted', phone: '+15125550177' }));
    await rig.drain();
    const [state] = await rig.states();
    expect(state).toMatchObject({ state: 'retrying', cause: 'conflict' });
    expect(state?.message).toBe('We sent PhoneNumbers.Mobile and Buildium still shows another value');
    rig.buildium.switches.silentNoOp = false;
    rig.pass(5);
    await rig.drain();
    expect((await rig.states())[0]?.state).toBe('synced');
  });

  it('names the field that was refused and never its value', async () => {
    const rig = await buildiumRig();
    rig.buildium.switches.refuse = ['PhoneNumbers.Mobile'];
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [state] = await rig.states();
    expect(state).toMatchObject({ state: 'parked', cause: 'invalid' });
    expect(state?.message).toContain('PhoneNumbers.Mobile');
    expect(`${state?.message} ${state?.remedy}`).not.toMatch(/555|ana/i);
  });

  it('does not make a record anew that was deleted over there', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    rig.buildium.records.clear();
    await rig.deliver(aboutAna('application_approved', 5));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(0);
    expect((await rig.states())[0]).toMatchObject({ state: 'parked', cause: 'gone_there' });
  });
});

describe('decisions', () => {
  it('sets the decision where there is an application, and not a second time', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      UnitId: 10231,
      Applications: [{ ...APPLICATION }],
    });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Approved');
    expect(rig.buildium.notes.get(there.Id) ?? []).toEqual([]);
    await rig.deliver(aboutAna('application_decision_reverted', 5, { id: 'a1', status: 'submitted' }));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Undecided');
  });

  it('leaves a note where there is no application, once', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('application_declined', 1));
    await rig.deliver(aboutAna('applicant_submitted', 0));
    rig.buildium.add({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com', UnitId: 10231 });
    await rig.drain();
    await rig.deliver(aboutAna('applicant_receipt', 7, { id: 'a1', status: 'rejected' }));
    await rig.drain();
    const notes = [...rig.buildium.notes.values()].flat().map((note) => note.Note);
    expect(notes).toEqual([
      'BoomScreen: declined on 1 Nov 2026. Details in Boom. [boomsync declined 2026-11-01T12:01Z]',
    ]);
  });

  it('says a cancellation once, however much comes after it', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    for (const [minute, event] of [
      [5, 'application_canceled'],
      [9, 'applicant_receipt'],
      [15, 'pet_screening_requested'],
    ] as const) {
      await rig.deliver(aboutAna(event, minute, { id: 'a1' }));
      await rig.drain();
    }
    expect([...rig.buildium.notes.values()].flat()).toHaveLength(1);
  });

  it('writes nothing about the ended application of somebody who lives there', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.deliver(aboutAna('application_approved', 2));
    await rig.drain();
    const customer = {
      customer_id: 'c1',
      enrollment_id: 'e1',
      customer_first_name: 'Ana',
      customer_last_name: 'Ruiz',
    };
    const reach = { customer_email: 'ana.ruiz@example.com', customer_phone: '+15125550143' };
    await rig.deliver(
      { event: 'enrollment_approved', ...customer, ...reach },
      new Date('2026-11-02T12:00:00Z'),
    );
    await rig.deliver(aboutAna('application_canceled', 20));
    await rig.drain();
    const notes = [...rig.buildium.notes.values()].flat().map((note) => note.Note);
    expect(notes.filter((note) => note.includes('canceled'))).toEqual([]);
    expect((await rig.states())[0]).toMatchObject({ state: 'parked', cause: 'resident' });
  });

  it('never writes a conditional approval as an approval', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Applications: [{ ...APPLICATION }],
    });
    await rig.deliver(aboutAna('application_conditionally_approved', 1));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('New');
    const notes = [...rig.buildium.notes.values()].flat().map((note) => note.Note);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('conditional approval');
  });

  it('takes an approval back when it became conditional', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Applications: [{ ...APPLICATION }],
    });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Approved');
    await rig.deliver(aboutAna('application_conditionally_approved', 5));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Undecided');
    expect([...rig.buildium.notes.values()].flat()).toHaveLength(1);
  });

  it('says in notes that a decision was taken back and made again on the same day', async () => {
    const rig = await buildiumRig();
    for (const [event, minute] of [
      ['application_approved', 1],
      ['application_decision_reverted', 5],
      ['application_approved', 9],
    ] as const) {
      await rig.deliver(
        aboutAna(event, minute, event.endsWith('reverted') ? { id: 'a1', status: 'submitted' } : {}),
      );
      await rig.drain();
    }
    const notes = [...rig.buildium.notes.values()].flat().map((note) => note.Note.replace(/ on .*/, ''));
    expect(notes).toEqual([
      'BoomScreen: approved',
      'BoomScreen: the decision was taken back',
      'BoomScreen: approved',
    ]);
  });

  it('never writes over AddedToLease', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Status: 'AddedToLease',
      Applications: [{ ...APPLICATION, ApplicationStatus: 'AddedToLease' }],
    });
    await rig.deliver(aboutAna('application_declined', 1));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('AddedToLease');
  });

  it('leaves a decision that the landlord made there', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Applications: [{ ...APPLICATION, ApplicationStatus: 'Rejected' }],
    });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Rejected');
    expect((await rig.states())[0]).toMatchObject({ state: 'parked', cause: 'decided_there' });
  });

  it('shows a decision that only name, e-mail and phone join, and never pushes it', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.deliver(
      aboutAna('application_approved', 5, { application_id: null, external_id: null, unit: null }),
    );
    await rig.drain();
    expect((await rig.tenants()).map((t) => t.stage)).toEqual(['approved']);
    expect([...rig.buildium.notes.values()].flat()).toEqual([]);
    expect((await rig.states())[0]).toMatchObject({ state: 'parked', cause: 'weak_match' });
  });
});

describe('what happens in the middle of a pass', () => {
  it('is told to the survivor when the tenant turns out to be another one', async () => {
    const rig = await buildiumRig();
    await rig.deliver({
      event: 'identity_verification_finished',
      status: 'finished',
      lead_id: 'l1',
      first_name: 'Ana',
      updated_at: '2026-11-01T12:00:00Z',
    });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.stores.projection.pending(1);
    let absorbed = false;
    await rig.drain(async (step) => {
      if (step !== 'created' || absorbed) return;
      absorbed = true;
      await rig.deliver({
        event: 'identity_verification_finished',
        status: 'finished',
        lead_id: 'l1',
        external_customer_id: 'ext-ana',
        updated_at: '2026-11-01T12:05:00Z',
      });
      await rig.project();
    });
    await rig.drain();
    expect((await rig.tenants()).map((tenant) => tenant.id)).toEqual(['t1']);
    const states = await rig.knex('sync_states').select('tenant_id', 'state', 'remote_id');
    expect(states).toMatchObject([{ tenant_id: 't1', state: 'synced' }]);
    expect(rig.buildium.records.size).toBe(1);
  });

  it('does not let one tenant’s failure to be saved make another one twice', async () => {
    const rig = await buildiumRig();
    const people = ['Ana', 'Luis', 'Eva', 'Tom', 'Kim'];
    for (const [n, first_name] of people.entries()) {
      await rig.deliver(
        aboutAna('applicant_submitted', 1, {
          first_name,
          external_id: `e${n}`,
          email: `p${n}@example.com`,
          phone: null,
        }),
      );
    }
    await rig.knex.raw(
      "create trigger fault before insert on passes when new.tenant_id = 't1' begin select raise(abort, 'once'); end",
    );
    await rig.drain().catch(() => {});
    await rig.knex.raw('drop trigger fault');
    await rig.drain();
    expect([...rig.buildium.records.values()].map((record) => record.FirstName).sort()).toEqual(
      [...people].sort(),
    );
    expect((await rig.states()).every((state) => state.state === 'synced')).toBe(true);
  });
});

describe('a connection that fails', () => {
  it('pauses on a refused key, uses up nobody’s attempts, and drains by itself once the key works', async () => {
    const rig = await buildiumRig();
    rig.buildium.switches.expiredKey = true;
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect((await rig.states())[0]).toMatchObject({ state: 'waiting', cause: 'unauthorized', attempts: 0 });
    expect(await rig.stores.connections.get('oak')).toMatchObject({ state: 'broken' });
    const asked = rig.buildium.log.length;
    await rig.drain();
    expect(rig.buildium.log.length).toBe(asked);
    rig.pass(20);
    await rig.drain();
    rig.buildium.switches.expiredKey = false;
    rig.pass(20);
    await rig.drain();
    expect((await rig.states())[0]?.state).toBe('synced');
    expect(await rig.stores.connections.get('oak')).toMatchObject({ state: 'working', waitUntil: null });
  });

  it('uses up nobody’s attempts while Buildium cannot be reached', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.buildium.close();
    for (let round = 0; round < 5; round += 1) {
      await rig.drain();
      rig.pass(60);
    }
    expect((await rig.states())[0]).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await rig.stores.connections.get('oak')).toMatchObject({ state: 'broken' });
  });

  it('waits as long as a 429 asks, and no attempt is counted', async () => {
    const rig = await buildiumRig();
    rig.buildium.switches.rateLimited = 100;
    rig.buildium.switches.retryAfter = '120';
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const health = await rig.stores.connections.get('oak');
    expect(health?.state).toBe('working');
    expect((await rig.states())[0]).toMatchObject({ attempts: 0 });
    rig.buildium.switches.rateLimited = 0;
    rig.pass(1);
    await rig.drain();
    expect(rig.buildium.records.size).toBe(0);
    rig.pass(2);
    await rig.drain();
    expect(rig.buildium.records.size).toBe(1);
  });

  it('gives up after a week of failed attempts and asks a person', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    rig.buildium.switches.silentNoOp = false;
    rig.buildium.switches.emptyServerError = 10_000;
    for (let round = 0; round < 15; round += 1) {
      await rig.drain();
      rig.pass(2 * 24 * 60);
    }
    expect((await rig.states())[0]).toMatchObject({ state: 'parked', cause: 'transient' });
  });
});
