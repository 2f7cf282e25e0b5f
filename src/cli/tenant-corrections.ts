/** `tenants link`, `unlink`, `merge` and `split`: what the landlord knows better about who is who. */
import {
  anotherPerson,
  bothOne,
  correctionOf,
  type Held,
  onePerson,
  type Said,
} from '../operate/tenant-events.ts';
import { nameOf, unitText } from '../operate/tenant-words.ts';
import { compareTenantIds } from '../project/identity.ts';
import { type Strand, strandsIn } from '../project/joins.ts';
import { isSame, leaving, type Mention, mentionsIn } from '../project/sides.ts';
import { confirm } from './confirm.ts';
import { Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';
import { heldBy } from './tenant-events.ts';

export interface CorrectionOptions {
  json?: boolean;
  yes?: boolean;
}

interface Plan extends Said {
  /** What is on record now, and what will be. */
  says: string[];
  question: string;
}

const eventsOf = (mentions: readonly Mention[]): string => {
  const ids = [...new Set(mentions.map(({ eventId }) => eventId))];
  const shown = ids.slice(0, 8).join(', ');
  return `${ids.length === 1 ? 'event' : 'events'} ${shown}${ids.length > 8 ? ` and ${ids.length - 8} more` : ''}`;
};

function strandText({ mentions, about, weak }: Strand): string {
  const how = weak ? 'joined by name, e-mail and phone only' : 'joined by Boom’s ids or the unit';
  return `    ${about}: ${eventsOf(mentions)}, ${how}`;
}

function describe({ record, events }: Held): string[] {
  const units = [...record.applications, ...record.residencies].map(({ unit }) => unitText(unit));
  const where = [...new Set(units.filter(Boolean))].join(', ') || 'unit unknown';
  const head = `${record.id}  ${nameOf(record)} · ${record.stage ?? 'no stage yet'} · ${where}`;
  return [`  ${head}`, ...strandsIn(events).map(strandText)].map(plain);
}

function mustBeWeaklyJoined({ record }: Held): void {
  if (!record.weaklyJoined) {
    throw new Failure(
      'not_weak',
      `Nothing about ${record.id} is joined by name, e-mail and phone only`,
      `See how it is joined with: boomsync tenants show ${record.id}`,
    );
  }
}

function planLink(held: Held): Plan {
  mustBeWeaklyJoined(held);
  return {
    ...onePerson(held),
    says: describe(held),
    question: 'Is all of this one person?',
  };
}

function planUnlink(held: Held): Plan {
  mustBeWeaklyJoined(held);
  return {
    ...anotherPerson(held),
    says: describe(held),
    question: 'Is what only name, e-mail and phone join another person’s?',
  };
}

function planMerge(one: Held, other: Held): Plan {
  if (one.record.id === other.record.id) {
    throw new Failure('same_tenant', `Both are ${one.record.id} already`, 'There is nothing to merge.');
  }
  if (one.record.account !== other.record.account) {
    throw new Failure(
      'other_account',
      'They belong to two of Boom’s accounts',
      'Such people are never one tenant.',
    );
  }
  return {
    ...bothOne(one, other),
    says: [...describe(one), ...describe(other)],
    question: 'Are these one person?',
  };
}

function planSplit(held: Held, ids: readonly number[]): Plan {
  const { id, account } = held.record;
  const mentions = mentionsIn(held.events);
  const foreign = ids.filter((eventId) => !mentions.some((mention) => mention.eventId === eventId));
  if (foreign.length > 0) {
    throw new Failure(
      'not_its_event',
      `No person of ${id} is named by event ${foreign.join(', ')}`,
      `See its events with: boomsync tenants show ${id}`,
    );
  }
  const others = mentions.filter((mention) => ids.includes(mention.eventId));
  const first = mentions.find((mention) => !others.includes(mention));
  if (first === undefined) {
    throw new Failure(
      'all_its_events',
      `That is everything ${id} has`,
      'Name only the events of the other person.',
    );
  }
  const gone = leaving(mentions, first, others);
  const stays = mentions.filter((mention) => !gone.some((one) => isSame(one, mention)));
  return {
    account,
    event: 'tenants_different',
    people: [first, ...others],
    says: [
      ...describe(held),
      `  ${eventsOf(gone)} would go to a tenant of its own, ${eventsOf(stays)} would stay with ${id}.`,
    ],
    question: 'Are these two people?',
  };
}

async function carryOut(
  options: CorrectionOptions,
  plan: (find: (id: string) => Promise<Held>) => Promise<Plan>,
): Promise<void> {
  const output = createOutput(options.json === true);
  const { says, question, ...said } = await withReader(({ stores }) => plan((id) => heldBy(stores, id)));
  output.say(says.join('\n'));
  await confirm(question, options.yes === true);
  const { correction } = await handOver('correct', correctionOf(said), output);
  if (correction.status !== 'projected') {
    throw new Failure(
      'not_corrected',
      `Nothing was changed: ${correction.detail ?? 'it waits to be projected'}`,
      'Look at it with: boomsync errors',
    );
  }
  await withReader(async ({ stores }) => {
    const subjects = await stores.projection.subjectsOf([correction.eventId]);
    const ids = [...new Set(subjects.map(({ tenantId }) => tenantId))].sort(compareTenantIds);
    const held = await Promise.all(ids.map((id) => heldBy(stores, id)));
    const tenants = held.map(({ record }) => record);
    output.result({ eventId: correction.eventId, tenants }, () =>
      [`Kept as event ${correction.eventId}. On record now:`, ...held.flatMap(describe)].join('\n'),
    );
  });
}

export async function link(id: string, options: CorrectionOptions): Promise<void> {
  await carryOut(options, async (find) => planLink(await find(id)));
}

export async function unlink(id: string, options: CorrectionOptions): Promise<void> {
  await carryOut(options, async (find) => planUnlink(await find(id)));
}

export async function merge(id: string, other: string, options: CorrectionOptions): Promise<void> {
  await carryOut(options, async (find) => planMerge(await find(id), await find(other)));
}

export async function split(
  id: string,
  options: CorrectionOptions & { events: readonly number[] },
): Promise<void> {
  await carryOut(options, async (find) => planSplit(await find(id), options.events));
}
