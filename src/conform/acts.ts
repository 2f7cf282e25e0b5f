/** What happens in cases: somebody applies, staff add and edit records, a process dies. */
import type { MappingScope } from '../connect/connection.ts';
import type { Fields, Kind } from '../connect/contract.ts';
import { SAMPLE_SCOPE } from '../connect/scope-shape.ts';
import type { Drift } from '../operate/resync.ts';
import type { SyncState } from '../store/sync.ts';
import { holds, Inapplicable, Unmet } from './case.ts';
import type { FakePerson } from './fake.ts';
import { reporting, type Said, screening, type Who } from './people.ts';
import type { Rig } from './rig.ts';

const NOBODY = { firstName: null, lastName: null, email: null, phone: null };

/** What Boom says until this person should have a record of the subject's kind. */
export function arrivalOf(rig: Rig, who: Who, changes: Said = {}): Said[] {
  if (rig.subject.kind === 'applicant') return [screening('application_submitted', who, rig.now(), changes)];
  return [
    screening('application_approved', who, rig.now(), changes),
    reporting('customer_registered', who),
    reporting('enrollment_approved', who),
  ];
}

export async function arrive(rig: Rig, ...people: Who[]): Promise<void> {
  for (const who of people) await rig.deliver(...arrivalOf(rig, who));
}

/** What we would write of this person, by the field map. */
export async function fieldsOf(rig: Rig, who: Who | null, kind = rig.subject.kind): Promise<Fields> {
  const { firstName, lastName, email, phone } = who ?? NOBODY;
  const person = { firstName, lastName, email, phone };
  const scope: MappingScope = {
    ...SAMPLE_SCOPE,
    tenant: { ...SAMPLE_SCOPE.tenant, person },
    person,
    unitId: rig.fake.units[0]?.id ?? null,
  };
  return rig.connection.desire(kind, scope);
}

/** The fields that hold what distinguishes one person from another. */
async function differing(rig: Rig, a: Who | null, b: Who | null, kind?: Kind): Promise<string[]> {
  const [left, right] = [await fieldsOf(rig, a, kind), await fieldsOf(rig, b, kind)];
  const rules = rig.connection.rules(kind ?? rig.subject.kind);
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (field) => !rules.same(field, left[field], right[field]),
  );
}

/** The field that holds this fact and nothing else does; null where there is none. */
export async function fieldFor(
  rig: Rig,
  who: Who,
  fact: 'phone' | 'email',
  kind?: Kind,
): Promise<string | null> {
  const other = { phone: '+15125550199', email: 'another@example.com' };
  const [field, more] = await differing(rig, who, { ...who, [fact]: other[fact] }, kind);
  return more === undefined ? (field ?? null) : null;
}

/** The field that holds the phone. Throws `Inapplicable` where there is none of its own. */
export async function phoneField(rig: Rig, who: Who, kind?: Kind): Promise<string> {
  const field = await fieldFor(rig, who, 'phone', kind);
  if (field === null) throw new Inapplicable('no field of its own holds the phone');
  return field;
}

/** Staff make a record of this person, as we would have made it. Returns its id. */
export async function staffAdds(rig: Rig, who: Who, kind = rig.subject.kind): Promise<string> {
  const { fake, connection } = rig;
  const whole = await fieldsOf(rig, who, kind);
  // What names a person and a unit: ids of ours and outcomes are no business of theirs.
  const own = new Set(await differing(rig, who, null, kind));
  const entries = Object.entries(whole).filter(
    ([field, value]) => own.has(field) || connection.rules(kind).same(field, value, fake.units[0]?.id),
  );
  const id = fake.add?.(kind, { ...lookedUpBy(rig, who, kind), ...Object.fromEntries(entries) });
  if (id === undefined) throw new Unmet('The fake lets staff add nobody');
  return id;
}

/** What a lookup compares, also where it is no field that we write. */
function lookedUpBy({ subject }: Rig, who: Who, kind: Kind): Fields {
  const lookups = subject.manifest.kinds[kind]?.requests.find ?? [];
  const facts = lookups.flatMap(({ by, confirm }) => Object.entries({ ...by, ...confirm }));
  return Object.fromEntries(
    facts.flatMap(([field, fact]) => (fact === undefined || fact === 'key' ? [] : [[field, who[fact]]])),
  );
}

/** These people arrive and get their records; where none can be made, staff have made them before. */
export async function arriveForGood(rig: Rig, ...people: Who[]): Promise<void> {
  const { creates, kind, fake } = rig.subject;
  if (!creates || (kind === 'tenant' && fake.adds)) for (const who of people) await staffAdds(rig, who);
  await arrive(rig, ...people);
  await rig.drain();
}

/** This person arrives and is in line. */
export async function inLine(rig: Rig, who: Who): Promise<FakePerson> {
  const before = new Set(rig.people().map(({ id }) => id));
  await arriveForGood(rig, who);
  const [made, ...more] = rig.people().filter(({ id }) => !before.has(id));
  holds(
    made !== undefined && more.length === 0,
    `One record was expected to begin with${await statesText(rig)}`,
  );
  return made;
}

export function personOf(rig: Rig, id: string): FakePerson {
  const person = rig.people().find((one) => one.id === id);
  holds(person !== undefined, 'The record is no longer there');
  return person;
}

/** Boom changes something about this person's application. */
export async function boomSays(rig: Rig, event: string, who: Who, changes: Said = {}): Promise<void> {
  rig.pass(1);
  await rig.deliver(screening(event, who, rig.now(), changes));
}

/** Boom approves this person, and reports rent of them: they live there. */
export async function movesIn(rig: Rig, who: Who): Promise<void> {
  await boomSays(rig, 'application_approved', who);
  await rig.deliver(reporting('customer_registered', who), reporting('enrollment_approved', who));
  await rig.drain();
}

/** What stood otherwise than wanted when every record was compared. */
export async function verified(rig: Rig): Promise<Drift[]> {
  rig.pass(1);
  const asked = { verify: true, account: null, since: null, all: false, dryRun: false };
  const { drift } = await rig.command('resync', asked);
  return drift.filter(({ kind }) => kind === rig.subject.kind);
}

/** The states of the subject's kind. */
export async function statesOf(rig: Rig): Promise<SyncState[]> {
  return (await rig.states()).filter(({ kind }) => kind === rig.subject.kind);
}

export async function theState(rig: Rig): Promise<SyncState> {
  const [state, ...more] = await statesOf(rig);
  holds(state !== undefined && more.length === 0, 'One state was expected');
  return state;
}

/** ` (parked: unmapped_unit …)`, for the message of a case that did not hold. */
export async function statesText(rig: Rig): Promise<string> {
  const states = await statesOf(rig);
  const health = await rig.health();
  const said = states.map(({ state, cause, message }) => [state, cause, message].filter(Boolean).join(', '));
  if (health?.state === 'broken') said.push(`connection ${health.kind}`);
  return said.length === 0 ? ' (no state)' : ` (${said.join('; ')})`;
}

export async function holdsInLine(rig: Rig): Promise<void> {
  const states = await statesOf(rig);
  const content = states.length > 0 && states.every(({ state }) => state === 'synced');
  if (!content) throw new Unmet(`It was expected to be in line in the end${await statesText(rig)}`);
}

export function holdsOneRecord(rig: Rig): FakePerson {
  const [only, ...more] = rig.people();
  holds(only !== undefined, 'There is no record');
  holds(more.length === 0, `There are ${more.length + 1} records of one person`);
  return only;
}

/** Whether every field of ours is there as we want it. */
export function showsPerson(rig: Rig, { fields }: FakePerson, wanted: Fields): void {
  const wrong = Object.entries(wanted).filter(
    ([field, value]) => !rig.connection.rules(rig.subject.kind).same(field, value, fields[field]),
  );
  holds(wrong.length === 0, `The PMS shows another value in ${wrong.map(([field]) => field).join(', ')}`);
}

export function writes(rig: Rig): number {
  return rig.server.seen.filter(({ write }) => write).length;
}

/** The names of the steps that a drain takes, in their order. */
export async function stepsOf(rig: Rig): Promise<string[]> {
  const steps: string[] = [];
  await rig.drain((step) => void steps.push(step));
  return steps;
}

/** The process dies before the `nth` step, counted from 1: nothing after it happens. Then it is started again. */
export async function dieAt(rig: Rig, nth: number): Promise<void> {
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    const drained = rig.drain(() => {
      count += 1;
      if (count !== nth) return;
      resolve();
      return new Promise<void>(() => {});
    });
    drained.then(resolve, reject);
  });
  await rig.restart();
}

/** Whether the approval is to be read there, as the PMS's own word or in a note. */
export function saysApproved(rig: Rig, { decision, notes }: FakePerson): boolean {
  const word = rig.connection.decisionFor('approved', rig.subject.kind);
  return (word !== null && decision === word) || notes.some((text) => /\bapproved\b/i.test(text));
}
