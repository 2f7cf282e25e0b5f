/** What a landlord decides: to look first, to pause, to let through what is new, and what is done by hand. */
import { acknowledged, isTask } from '../../reconcile/acknowledge.ts';
import {
  arrive,
  boomSays,
  holdsInLine,
  holdsOneRecord,
  statesOf,
  statesText,
  theState,
  writes,
} from '../acts.ts';
import { type Case, firstOf, holds, WHY } from '../case.ts';
import { ANA, crowd } from '../people.ts';

const DAYS = 24 * 60;

export const landlordCases: Case[] = [
  {
    name: 'preview, which is how it begins, shows what it would write and writes nothing until it is live',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.local(subject)),
    async run({ subject, open }) {
      const rig = await open({ config: { mode: null } });
      await arrive(rig, ANA);
      await rig.drain();
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      holds(writes(rig) === 0 && rig.people().length === 0, 'Something was written');
      const states = await statesOf(rig);
      holds(
        states.every(({ state }) => state !== 'synced'),
        'It was said to be in line',
      );
      if (!subject.creates || subject.kind !== 'applicant') return;
      holds(
        states.some(({ cause, plan }) => cause === 'preview' && plan?.record === 'create'),
        `What it would write is not shown${await statesText(rig)}`,
      );
      await rig.restart({ mode: 'live' });
      await rig.drain();
      holdsOneRecord(rig);
    },
  },
  {
    name: 'a paused connection sends nothing and drops nothing, also after a restart',
    without: (subject) =>
      firstOf(
        WHY.byHand(subject),
        WHY.local(subject),
        WHY.noBeginning(subject),
        !subject.creates && WHY.noCreate(subject),
      ),
    async run({ open }) {
      const rig = await open();
      await rig.stores.connections.pause(rig.connection.name, rig.now().toISOString());
      await arrive(rig, ANA);
      await rig.drain();
      await rig.restart();
      rig.pass(DAYS);
      await rig.drain();
      holds(rig.server.seen.length === 0, `${rig.server.seen.length} requests were sent`);
      await rig.stores.connections.pause(rig.connection.name, null);
      await rig.drain();
      if (rig.subject.kind === 'applicant') holdsOneRecord(rig);
      else holds((await statesOf(rig)).length === 1, 'What came meanwhile was dropped');
    },
  },
  {
    name: 'what is made beyond the quota of a day waits for a person',
    without: (subject) =>
      firstOf(
        WHY.byHand(subject),
        WHY.local(subject),
        WHY.noCreate(subject),
        subject.kind === 'tenant' && 'a tenant is made only where a person says so for each',
      ),
    async run({ open }) {
      const rig = await open({ config: { createsPerDay: 2 } });
      await arrive(rig, ...crowd(4));
      await rig.drain();
      const made = rig.people().length;
      holds(made === 2, `${made} records were made where two may be${await statesText(rig)}`);
      const held = (await statesOf(rig)).filter(
        ({ state, cause }) => state === 'parked' && cause === 'over_quota',
      );
      holds(held.length === 2, `The others were expected to wait for a person${await statesText(rig)}`);
      rig.pass(2 * DAYS);
      await rig.drain();
      holds(rig.people().length === 2, 'They were made two days later without a word');
      await rig.stores.sync.approve(held, rig.now().toISOString());
      await rig.drain();
      holds(rig.people().length === 4, `They were not made when a person let them${await statesText(rig)}`);
    },
  },
  {
    name: 'what a person is to do is a task until they say that it is done, and no request',
    without: ({ manifest }) => (manifest.capabilities.byHand ? null : 'it is done by requests'),
    async run({ open }) {
      const rig = await open();
      await arrive(rig, ANA);
      await rig.drain();
      const state = await theState(rig);
      holds(isTask(state), `It is no task${await statesText(rig)}`);
      holds(rig.server.seen.length === 0, 'A request was sent');
      await rig.stores.sync.saveState(acknowledged(state, rig.now().toISOString()));
      await rig.recheck();
      await rig.drain();
      await holdsInLine(rig);
      await boomSays(rig, 'application_approved', ANA);
      await rig.drain();
      holds(isTask(await theState(rig)), `The approval is no task${await statesText(rig)}`);
    },
  },
];
