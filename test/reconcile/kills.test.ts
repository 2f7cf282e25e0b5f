/** The process is killed at every step of every kind of write, once and three times, and the next start makes it good. */
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/reconcile/pass-tools.ts';
import { aboutAna, buildiumRig, type Rig } from '../support/buildium.ts';

const TIMES = [1, 3];

interface Write {
  name: string;
  /** Brings the rig to where only this write is left. */
  before(rig: Rig): Promise<void>;
  steps: Step[];
  /** Holds once it was done. */
  holds(rig: Rig): void;
}

const one = (rig: Rig) => {
  expect(rig.buildium.records.size).toBe(1);
  const [record] = rig.buildium.records.values();
  if (record === undefined) throw new Error('nobody is there');
  return record;
};
const notesOf = (rig: Rig) => [...rig.buildium.notes.values()].flat().map(({ Note }) => Note);

const WRITES: Write[] = [
  {
    name: 'a create',
    before: async (rig) => void (await rig.deliver(aboutAna('applicant_submitted', 1))),
    steps: ['look', 'intent', 'create', 'created', 'read_back'],
    holds: (rig) => expect(one(rig)).toMatchObject({ FirstName: 'Ana', Email: 'ana.ruiz@example.com' }),
  },
  {
    name: 'an adoption',
    async before(rig) {
      rig.buildium.add({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com' });
      await rig.deliver(aboutAna('applicant_submitted', 1));
    },
    steps: ['look', 'adopted', 'update', 'updated', 'read_back'],
    holds: (rig) => expect(one(rig)).toMatchObject({ UnitId: 10231 }),
  },
  {
    name: 'an update',
    async before(rig) {
      await rig.deliver(aboutAna('applicant_submitted', 1));
      await rig.drain();
      await rig.deliver(aboutAna('application_updated', 5, { status: 'submitted', phone: '+15125550177' }));
    },
    steps: ['look', 'update', 'updated', 'read_back'],
    holds: (rig) => expect(one(rig).PhoneNumbers).toEqual([{ Number: '(512) 555-0177', Type: 'Cell' }]),
  },
  {
    name: 'a decision',
    async before(rig) {
      await rig.deliver(aboutAna('applicant_submitted', 1));
      await rig.drain();
      one(rig).Applications.push({
        Id: 1,
        ApplicationStatus: 'New',
        ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z',
      });
      await rig.deliver(aboutAna('application_approved', 5));
    },
    steps: ['look', 'decide', 'decided'],
    holds(rig) {
      expect(one(rig).Applications[0]?.ApplicationStatus).toBe('Approved');
      expect(notesOf(rig)).toEqual([]);
    },
  },
  {
    name: 'a note',
    async before(rig) {
      await rig.deliver(aboutAna('applicant_submitted', 1));
      await rig.drain();
      await rig.deliver(aboutAna('application_approved', 5));
    },
    steps: ['look', 'note', 'noted'],
    holds(rig) {
      one(rig);
      expect(notesOf(rig)).toHaveLength(1);
    },
  },
];

const CASES = WRITES.flatMap((write) =>
  write.steps.flatMap((step) => TIMES.map((times) => ({ write, step, times, name: write.name }))),
);

describe('killed in the middle', () => {
  it.each(CASES)(
    '$name that is killed at $step, $times times, is done once',
    async ({ write, step, times }) => {
      const rig = await buildiumRig();
      await write.before(rig);
      for (let time = 0; time < times; time += 1) {
        const died = await rig.killedAt(step);
        // What was done before the first kill is not done again, so that a later start may never come to the step.
        if (time === 0) expect(died).toBe(true);
      }
      await rig.drain();
      write.holds(rig);
      expect(await rig.states()).toMatchObject([{ state: 'synced', intent: null }]);
      const asked = rig.buildium.log.length;
      await rig.drain();
      expect(rig.buildium.log.length).toBe(asked);
    },
  );

  it('keeps what was there before, though nobody heard what became of the write', async () => {
    const rig = await buildiumRig();
    await WRITES[2]?.before(rig);
    await rig.killedAt('updated');
    expect((await rig.attempts()).at(-1)).toMatchObject({
      action: 'update',
      outcome: 'sent',
      before: { 'PhoneNumbers.Mobile': '(512) 555-0143' },
      remoteId: expect.any(String),
    });
  });
});
