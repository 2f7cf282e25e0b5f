/** Decisions, notes, and outcomes that are not written. */
import type { Spoil } from '../spoil.ts';
import { cannotReadNotes, ends, notesMore, type Spoiled, takesNothingBack } from './shared.ts';

const knowsNoLease: Spoil = {
  connector: (usual) => ({
    async decision(kind, id) {
      const decision = (await usual.decision?.(kind, id)) ?? null;
      return decision && { ...decision, open: decision.value === 'open', locked: false };
    },
  }),
};

const hearsNoRentReporting: Spoil = {
  rig: ({ deliver }) => ({
    deliver: (...said) => deliver(...said.filter(({ event }) => event !== 'enrollment_approved')),
  }),
};

export const decisionsSpoils: Record<string, Spoiled> = {
  'an approval is set where there is a place for it, else a note says it': [
    'decides nothing',
    'nowhere to be read',
    { connector: () => ({ decide: async () => {} }) },
  ],
  'a conditional approval is never written as an approval': [
    'writes a conditional approval as one',
    'It reads as an approval',
    notesMore('BoomScreen: approved.'),
  ],
  'a decision that Boom takes back is taken back there': [
    'takes no decision back',
    'The approval still stands there',
    takesNothingBack,
  ],
  'nothing is decided about a record that is on a lease': [
    'does not know a lease',
    'The decision was changed',
    {
      manifest: (text) =>
        text
          .replace('locked: data.status = "leased"', 'locked: data.status = "never"')
          .replace('open: data.status = "open"', 'open: $exists(data.status)'),
    },
  ],
  'a decline does nothing under "onEnd: nothing"': [
    'sets it all the same',
    'Something was written',
    { config: ends('status') },
  ],
  'a decline is a note under "onEnd: annotate", and no decision': [
    'sets it all the same',
    'The decision was changed',
    { config: ends('status') },
  ],
  'a decision settles before it is sent': [
    'waits for nothing',
    'It was sent at once',
    { config: { decisionDelayMinutes: 0 } },
  ],
  'a note is written once, also when its answer is lost or everybody is looked at again': [
    'cannot read its own notes',
    'The note stands there 3 times',
    cannotReadNotes,
  ],
  'a note is short, and says no reason': [
    'gives the reason',
    'A note says a reason',
    notesMore('Too little income.'),
  ],
  'no note is written where nothing proves that staff alone read it, or the landlord wants none': [
    'asks nobody who reads notes',
    'A note was written',
    { config: { notes: true } },
  ],
  'a decision that has no place there is said to the landlord instead': [
    'takes it to be said',
    'Nothing is said about it',
    { on: 'microrealestate', capabilities: { find: 'none' } },
  ],
  'a decision that is taken back while it settles is never sent': [
    'waits for nothing',
    'Something was written',
    { config: { decisionDelayMinutes: 0 } },
  ],
  'a decision that Boom takes back waits for a person where the record is on a lease': [
    'does not know a lease',
    'A person was to be asked',
    knowsNoLease,
  ],
  'a decision that staff made stays theirs, and a person is asked': [
    'takes it for undecided',
    'The decision was written over',
    {
      on: 'buildium',
      connector: (usual) => ({
        decision: async (...of) => ({
          value: null,
          locked: false,
          ...(await usual.decision?.(...of)),
          open: true,
        }),
      }),
    },
  ],
  'a decline of somebody who lives there is written nowhere, and a person is asked': [
    'does not know who lives there',
    'The record was changed',
    hearsNoRentReporting,
  ],
  'a cancellation of somebody who lives there is written nowhere, and a person is asked': [
    'does not know who lives there',
    'The record was changed',
    hearsNoRentReporting,
  ],
  'the record of an application that was merged into another stays, and a note says it': [
    'says nothing of it',
    '0 notes say it',
    { config: ends('nothing') },
  ],
};
