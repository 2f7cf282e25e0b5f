/** Fields: a landlord's edits survive, and the form in which a PMS keeps a value is no edit. */
import type { FieldOwner } from '../../connect/connection.ts';
import {
  arrive,
  boomSays,
  fieldFor,
  holdsInLine,
  inLine,
  personOf,
  phoneField,
  statesText,
  theState,
  verified,
  writes,
} from '../acts.ts';
import { type Case, firstOf, holds, Inapplicable, WHY, type World } from '../case.ts';
import { ANA, UNKNOWN_UNIT } from '../people.ts';
import type { Subject } from '../subject.ts';

export const editable = (subject: Subject) =>
  firstOf(
    WHY.byHand(subject),
    WHY.noUpdate(subject),
    WHY.noEdits(subject),
    WHY.noReadBack(subject),
    WHY.noBeginning(subject),
  );

const STAFF = '+15125550177';
const BOOM = '+15125550166';

const OWNERS = [
  ['boom', "becomes Boom's again"],
  ['pms', 'stays theirs'],
  ['fill', 'stays theirs'],
  ['ask', 'stays theirs, and a person is shown both values,'],
] as const;

/** Staff have one value, Boom another, and the field's owner decides. */
async function bothChange({ open }: World, owner: FieldOwner): Promise<void> {
  const probe = await open();
  const field = await phoneField(probe, ANA);
  const rig = await open({ config: { fields: { [field]: { owner } } } });
  const { id } = await inLine(rig, ANA);
  rig.fake.edit?.(rig.subject.kind, id, { [field]: STAFF });
  const changed = { ...ANA, phone: BOOM };
  await boomSays(rig, 'application_updated', changed, { status: 'submitted' });
  await rig.drain();
  const value = personOf(rig, id).fields[field];
  const wins = rig.connection.rules(rig.subject.kind).same(field, value, owner === 'boom' ? BOOM : STAFF);
  holds(wins, `Under "${owner}" the PMS shows the value of the other side`);
  const { state, cause, plan } = await theState(rig);
  const shown = plan?.fields.some((difference) => difference.field === field && difference.does === 'ask');
  const asked = state === 'parked' && cause === 'edited_there' && shown === true;
  holds(
    asked === (owner === 'ask'),
    `Under "${owner}" it ended otherwise than it should${await statesText(rig)}`,
  );
}

export const fieldCases: Case[] = [
  ...OWNERS.map(
    ([owner, ends]): Case => ({
      name: `a field that staff edited ${ends} under "owner: ${owner}"`,
      without: editable,
      run: (world) => bothChange(world, owner),
    }),
  ),
  {
    name: 'what staff entered in a field that is not ours survives our update',
    without: editable,
    async run({ open }) {
      const probe = await open();
      const field = await phoneField(probe, ANA);
      const other = await fieldFor(probe, ANA, 'email');
      if (other === null) throw new Inapplicable('no field of its own holds the e-mail address');
      const rig = await open({ config: { fields: { [field]: { off: true }, [other]: { owner: 'boom' } } } });
      const { id } = await inLine(rig, ANA);
      rig.fake.edit?.(rig.subject.kind, id, { [field]: STAFF });
      const sent = writes(rig);
      const email = 'ana.new@example.com';
      await boomSays(rig, 'application_updated', { ...ANA, email }, { status: 'submitted' });
      await rig.drain();
      const { fields } = personOf(rig, id);
      holds(writes(rig) > sent || rig.subject.manifest.capabilities.local, 'There was no update');
      holds(
        rig.connection.rules(rig.subject.kind).same(other, fields[other], email),
        'The update did not arrive',
      );
      holds(
        rig.connection.rules(rig.subject.kind).same(field, fields[field], STAFF),
        'What staff had entered is gone',
      );
    },
  },
  {
    name: 'a value that the PMS keeps in another form is no edit, and is not sent again',
    without: editable,
    async run({ open }) {
      const rig = await open();
      const { id } = await inLine(rig, ANA);
      const field = await phoneField(rig, ANA);
      rig.fake.edit?.(rig.subject.kind, id, { [field]: '(512) 555-0143' });
      const sent = writes(rig);
      const drift = await verified(rig);
      await holdsInLine(rig);
      holds(drift.length === 0, 'It is told as drift');
      holds(writes(rig) === sent, 'It was sent again');
    },
  },
  {
    name: 'a unit that nobody has mapped waits for a person, and makes no record',
    without: (subject) =>
      firstOf(
        WHY.byHand(subject),
        WHY.noCreate(subject),
        subject.manifest.capabilities.unitId === 'unused' && 'its records hold no ids of units',
      ),
    async run({ open }) {
      const rig = await open();
      await arrive(rig, { ...ANA, unit: UNKNOWN_UNIT });
      await rig.drain();
      const { state, cause } = await theState(rig);
      holds(
        state === 'parked' && cause === 'unmapped_unit',
        `It was expected to be parked${await statesText(rig)}`,
      );
      holds(rig.people().length === 0 && writes(rig) === 0, 'Something was written');
    },
  },
];
