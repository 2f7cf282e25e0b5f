/** Records are made once, and found again. */
import {
  arrivalOf,
  arrive,
  boomSays,
  dieAt,
  fieldFor,
  fieldsOf,
  holdsInLine,
  holdsOneRecord,
  inLine,
  personOf,
  saysApproved,
  showsPerson,
  staffAdds,
  statesText,
  stepsOf,
  theState,
  writes,
} from '../acts.ts';
import { type Case, firstOf, holds, takesNotes, Unmet, WHY, type World } from '../case.ts';
import { ANA, BEN } from '../people.ts';
import type { Rig } from '../rig.ts';
import type { Subject } from '../subject.ts';
import type { Trouble } from '../trouble.ts';

const HOURS = 60;

const makes = (subject: Subject) =>
  firstOf(
    WHY.byHand(subject),
    WHY.noCreate(subject),
    subject.kind === 'tenant' &&
      'a tenant is made only where a person says so for each: see the case of that',
  );

/** One record in the end, however the first try went. */
async function oneInTheEnd(rig: Rig): Promise<void> {
  rig.server.calm();
  rig.pass(2 * HOURS);
  await rig.drain();
  holdsOneRecord(rig);
  await holdsInLine(rig);
}

function lostCreate(name: string, trouble: Trouble): Case {
  return {
    name,
    without: (subject) => firstOf(WHY.local(subject), makes(subject)),
    async run({ open }) {
      const rig = await open({ timeoutMs: 300 });
      rig.server.trouble(trouble, 'write', 1);
      await arrive(rig, ANA);
      await rig.drain();
      await oneInTheEnd(rig);
    },
  };
}

/** Kills the process before each step of a drain in a world of its own, and starts it again. */
async function diesAtEachStep(
  { open }: World,
  begin: (rig: Rig) => Promise<void>,
  check: (rig: Rig) => Promise<void>,
): Promise<void> {
  const whole = await open();
  await begin(whole);
  const steps = await stepsOf(whole);
  for (const [at, step] of steps.entries()) {
    const rig = await open();
    await begin(rig);
    await dieAt(rig, at + 1);
    rig.pass(2 * HOURS);
    await rig.drain();
    const found = rig.people().length;
    holds(found === 1, `After a death before "${step}" there are ${found} records`);
    try {
      await check(rig);
    } catch (error) {
      throw error instanceof Unmet ? new Unmet(`After a death before "${step}": ${error.message}`) : error;
    }
    await rig.close();
  }
}

export const createCases: Case[] = [
  {
    name: 'makes one record, with what the field map says',
    without: makes,
    async run({ open }) {
      const rig = await open();
      await arrive(rig, ANA);
      await rig.drain();
      const record = holdsOneRecord(rig);
      await holdsInLine(rig);
      const person = Object.entries(await fieldsOf(rig, ANA));
      const nobody = await fieldsOf(rig, null);
      const own = person.filter(
        ([field, value]) => !rig.connection.rules(rig.subject.kind).same(field, value, nobody[field]),
      );
      showsPerson(rig, record, Object.fromEntries(own));
    },
  },
  {
    name: 'the same again is no second record, and no request',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.noBeginning(subject)),
    async run({ open }) {
      const rig = await open();
      const said = { application_updated_at: rig.now().toISOString() };
      await inLine(rig, ANA);
      await holdsInLine(rig);
      rig.server.seen.length = 0;
      await rig.deliver(...arrivalOf(rig, ANA, said));
      await rig.drain();
      holdsOneRecord(rig);
      holds(rig.server.seen.length === 0, `${rig.server.seen.length} requests were sent about nothing new`);
    },
  },
  {
    name: 'a record made earlier is found again by an installation that knows nothing',
    without: (subject) =>
      firstOf(makes(subject), subject.manifest.capabilities.find === 'none' && 'it finds nobody'),
    async run({ open }) {
      const rig = await open();
      await arrive(rig, ANA);
      await rig.drain();
      const { id } = holdsOneRecord(rig);
      await rig.forget();
      await arrive(rig, ANA);
      await rig.drain();
      holds(holdsOneRecord(rig).id === id, 'It is another record');
      await holdsInLine(rig);
    },
  },
  {
    name: 'a record that staff made is taken, and none is made beside it',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.noFind(subject), WHY.noStaff(subject)),
    async run({ open }) {
      const rig = await open();
      const id = await staffAdds(rig, ANA);
      await arrive(rig, ANA);
      await rig.drain();
      holds(holdsOneRecord(rig).id === id, 'It is another record');
      await holdsInLine(rig);
    },
  },
  lostCreate('a create whose answer never comes makes one record', { what: 'hang_after' }),
  lostCreate('a create whose connection breaks before it is done makes one record', { what: 'reset_before' }),
  lostCreate('a create whose connection breaks after it is done makes one record', { what: 'reset_after' }),
  lostCreate('a create answered with nothing makes one record', { what: 'empty' }),
  {
    name: 'a process killed at any step of a create leaves one record',
    without: makes,
    run: (world) => diesAtEachStep(world, (rig) => arrive(rig, ANA), holdsInLine),
  },
  {
    name: 'a process killed at any step of a change loses nothing, and says nothing twice',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.noBeginning(subject), WHY.noWrite(subject)),
    run: (world) => diesAtEachStep(world, changesWithApproval, changedOnce),
  },
  {
    name: 'two records that fit are shown to a person, and neither is touched',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.noFind(subject), WHY.noStaff(subject)),
    async run({ open }) {
      const rig = await open();
      await staffAdds(rig, ANA);
      await staffAdds(rig, ANA);
      const before = JSON.stringify(rig.people());
      await arrive(rig, ANA);
      await rig.drain();
      const { state, cause } = await theState(rig);
      holds(
        state === 'parked' && cause === 'ambiguous',
        `It was expected to be parked${await statesText(rig)}`,
      );
      holds(JSON.stringify(rig.people()) === before && writes(rig) === 0, 'Something was written');
    },
  },
  {
    name: 'somebody else with the same e-mail address is not taken for this person',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.noFind(subject), WHY.noStaff(subject)),
    async run({ open }) {
      const rig = await open();
      const id = await staffAdds(rig, ANA);
      const before = JSON.stringify(personOf(rig, id));
      await arrive(rig, BEN);
      await rig.drain();
      await boomSays(rig, 'application_declined', BEN);
      await rig.drain();
      holds(JSON.stringify(personOf(rig, id)) === before, "The other person's record was changed");
    },
  },
];

const PHONE = '+15125550166';

/** Boom changes a field and decides, in one pass. */
async function changesWithApproval(rig: Rig): Promise<void> {
  const { id } = await inLine(rig, ANA);
  rig.fake.addApplication?.(id, null);
  await boomSays(rig, 'application_approved', { ...ANA, phone: PHONE });
}

async function changedOnce(rig: Rig): Promise<void> {
  await holdsInLine(rig);
  const record = holdsOneRecord(rig);
  const { fields, notes } = record;
  const field = rig.subject.updates ? await fieldFor(rig, ANA, 'phone') : null;
  holds(
    field === null || rig.connection.rules(rig.subject.kind).same(field, fields[field], PHONE),
    'The change is lost',
  );
  const tells = rig.subject.kind === 'applicant' && (rig.subject.decides || takesNotes(rig.subject));
  holds(!tells || saysApproved(rig, record), 'The decision is lost');
  holds(new Set(notes).size === notes.length, 'A note stands there twice');
}
