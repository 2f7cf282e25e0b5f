/** Outcomes that are not written: what staff decided, what a lease or a resident stands on, what Boom took back in time. */
import { boomSays, inLine, personOf, saysApproved, statesText, theState, writes } from '../acts.ts';
import { type Case, firstOf, holds, takesNotes, WHY } from '../case.ts';
import { ANA, OTHER_UNIT, reporting, type Said } from '../people.ts';
import type { Rig } from '../rig.ts';
import type { Subject } from '../subject.ts';
import { ANNOTATED, applied, decidable } from './decisions.ts';

const sets = (subject: Subject) =>
  firstOf(decidable(subject), !subject.decides && 'it has no place for a decision');

const REVERTED: Said = { id: `application-${ANA.slug}`, status: 'submitted' };

async function parkedAs(rig: Rig, wanted: string): Promise<void> {
  const { state, cause } = await theState(rig);
  holds(state === 'parked' && cause === wanted, `A person was to be asked${await statesText(rig)}`);
}

const ENDINGS = [
  ['application_declined', 'decline'],
  ['application_canceled', 'cancellation'],
] as const;

export const outcomeCases: Case[] = [
  {
    name: 'a decision that is taken back while it settles is never sent',
    without: decidable,
    async run({ open }) {
      const rig = await open({ config: { decisionDelayMinutes: 10 } });
      const id = await applied(rig);
      const before = JSON.stringify(personOf(rig, id));
      const sent = writes(rig);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      await boomSays(rig, 'application_decision_reverted', ANA, REVERTED);
      await rig.drain();
      rig.pass(60);
      await rig.drain();
      const same = JSON.stringify(personOf(rig, id)) === before;
      holds(same && writes(rig) === sent, 'Something was written');
    },
  },
  {
    name: 'a decision that Boom takes back waits for a person where the record is on a lease',
    without: (subject) => firstOf(sets(subject), !subject.fake.leases && 'its records are on no lease'),
    async run({ open }) {
      const rig = await open();
      const id = await applied(rig);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      holds(saysApproved(rig, personOf(rig, id)), 'The approval did not arrive');
      rig.fake.onLease?.(id);
      const before = JSON.stringify(personOf(rig, id));
      await boomSays(rig, 'application_decision_reverted', ANA, REVERTED);
      await rig.drain();
      holds(JSON.stringify(personOf(rig, id)) === before, 'The record was changed');
      await parkedAs(rig, 'on_a_lease');
    },
  },
  {
    name: 'a decision that staff made stays theirs, and a person is asked',
    without: (subject) => firstOf(sets(subject), !subject.fake.applications && 'nobody else decides there'),
    async run({ open }) {
      const rig = await open();
      const id = await applied(rig);
      const theirs = rig.connection.decisionFor('declined', rig.subject.kind);
      rig.fake.addApplication?.(id, theirs);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      holds(personOf(rig, id).decision === theirs, 'The decision was written over');
      await parkedAs(rig, 'decided_there');
    },
  },
  ...ENDINGS.map(
    ([event, what]): Case => ({
      name: `a ${what} of somebody who lives there is written nowhere, and a person is asked`,
      without: decidable,
      async run({ open }) {
        const rig = await open();
        const id = await applied(rig);
        await boomSays(rig, 'application_approved', ANA);
        await rig.deliver(reporting('customer_registered', ANA), reporting('enrollment_approved', ANA));
        await rig.drain();
        const before = JSON.stringify(personOf(rig, id));
        await boomSays(rig, event, ANA);
        await rig.drain();
        holds(JSON.stringify(personOf(rig, id)) === before, 'The record was changed');
        await parkedAs(rig, 'resident');
      },
    }),
  ),
  {
    name: 'the record of an application that was merged into another stays, and a note says it',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.told(subject), WHY.noBeginning(subject)),
    async run({ subject, open }) {
      const rig = await open({ config: { onEnd: ANNOTATED } });
      const { id, fields, decision } = await inLine(rig, ANA);
      rig.pass(1);
      await rig.deliver({
        event: 'application_merged',
        target_application_id: 'application-other',
        merged_application_ids: [`application-${ANA.slug}`],
        merged_at: rig.now().toISOString(),
      });
      const target = { application_id: 'application-other', unit: OTHER_UNIT, status: 'submitted' };
      await boomSays(rig, 'application_updated', ANA, target);
      await rig.drain();
      const now = personOf(rig, id);
      holds(JSON.stringify(now.fields) === JSON.stringify(fields), 'A field was changed');
      holds(now.decision === decision, 'The decision was changed');
      if (!takesNotes(subject)) return;
      const said = now.notes.filter((text) => /\bmerged\b/i.test(text));
      holds(said.length === 1, `${said.length} notes say it${await statesText(rig)}`);
    },
  },
];
