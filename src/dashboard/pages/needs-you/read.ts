/** Everything that needs a person, by cause: some of each, and how many there are. */
import { z } from 'zod';
import { causesOf } from '../../../operate/alerts/causes.ts';
import type { Status } from '../../../operate/status.ts';
import { needsOf } from '../../../operate/verdict.ts';
import { healthName } from '../../../store/connections.ts';
import type { At } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { readDraft } from '../setup/draft.ts';
import { countOf } from './count-of.ts';
import { itemsOf, needItem } from './item.ts';
import { readJoins, weakJoins } from './joins.ts';
import { readKinds, unknownKinds } from './kinds.ts';

/** Of one cause on the first page; all of them have a page of their own. */
const SHOWN = 5;
const SHOWN_EVENTS = 5;
const SHOWN_PEOPLE = 20;
const SHOWN_ASIDE = 50;

const group = z.object({
  connection: z.string(),
  label: z.string(),
  cause: z.string(),
  count: z.number(),
  items: z.array(needItem),
});
export type NeedGroupView = z.output<typeof group>;

const person = z.object({ tenantId: z.string(), who: z.string() });

export const needsView = z.object({
  /** As the verdict counts. */
  total: z.number(),
  lastEndedAt: z.string().nullable(),
  refused: z.array(
    z.object({
      connection: z.string(),
      label: z.string(),
      since: z.string(),
      waiting: z.number(),
      /** Which secrets it needs: what a form of `check_key` calls `credential_NAME`. */
      secrets: z.array(z.object({ name: z.string(), label: z.string() })),
      message: z.string().nullable(),
    }),
  ),
  /** Accounts of Boom’s whose keys are refused. */
  boomRefused: z.array(z.object({ account: z.string(), message: z.string().nullable() })),
  /** What alerts tell of that is no record and no message: a PMS that does not answer, silence, no backup. */
  standing: z.array(
    z.object({
      key: z.string(),
      about: z.enum(['connection', 'silence', 'backup']),
      connection: z.string().nullable(),
      title: z.string(),
      lines: z.array(z.string()),
      remedy: z.string().nullable(),
    }),
  ),
  groups: z.array(group),
  joins: weakJoins,
  pushes: z.array(person.extend({ said: z.string().nullable(), at: z.string() })),
  events: z.array(
    z.object({
      status: z.enum(['failed', 'quarantined']),
      count: z.number(),
      items: z.array(z.object({ id: z.number(), receivedAt: z.string(), detail: z.string().nullable() })),
    }),
  ),
  gaps: z.array(
    z.object({
      id: z.number(),
      from: z.string(),
      to: z.string(),
      state: z.enum(['unread', 'reading', 'read_back', 'settled']),
      reporting: z.number(),
    }),
  ),
  kinds: unknownKinds,
  notices: z.object({ count: z.number(), items: z.array(person.extend({ dueAt: z.string() })) }),
  aside: z.array(needItem),
  asideCount: z.number(),
});
export type NeedsView = z.output<typeof needsView>;

export async function readNeeds(at: At): Promise<NeedsView> {
  const { stores, config } = at;
  const now = at.now().toISOString();
  const names = new Set(at.connections().map(({ name }) => name));
  const quiet = await stores.sync.countQuiet(now);
  const status = await at.status();
  const refused = await refusedConnections(at);
  return {
    total: needsOf(status),
    lastEndedAt: await stores.needs.lastEndedAt(),
    refused,
    boomRefused: await refusedAccounts(at),
    standing: standingOf(status, config.timezone).filter(
      ({ connection }) => !refused.some((one) => one.connection === connection),
    ),
    groups: await groupsOf(at, now),
    joins: await readJoins(status, at),
    pushes: (await stores.tenants.pushFailures({ limit: SHOWN_PEOPLE })).map(({ record }) => ({
      tenantId: record.id,
      who: nameOf(record.person, at.words),
      said: record.boomPush?.error ?? record.boomPush?.status ?? null,
      at: record.boomPush?.at ?? now,
    })),
    events: await eventsOf(status, at),
    // What is being read back needs nobody yet.
    gaps: status.boom.gaps
      .filter(({ state }) => state !== 'reading')
      .map(({ id, from, to, state, unconfirmed }) => {
        return { id, from, to, state, reporting: unconfirmed.reporting };
      }),
    kinds: await readKinds(at),
    notices: await noticesOf(at),
    aside: await itemsOf(await stores.needs.quiet({ now, limit: SHOWN_ASIDE }), at),
    asideCount: quiet
      .filter(({ connection }) => names.has(connection))
      .reduce((sum, one) => sum + one.count, 0),
  };
}

async function groupsOf(at: At, now: string): Promise<NeedGroupView[]> {
  const labels = new Map(at.connections().map(({ name, label }) => [name, label]));
  const groups: NeedGroupView[] = [];
  for (const { connection, cause, count } of await at.stores.needs.groups(now)) {
    const label = labels.get(connection);
    if (label === undefined) continue;
    const needs = await at.stores.needs.page({ connection, cause }, { now, limit: SHOWN });
    groups.push({ connection, label, cause, count, items: await itemsOf(needs, at) });
  }
  return groups;
}

/** Each under the key that its alert has, so that the link in a mail leads to it. */
function standingOf(status: Status, timezone: string): NeedsView['standing'] {
  return causesOf({ status, parked: [], timezone }).flatMap(({ key, title, lines, remedy }) => {
    const connection = key.startsWith('connection-') ? key.slice('connection-'.length) : null;
    const about = connection !== null ? 'connection' : key === 'silence' || key === 'backup' ? key : null;
    return about === null ? [] : [{ key, about, connection, title, lines, remedy }];
  });
}

/** A key that is refused is a person's business; what is only unreachable is asked again by itself. */
async function refusedConnections(at: At): Promise<NeedsView['refused']> {
  const { stores } = at;
  const known = new Map(at.connections().map((one) => [one.name, one]));
  const refused: NeedsView['refused'] = [];
  for (const { name, state, kind, since, message, pausedAt } of await stores.connections.all()) {
    const connection = known.get(name);
    if (connection === undefined || state !== 'broken' || kind !== 'unauthorized' || pausedAt !== null)
      continue;
    const credentials = Object.entries((await readDraft(name, at))?.manifest.credentials ?? {});
    const secrets = credentials
      .filter(([, { secret }]) => secret)
      .map(([key, { label }]) => ({ name: key, label }));
    const waiting = await stores.sync.countDue(name, connection.revision, at.now().toISOString());
    refused.push({ connection: name, label: connection.label, since, waiting, secrets, message });
  }
  return refused;
}

async function refusedAccounts({ stores, config }: At): Promise<NeedsView['boomRefused']> {
  const refused: NeedsView['boomRefused'] = [];
  for (const { name, api } of config.accounts) {
    const health = api === null ? null : await stores.connections.get(healthName(name));
    if (health?.state === 'broken' && (health.kind === 'unauthorized' || health.kind === 'forbidden'))
      refused.push({ account: name, message: health.message });
  }
  return refused;
}

async function eventsOf({ events: counts }: Status, { stores: { inbox } }: At): Promise<NeedsView['events']> {
  const events: NeedsView['events'] = [];
  for (const status of ['failed', 'quarantined'] as const) {
    const rows = await inbox.list({ status, limit: SHOWN_EVENTS });
    if (rows.length === 0) continue;
    const items = rows.map(({ id, receivedAt, detail }) => ({ id, receivedAt, detail }));
    events.push({ status, count: countOf(rows.length, SHOWN_EVENTS, counts[status]), items });
  }
  return events;
}

async function noticesOf({ stores: { notices }, words }: At): Promise<NeedsView['notices']> {
  const due = await notices.due({ limit: SHOWN_PEOPLE });
  const items = due.map(({ record, dueAt }) => {
    return { tenantId: record.id, who: nameOf(record.person, words), dueAt };
  });
  return { count: await notices.count(), items };
}
