/** `boomsync undo`: what we wrote is taken back where nobody edited it since, and not sent again until a person says so. */
import type { UndoResult } from '../../operate/undo.ts';
import type { Undone } from '../../reconcile/undone.ts';
import {
  boomSays,
  holdsOneRecord,
  inLine,
  personOf,
  phoneField,
  saysApproved,
  statesText,
  theState,
  writes,
} from '../acts.ts';
import { type Case, firstOf, holds, WHY } from '../case.ts';
import { ANA } from '../people.ts';
import type { Rig } from '../rig.ts';
import type { Subject } from '../subject.ts';
import { applied, decidable } from './decisions.ts';

const DAY = 24 * 60;
const BOOM = '+15125550166';
const STAFF = '+15125550177';

const undoable = (subject: Subject) =>
  firstOf(
    WHY.byHand(subject),
    subject.manifest.capabilities.local && 'a list of our own says what Boom says',
    WHY.noReadBack(subject),
    WHY.noBeginning(subject),
  );
const changes = (subject: Subject) => firstOf(undoable(subject), WHY.noUpdate(subject));
const decides = (subject: Subject) =>
  firstOf(undoable(subject), decidable(subject), !subject.decides && 'it has no place for a decision');

async function takeBack(rig: Rig, since: string, dryRun = false): Promise<Undone[]> {
  const asked = { attemptIds: null, since, connection: rig.connection.name, dryRun };
  const { writes: undone }: UndoResult = await rig.command('undo', asked);
  return undone;
}

const tellOf = (undone: readonly Undone[]) =>
  undone.map(({ attempt, result, message }) => `${attempt.action} ${result} ${message ?? ''}`).join('; ');

interface Written {
  rig: Rig;
  id: string;
  /** From when on the write is to be taken back. */
  since: string;
  /** The field that was written. */
  field: string;
}

function shows({ rig, id, field }: Written, value: string): boolean {
  return rig.connection.rules(rig.subject.kind).same(field, value, personOf(rig, id).fields[field]);
}

/** Ana in line, and then her phone changed by Boom. */
async function changed(rig: Rig): Promise<Written> {
  const field = await phoneField(rig, ANA);
  const { id } = await inLine(rig, ANA);
  rig.pass(1);
  const written = { rig, id, field, since: rig.now().toISOString() };
  await boomSays(rig, 'application_updated', { ...ANA, phone: BOOM }, { status: 'submitted' });
  await rig.drain();
  holds(shows(written, BOOM), `The change did not arrive${await statesText(rig)}`);
  rig.pass(1);
  return written;
}

/** Ana in line, and then approved. */
async function approved(rig: Rig): Promise<Omit<Written, 'field'>> {
  const id = await applied(rig);
  rig.pass(1);
  const since = rig.now().toISOString();
  await boomSays(rig, 'application_approved', ANA);
  await rig.drain();
  holds(saysApproved(rig, personOf(rig, id)), `The approval did not arrive${await statesText(rig)}`);
  rig.pass(1);
  return { rig, id, since };
}

async function holdsHeld(rig: Rig): Promise<void> {
  const { cause } = await theState(rig);
  holds(cause === 'undone', `It is not held${await statesText(rig)}`);
}

export const undoCases: Case[] = [
  {
    name: 'undo puts back what stood in a field, and only looks where it is asked to',
    without: changes,
    async run({ open }) {
      const rig = await open();
      const written = await changed(rig);
      const sent = writes(rig);
      const shown = await takeBack(rig, written.since, true);
      holds(writes(rig) === sent && shows(written, BOOM), 'Something was written when it was to look only');
      holds(
        shown.some(({ result }) => result === 'would'),
        `Nothing is shown (${tellOf(shown)})`,
      );
      const undone = await takeBack(rig, written.since);
      holds(shows(written, ANA.phone), `The former value is not there (${tellOf(undone)})`);
      await holdsHeld(rig);
    },
  },
  {
    name: 'undo leaves a field that staff edited since',
    without: (subject) => firstOf(changes(subject), WHY.noEdits(subject)),
    async run({ open }) {
      const rig = await open();
      const written = await changed(rig);
      rig.fake.edit?.(rig.subject.kind, written.id, { [written.field]: STAFF });
      const sent = writes(rig);
      const undone = await takeBack(rig, written.since);
      holds(shows(written, STAFF) && writes(rig) === sent, `It was written over (${tellOf(undone)})`);
      holds(
        undone.some(({ result }) => result === 'edited'),
        `It is not told (${tellOf(undone)})`,
      );
    },
  },
  {
    name: 'undo deletes no record, and says what a person is to do',
    without: (subject) =>
      firstOf(
        undoable(subject),
        WHY.noCreate(subject),
        subject.kind === 'tenant' && 'a tenant is made only where a person says so for each',
      ),
    async run({ open }) {
      const rig = await open();
      const since = rig.now().toISOString();
      const { id, fields } = await inLine(rig, ANA);
      const undone = await takeBack(rig, since);
      holds(holdsOneRecord(rig).id === id, 'It is another record');
      holds(JSON.stringify(personOf(rig, id).fields) === JSON.stringify(fields), 'A field was changed');
      const made = undone.find(({ attempt }) => attempt.action === 'create');
      holds(made?.result === 'by_hand' && made.remedy !== null, `Nobody is told (${tellOf(undone)})`);
    },
  },
  {
    name: 'undo takes a decision back where the PMS lets it, else a person is told',
    without: decides,
    async run({ open }) {
      const rig = await open();
      const { id, since } = await approved(rig);
      const word = rig.connection.decisionFor('approved', rig.subject.kind);
      const undone = await takeBack(rig, since);
      const made = undone.find(({ attempt }) => attempt.action === 'decide');
      const stands = personOf(rig, id).decision === word;
      holds(made?.result === (stands ? 'by_hand' : 'done'), `It is said otherwise (${tellOf(undone)})`);
      const settable = rig.connection.decisionFor('in_review', rig.subject.kind) !== null;
      holds(!(stands && settable), `The approval still stands there (${tellOf(undone)})`);
    },
  },
  {
    name: 'undo touches no decision of a record that is on a lease',
    without: (subject) => firstOf(decides(subject), !subject.fake.leases && 'its records are on no lease'),
    async run({ open }) {
      const rig = await open();
      const { id, since } = await approved(rig);
      rig.fake.onLease?.(id);
      const before = JSON.stringify(personOf(rig, id));
      const undone = await takeBack(rig, since);
      holds(JSON.stringify(personOf(rig, id)) === before, `The record was changed (${tellOf(undone)})`);
      holds(
        undone.every(({ result }) => result === 'by_hand' || result === 'edited'),
        `It was said to be taken back (${tellOf(undone)})`,
      );
    },
  },
  {
    name: 'what was taken back is not sent again until a person says retry',
    without: changes,
    async run({ open }) {
      const rig = await open();
      const written = await changed(rig);
      await takeBack(rig, written.since);
      holds(shows(written, ANA.phone), 'It was not taken back');
      const sent = writes(rig);
      const later = { ...ANA, phone: BOOM };
      await boomSays(rig, 'application_updated', later, { status: 'submitted' });
      await rig.drain();
      await rig.restart();
      await rig.recheck();
      rig.pass(DAY);
      await rig.drain();
      await rig.command('retry', { tenantIds: null });
      holds(writes(rig) === sent && shows(written, ANA.phone), 'It was sent again');
      const { tenantId } = await theState(rig);
      await rig.command('retry', { tenantIds: [tenantId] });
      holds(shows(written, BOOM), `It was not sent when a person said so${await statesText(rig)}`);
    },
  },
];
