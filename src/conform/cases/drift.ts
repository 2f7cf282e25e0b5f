/** What changed over there since we wrote it: told by `resync --verify`, and overwritten only where the owner says so. */
import type { FieldOwner } from '../../connect/connection.ts';
import type { Drift } from '../../operate/resync.ts';
import { boomSays, inLine, personOf, phoneField, statesText, theState, verified, writes } from '../acts.ts';
import { type Case, holds, type World } from '../case.ts';
import { ANA } from '../people.ts';
import type { Rig } from '../rig.ts';
import { editable } from './fields.ts';

const STAFF = '+15125550177';
const BOOM = '+15125550166';

interface Drifted {
  rig: Rig;
  field: string;
  id: string;
}

/** Ana in line, and her phone edited by staff since. */
async function drifted({ open }: World, owner: FieldOwner, edited: string | null): Promise<Drifted> {
  const field = await phoneField(await open(), ANA);
  const rig = await open({ config: { fields: { [field]: { owner } } } });
  const { id } = await inLine(rig, ANA);
  rig.fake.edit?.(rig.subject.kind, id, { [field]: edited });
  return { rig, field, id };
}

function shows({ rig, field, id }: Drifted, value: string): boolean {
  return rig.connection.rules(rig.subject.kind).same(field, value, personOf(rig, id).fields[field]);
}

/** What `resync --verify` says becomes of the field; undefined where it says nothing of it. */
function doesWith({ field }: Drifted, drift: readonly Drift[]): string | undefined {
  return drift.flatMap(({ plan }) => plan?.fields ?? []).find((one) => one.field === field)?.does;
}

export const driftCases: Case[] = [
  {
    name: 'a field that stands empty there is filled under "owner: fill"',
    without: editable,
    async run(world) {
      const there = await drifted(world, 'fill', null);
      await boomSays(there.rig, 'application_updated', { ...ANA, phone: BOOM }, { status: 'submitted' });
      await there.rig.drain();
      holds(shows(there, BOOM), `The field is still empty${await statesText(there.rig)}`);
    },
  },
  {
    name: '"resync --verify" tells what staff edited, and sends nothing under "owner: ask"',
    without: editable,
    async run(world) {
      const there = await drifted(world, 'ask', STAFF);
      const sent = writes(there.rig);
      const drift = await verified(there.rig);
      holds(writes(there.rig) === sent && shows(there, STAFF), 'It was written over');
      holds(doesWith(there, drift) === 'ask', `The edit is not told${await statesText(there.rig)}`);
      const { state, cause } = await theState(there.rig);
      holds(state === 'parked' && cause === 'edited_there', `Nobody is asked${await statesText(there.rig)}`);
    },
  },
  {
    name: '"resync --verify" tells what staff edited, and sends Boom\'s again under "owner: boom"',
    without: editable,
    async run(world) {
      const there = await drifted(world, 'boom', STAFF);
      const drift = await verified(there.rig);
      holds(doesWith(there, drift) === 'write', `The edit is not told${await statesText(there.rig)}`);
      holds(shows(there, ANA.phone), "The PMS does not show Boom's value again");
    },
  },
];
