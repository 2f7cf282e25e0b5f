/** Decisions and notes: only what Boom said, only where it may stand, and once. */
import { boomSays, inLine, personOf, saysApproved, statesText, theState, writes } from '../acts.ts';
import { type Case, firstOf, holds, takesNotes, WHY } from '../case.ts';
import { ANA } from '../people.ts';
import type { Rig } from '../rig.ts';
import type { Subject } from '../subject.ts';

const LONGEST_NOTE = 200;
export const ANNOTATED = {
  declined: 'annotate',
  canceled: 'annotate',
  merged: 'annotate',
  moved_out: 'annotate',
} as const;
const SILENT = { declined: 'nothing', canceled: 'nothing', merged: 'nothing', moved_out: 'nothing' } as const;

export const decidable = (subject: Subject) =>
  firstOf(
    WHY.byHand(subject),
    WHY.local(subject),
    subject.manifest.capabilities.find === 'none' && 'it is told the outcome as a field',
    subject.kind !== 'applicant' && 'it keeps no applicants, whom decisions are about',
    WHY.noBeginning(subject),
    !subject.decides && !takesNotes(subject) && 'it has no place for a decision and no notes',
  );

/** Ana in line; where decisions stand on an application, with one that nobody has decided. */
export async function applied(rig: Rig): Promise<string> {
  const { id } = await inLine(rig, ANA);
  rig.fake.addApplication?.(id, null);
  return id;
}

export const decisionCases: Case[] = [
  {
    name: 'an approval is set where there is a place for it, else a note says it',
    without: decidable,
    async run({ open }) {
      const rig = await open();
      const id = await applied(rig);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      holds(
        saysApproved(rig, personOf(rig, id)),
        `The approval is nowhere to be read${await statesText(rig)}`,
      );
    },
  },
  {
    name: 'a conditional approval is never written as an approval',
    without: decidable,
    async run({ open }) {
      const rig = await open();
      const id = await applied(rig);
      await boomSays(rig, 'application_conditionally_approved', ANA);
      await rig.drain();
      holds(!saysApproved(rig, personOf(rig, id)), 'It reads as an approval');
    },
  },
  {
    name: 'a decision that Boom takes back is taken back there',
    without: decidable,
    async run({ open }) {
      const rig = await open();
      const id = await applied(rig);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      holds(saysApproved(rig, personOf(rig, id)), 'The approval did not arrive');
      await boomSays(rig, 'application_decision_reverted', ANA, {
        id: `application-${ANA.slug}`,
        status: 'submitted',
      });
      await rig.drain();
      const { decision, notes: texts } = personOf(rig, id);
      const word = rig.connection.decisionFor('approved', rig.subject.kind);
      const last = texts.at(-1) ?? '';
      const stands = word !== null && decision === word;
      holds(
        !stands && !/\bapproved\b/i.test(last),
        `The approval still stands there${await statesText(rig)}`,
      );
    },
  },
  {
    name: 'nothing is decided about a record that is on a lease',
    without: (subject) => firstOf(decidable(subject), !subject.fake.leases && 'its records are on no lease'),
    async run({ open }) {
      const rig = await open();
      const id = await applied(rig);
      rig.fake.onLease?.(id);
      const { decision, fields } = personOf(rig, id);
      await boomSays(rig, 'application_declined', ANA);
      await rig.drain();
      const now = personOf(rig, id);
      holds(now.decision === decision, 'The decision was changed');
      holds(JSON.stringify(now.fields) === JSON.stringify(fields), 'The record was changed');
    },
  },
  {
    name: 'a decline does nothing under "onEnd: nothing"',
    without: decidable,
    async run({ open }) {
      const rig = await open({ config: { onEnd: SILENT } });
      const id = await applied(rig);
      const before = JSON.stringify(personOf(rig, id));
      await boomSays(rig, 'application_declined', ANA);
      await rig.drain();
      holds(JSON.stringify(personOf(rig, id)) === before, 'Something was written');
    },
  },
  {
    name: 'a decline is a note under "onEnd: annotate", and no decision',
    without: (subject) => firstOf(decidable(subject), !takesNotes(subject) && 'it takes no notes'),
    async run({ open }) {
      const rig = await open({ config: { onEnd: ANNOTATED } });
      const id = await applied(rig);
      const { decision } = personOf(rig, id);
      await boomSays(rig, 'application_declined', ANA);
      await rig.drain();
      const now = personOf(rig, id);
      holds(now.decision === decision, 'The decision was changed');
      holds(
        now.notes.some((text) => /\bdeclined\b/i.test(text)),
        `No note says it${await statesText(rig)}`,
      );
    },
  },
  {
    name: 'a decision settles before it is sent',
    without: decidable,
    async run({ open }) {
      const rig = await open({ config: { decisionDelayMinutes: 10 } });
      const id = await applied(rig);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      holds(!saysApproved(rig, personOf(rig, id)), 'It was sent at once');
      rig.pass(11);
      await rig.drain();
      holds(
        saysApproved(rig, personOf(rig, id)),
        `It was not sent when the time had come${await statesText(rig)}`,
      );
    },
  },
  {
    name: 'a note is written once, also when its answer is lost or everybody is looked at again',
    without: (subject) => firstOf(decidable(subject), !takesNotes(subject) && 'it takes no notes'),
    async run({ open }) {
      const rig = await open({ config: { onEnd: ANNOTATED } });
      const id = await applied(rig);
      rig.server.trouble({ what: 'reset_after' }, 'write', 1);
      await boomSays(rig, 'application_declined', ANA);
      await rig.drain();
      rig.server.calm();
      rig.pass(120);
      await rig.drain();
      await rig.recheck();
      await rig.drain();
      const { notes: texts } = personOf(rig, id);
      const said = texts.filter((text) => /\bdeclined\b/i.test(text));
      holds(said.length === 1, `The note stands there ${said.length} times${await statesText(rig)}`);
      const sent = writes(rig);
      await rig.recheck();
      await rig.drain();
      holds(writes(rig) === sent, 'It was sent again');
    },
  },
  {
    name: 'a note is short, and says no reason',
    without: (subject) => firstOf(decidable(subject), !takesNotes(subject) && 'it takes no notes'),
    async run({ open }) {
      const rig = await open({ config: { onEnd: ANNOTATED } });
      const id = await applied(rig);
      await boomSays(rig, 'application_declined', ANA, {
        reasons: ['too little income'],
        memo: 'too little income',
      });
      await rig.drain();
      const { notes: texts } = personOf(rig, id);
      holds(texts.length > 0, 'There is no note');
      holds(
        texts.every((text) => text.length <= LONGEST_NOTE),
        'A note is long',
      );
      holds(!texts.some((text) => /income/i.test(text)), 'A note says a reason');
    },
  },
  {
    name: 'no note is written where nothing proves that staff alone read it, or the landlord wants none',
    without: (subject) => firstOf(decidable(subject), !takesNotes(subject) && 'it takes no notes'),
    async run({ subject, open }) {
      const unproven = subject.manifest.capabilities.notes === 'unproven';
      const rig = await open({ config: { notes: unproven ? null : false, onEnd: ANNOTATED } });
      const id = await applied(rig);
      await boomSays(rig, 'application_declined', ANA);
      await rig.drain();
      holds(personOf(rig, id).notes.length === 0, 'A note was written');
    },
  },
  {
    name: 'a decision that has no place there is said to the landlord instead',
    without: (subject) =>
      firstOf(
        WHY.byHand(subject),
        WHY.local(subject),
        WHY.noBeginning(subject),
        subject.manifest.capabilities.find === 'none' && 'it is told the outcome as a field',
        subject.kind !== 'applicant' && 'it keeps no applicants, whom decisions are about',
        (subject.decides || takesNotes(subject)) && 'it has a place for it',
      ),
    async run({ open }) {
      const rig = await open();
      await applied(rig);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      const { message } = await theState(rig);
      holds(message !== null, `Nothing is said about it${await statesText(rig)}`);
    },
  },
];
