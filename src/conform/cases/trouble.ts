/** A PMS that fails, refuses, or answers with something else: said, bounded, and made good by itself. */
import {
  arrive,
  boomSays,
  holdsInLine,
  holdsOneRecord,
  inLine,
  staffAdds,
  statesOf,
  statesText,
  theState,
  writes,
} from '../acts.ts';
import { type Case, firstOf, holds, takesNotes, WHY, type World } from '../case.ts';
import { ANA, type Who } from '../people.ts';
import type { Rig } from '../rig.ts';
import type { Subject } from '../subject.ts';
import type { Trouble } from '../trouble.ts';

const DAY = 24 * 60;
/** What one pass may take before an answer that never ends, in milliseconds; the time limit of a request is 300. */
const BOUND_MS = 10_000;

const speaks = (subject: Subject) => firstOf(WHY.byHand(subject), WHY.local(subject));
const canBegin = (subject: Subject) => firstOf(speaks(subject), WHY.noBeginning(subject));

/** Nothing counts as done, what is said is ours and names nobody, and nobody's attempts are used where `spares`. */
async function holdsSaid(rig: Rig, spares: boolean): Promise<void> {
  const states = await statesOf(rig);
  const health = await rig.health();
  holds(
    states.every(({ state }) => state !== 'synced'),
    `It was said to be in line${await statesText(rig)}`,
  );
  const said = [...states, ...(health === null ? [] : [health])];
  const messages = said.flatMap(({ message, remedy }) => [message, remedy]).filter((text) => text !== null);
  const waits = health?.waitUntil !== null && health?.waitUntil !== undefined;
  holds(messages.length > 0 || waits, 'Nothing was said about it');
  const named = messages.some((text) =>
    [ANA.firstName, ANA.lastName, ANA.email, ANA.phone].some((x) => text.includes(x)),
  );
  holds(!named, 'A message names the person');
  if (spares)
    holds(
      states.every(({ attempts }) => attempts === 0),
      "A person's attempt was used up",
    );
}

/** The same once it works again, and time has passed. */
async function mendsItself(rig: Rig): Promise<void> {
  rig.server.calm();
  for (let day = 0; day < 3; day += 1) {
    rig.pass(DAY);
    await rig.drain();
  }
  holdsOneRecord(rig);
  await holdsInLine(rig);
}

/** What is there to be done about a person, so that the PMS is asked. */
async function begin(rig: Rig): Promise<void> {
  const { creates, kind } = rig.subject;
  if (creates && kind === 'applicant') return arrive(rig, ANA);
  await staffAdds(rig, ANA);
  await arrive(rig, ANA);
}

function noAnswer(what: string, trouble: Trouble, { spares = false, believes = false } = {}): Case {
  return {
    name: `${what}: said, bounded, and in line once it works`,
    without: (subject) => firstOf(canBegin(subject), believes && WHY.noReadBack(subject)),
    async run({ open }) {
      const rig = await open({ timeoutMs: 300 });
      await begin(rig);
      rig.server.trouble(trouble);
      const started = performance.now();
      await rig.drain();
      holds(performance.now() - started < BOUND_MS, 'It took longer than its time limits allow');
      await holdsSaid(rig, spares);
      await mendsItself(rig);
    },
  };
}

function rateLimited(form: string, header: () => string): Case {
  return {
    name: `429 with Retry-After as ${form}: waits so long, and uses up nobody's attempt`,
    without: canBegin,
    async run({ open }) {
      const rig = await open();
      await begin(rig);
      rig.server.trouble({ what: 'status', status: 429, headers: { 'retry-after': header() } });
      await rig.drain();
      await holdsSaid(rig, true);
      const until = Date.parse((await rig.health())?.waitUntil ?? '');
      const waits = (until - rig.now().getTime()) / 1000;
      // A date says whole seconds, and a moment is added so that not all come back at once.
      holds(waits >= 117 && waits <= 125, `It was asked to wait 120 seconds, and waits ${Math.round(waits)}`);
      const before = rig.server.seen.length;
      rig.pass(1);
      await rig.drain();
      holds(rig.server.seen.length === before, 'It asked again before the time had come');
      await mendsItself(rig);
    },
  };
}

/** The PMS says done and does nothing; what Boom said is about somebody in line. */
async function ignored({ open }: World, event: string, who: Who): Promise<void> {
  const rig = await open();
  const { id } = await inLine(rig, ANA);
  rig.fake.addApplication?.(id, null);
  rig.fake.deaf = true;
  const before = writes(rig);
  await boomSays(rig, event, who, { status: event === 'application_approved' ? 'approved' : 'submitted' });
  await rig.drain();
  holds(writes(rig) > before, 'Nothing was sent');
  const { state, message } = await theState(rig);
  holds(state !== 'synced' && message !== null, `It was believed${await statesText(rig)}`);
  rig.fake.deaf = false;
  await mendsItself(rig);
}

export const troubleCases: Case[] = [
  rateLimited('seconds', () => '120'),
  rateLimited('a date', () => new Date(Date.now() + 120_000).toUTCString()),
  {
    name: 'a refused key pauses the connection and nobody; what waits goes out once the key works',
    without: canBegin,
    async run({ open }) {
      const rig = await open();
      await begin(rig);
      rig.server.trouble({ what: 'status', status: 401 });
      await rig.drain();
      const health = await rig.health();
      holds(
        health?.state === 'broken' && health.kind === 'unauthorized',
        `It is not said to be refused${await statesText(rig)}`,
      );
      await holdsSaid(rig, true);
      await mendsItself(rig);
    },
  },
  {
    name: 'a login that has run out is renewed by itself',
    without: (subject) => firstOf(canBegin(subject), !subject.fake.tokens && 'it has no login that runs out'),
    async run({ open }) {
      const rig = await open();
      await inLine(rig, ANA);
      rig.fake.expireTokens?.();
      await rig.recheck();
      await rig.drain();
      const health = await rig.health();
      holds(health === null || health.state === 'working', 'The connection was paused for it');
      await holdsInLine(rig);
    },
  },
  {
    name: 'a change that is answered as done and ignored is not said to be in line',
    without: (subject) => firstOf(canBegin(subject), WHY.noUpdate(subject), WHY.noReadBack(subject)),
    run: (world) => ignored(world, 'application_updated', { ...ANA, phone: '+15125550199' }),
  },
  {
    name: 'a decision that is answered as done and ignored is not said to be in line',
    without: (subject) =>
      firstOf(
        canBegin(subject),
        WHY.noReadBack(subject),
        subject.kind !== 'applicant' && 'it keeps no applicants, whom decisions are about',
        !subject.decides && !takesNotes(subject) && 'it has no place for a decision and no notes',
      ),
    run: (world) => ignored(world, 'application_approved', ANA),
  },
  noAnswer('a 500 with an empty body', { what: 'status', status: 500 }),
  noAnswer('maintenance as a web page', { what: 'html' }, { spares: true }),
  noAnswer('a login page in place of an answer', { what: 'login_page' }, { believes: true }),
  noAnswer('a redirect to a login page', { what: 'login_redirect' }),
  noAnswer('an empty answer', { what: 'empty' }, { believes: true }),
  noAnswer('half an answer', { what: 'truncated' }, { believes: true }),
  noAnswer('an answer of ten megabytes', { what: 'large' }, { believes: true }),
  noAnswer('an answer of one byte at a time', { what: 'drip' }),
];
