/** The record of somebody who lives there: found, made only for whom a person lets it, and given no outcome. */

import type { SyncState } from '../../store/sync.ts';
import { boomSays, inLine, movesIn, phoneField, staffAdds } from '../acts.ts';
import { type Case, firstOf, holds, WHY } from '../case.ts';
import type { FakePerson } from '../fake.ts';
import { ANA, CANARIES, crowd, reporting, type Who } from '../people.ts';
import type { Rig } from '../rig.ts';
import type { Subject } from '../subject.ts';

const DAY = 24 * 60;
const LONGEST_NOTE = 200;
const STAFF = '+15125550177';
const BOOM = '+15125550166';

const keeps = (subject: Subject) => firstOf(WHY.byHand(subject), WHY.noTenants(subject), WHY.told(subject));
const finds = (subject: Subject) => firstOf(keeps(subject), WHY.noStaff(subject));
const makes = (subject: Subject) =>
  firstOf(keeps(subject), !subject.manifest.capabilities.creates.includes('tenant') && 'it makes no tenants');
/** Where one row is a person's record of either kind, an outcome on it is the applicant's. */
const OUTCOME = /\b(declined|cancell?ed|conditional)\b/i;

async function tenantStates(rig: Rig): Promise<SyncState[]> {
  return (await rig.states()).filter(({ kind }) => kind === 'tenant');
}

function tellOf(states: readonly SyncState[]): string {
  return states.map(({ state, cause, message }) => `${state}, ${cause}, ${message}`).join('; ');
}

const tenantsOf = ({ fake }: Rig) => fake.people('tenant');

function tenantOf(rig: Rig, id: string): FakePerson {
  const person = tenantsOf(rig).find((one) => one.id === id);
  holds(person !== undefined, 'The tenant is no longer there');
  return person;
}

/** Staff made this tenant, Boom says that they live there, and the record is known. */
async function found(rig: Rig, who: Who): Promise<string> {
  const id = await staffAdds(rig, who, 'tenant');
  await movesIn(rig, who);
  const states = await tenantStates(rig);
  holds(states.length === 1 && states[0]?.remoteId === id, `The tenant was not found (${tellOf(states)})`);
  return id;
}

/** The applicant's record becomes a tenant's, as staff do it there. Returns the tenant's id. */
async function staffPromotes(rig: Rig, applicant: string | null): Promise<string> {
  if (applicant !== null) {
    rig.fake.onLease?.(applicant);
    if (tenantsOf(rig).some(({ id }) => id === applicant)) return applicant;
  }
  return await staffAdds(rig, ANA, 'tenant');
}

/** A person lets these tenants' records be made; null: whoever may be let without being named. */
async function approve(rig: Rig, tenantIds: string[] | null): Promise<void> {
  await rig.command('approve', { connection: rig.connection.name, tenantIds, shown: null });
}

async function asksFor(rig: Rig, count: number): Promise<SyncState[]> {
  const states = await tenantStates(rig);
  const asked = states.filter(({ state, cause }) => state === 'parked' && cause === 'not_there');
  holds(asked.length === count, `It was expected to ask about ${count} (${tellOf(states)})`);
  return asked;
}

export const tenantCases: Case[] = [
  {
    name: 'an applicant who becomes a tenant there is found, and no tenant is made',
    without: (subject) =>
      firstOf(
        finds(subject),
        subject.kind !== 'applicant' && 'it keeps no applicants',
        WHY.noBeginning(subject),
      ),
    async run({ open }) {
      const rig = await open();
      const applicant = await inLine(rig, ANA);
      const id = await staffPromotes(rig, applicant.id);
      await movesIn(rig, ANA);
      const states = await tenantStates(rig);
      holds(states.length === 1 && states[0]?.remoteId === id, `It was not found (${tellOf(states)})`);
      holds(states[0]?.state === 'synced', `It is not in line (${tellOf(states)})`);
      holds(tenantsOf(rig).length === 1, 'A tenant was made beside it');
    },
  },
  {
    name: 'a tenant who is not there is not made unless the landlord says that tenants are',
    without: keeps,
    async run({ open }) {
      const rig = await open();
      await movesIn(rig, ANA);
      const [asked] = await asksFor(rig, 1);
      await approve(rig, asked === undefined ? [] : [asked.tenantId]);
      await rig.recheck();
      await rig.drain();
      holds(tenantsOf(rig).length === 0, 'A tenant was made');
      await asksFor(rig, 1);
    },
  },
  {
    name: 'a tenant is made only where a person lets this one, and once',
    without: makes,
    async run({ open }) {
      const rig = await open({ config: { create: 'tenant' } });
      const [other] = crowd(1);
      await movesIn(rig, ANA);
      if (other !== undefined) await movesIn(rig, other);
      const [first] = await asksFor(rig, 2);
      holds(tenantsOf(rig).length === 0, 'A tenant was made without a word');
      await approve(rig, null);
      holds(tenantsOf(rig).length === 0, 'A tenant was made whom nobody named');
      await approve(rig, first === undefined ? [] : [first.tenantId]);
      await rig.recheck();
      rig.pass(DAY);
      await rig.drain();
      const made = tenantsOf(rig).length;
      const stand = tellOf(await tenantStates(rig));
      holds(made === 1, `${made} tenants were made once a person let one (${stand})`);
      await asksFor(rig, 1);
    },
  },
  {
    name: 'a tenant whose making nobody heard of is made once',
    without: makes,
    async run({ open }) {
      const rig = await open({ config: { create: 'tenant' } });
      await movesIn(rig, ANA);
      const [asked] = await asksFor(rig, 1);
      rig.server.trouble({ what: 'reset_after' }, 'write', 1);
      await approve(rig, asked === undefined ? [] : [asked.tenantId]);
      rig.server.calm();
      rig.pass(DAY);
      await rig.drain();
      const made = tenantsOf(rig).length;
      const states = await tenantStates(rig);
      holds(made === 1, `${made} tenants were made (${tellOf(states)})`);
      holds(
        states.every(({ state }) => state === 'synced'),
        `It is not in line (${tellOf(states)})`,
      );
    },
  },
  {
    name: "a field that staff edited on a tenant's record stays theirs, and a person is asked",
    without: (subject) =>
      firstOf(
        finds(subject),
        WHY.noEdits(subject),
        !subject.manifest.capabilities.updates.includes('tenant') && 'it changes no fields of a tenant',
      ),
    async run({ open }) {
      const rig = await open();
      const field = await phoneField(rig, ANA, 'tenant');
      const id = await found(rig, ANA);
      rig.fake.edit?.('tenant', id, { [field]: STAFF });
      await boomSays(rig, 'application_updated', { ...ANA, phone: BOOM }, { status: 'approved' });
      await rig.drain();
      const theirs = rig.connection.rules('tenant').same(field, tenantOf(rig, id).fields[field], STAFF);
      holds(theirs, 'What staff had entered is gone');
      const states = await tenantStates(rig);
      holds(
        states.some(({ state, cause }) => state === 'parked' && cause === 'edited_there'),
        `Nobody is asked (${tellOf(states)})`,
      );
    },
  },
  {
    name: "a tenant's record is given no outcome of an application",
    without: finds,
    async run({ open }) {
      const rig = await open();
      const id = await found(rig, ANA);
      const { decision } = tenantOf(rig, id);
      for (const event of ['application_declined', 'application_canceled']) {
        await boomSays(rig, event, ANA);
        await rig.drain();
      }
      const now = tenantOf(rig, id);
      holds(now.decision === decision, 'A decision was set');
      holds(!now.notes.some((text) => OUTCOME.test(text)), 'A note says an outcome');
    },
  },
  {
    name: "a tenant's rent reporting is one short note where staff alone read notes, and gives no reason",
    without: (subject) =>
      firstOf(finds(subject), subject.manifest.capabilities.notes === 'none' && 'it takes no notes'),
    async run({ open }) {
      const rig = await open();
      const id = await found(rig, ANA);
      const said = () => tenantOf(rig, id).notes.filter((text) => /rent reporting/i.test(text));
      holds(
        said().length === 1 && /active since/.test(said()[0] ?? ''),
        `${said().length} notes say it (${tellOf(await tenantStates(rig))})`,
      );
      rig.pass(10);
      await rig.deliver(reporting('customer_unenrolled', ANA, CANARIES));
      await rig.drain();
      await rig.recheck();
      await rig.drain();
      const [, ended] = said();
      holds(said().length === 2 && /ended on/.test(ended ?? ''), `${said().length} notes say both`);
      const wordy = said().filter(
        (text) => text.length > LONGEST_NOTE || /canary|because|reason/i.test(text),
      );
      holds(wordy.length === 0, 'A note says more than it may');
    },
  },
];
