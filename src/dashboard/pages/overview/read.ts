/** What the first page shows: the verdict, the parties, the last changes, and how the last days went. */
import { z } from 'zod';
import { alertsState } from '../../../operate/alerts/state.ts';
import { dayIn, worse } from '../../../operate/days.ts';
import { nextRun } from '../../../operate/schedule.ts';
import type { At } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { connectionTile, tileOf } from '../connections/tile.ts';

const DAY_MS = 24 * 60 * 60_000;
const CHANGES = 8;
const MESSAGE_DAYS = 30;
const AGREEMENT_DAYS = 90;

export const overviewView = z.object({
  verdict: z.string(),
  sentence: z.string(),
  checkedAt: z.string().nullable(),
  nextCheckAt: z.string().nullable(),
  lastMessageAt: z.string().nullable(),
  /** Deliveries and reads in all. */
  events: z.number(),
  accounts: z.array(
    z.object({
      name: z.string(),
      api: z.enum(['none', 'working', 'refused', 'broken']),
      waiting: z.number(),
    }),
  ),
  connections: z.array(connectionTile),
  alerts: z.object({
    /** How many ways there are to tell somebody. */
    channels: z.number(),
    lastSentAt: z.string().nullable(),
    /** Of those, how many did not take what was sent last. */
    failing: z.number(),
  }),
  backup: z.object({ on: z.boolean(), lastVerifiedAt: z.string().nullable(), bad: z.boolean() }),
  changes: z.array(
    z.object({
      at: z.string(),
      tenantId: z.string(),
      who: z.string().nullable(),
      label: z.string(),
      action: z.string(),
    }),
  ),
  messages: z.array(z.object({ day: z.string(), messages: z.number() })),
  /** `verdict`: the worst of the day; null where nobody looked. */
  agreement: z.array(z.object({ day: z.string(), verdict: z.string().nullable() })),
});
export type OverviewView = z.output<typeof overviewView>;

export async function readOverview(at: At): Promise<OverviewView> {
  const { stores, config, now } = at;
  const status = await at.status();
  const today = now();
  const dayOf = dayIn(config.timezone);
  await stores.days.countMessages(dayOf);
  const days = lastDays(AGREEMENT_DAYS, today, dayOf);
  const kept = new Map((await stores.days.since(days[0] ?? '')).map((day) => [day.day, day]));
  const last = days.at(-1);
  return {
    verdict: status.verdict,
    sentence: status.sentence,
    checkedAt: await stores.days.lastChecked(),
    nextCheckAt: await nextRun(config, today),
    lastMessageAt: status.events.lastAt,
    events: status.events.total,
    accounts: status.boom.accounts.map(({ name, api, waiting }) => ({ name, api, waiting })),
    connections: status.connections.map(tileOf),
    alerts: await alertsOf(at),
    backup: {
      on: status.backup.on,
      lastVerifiedAt: status.backup.lastVerifiedAt,
      bad: status.backup.overdue || status.backup.failure !== null,
    },
    changes: await lastChanges(at),
    messages: days.slice(-MESSAGE_DAYS).map((day) => ({ day, messages: kept.get(day)?.messages ?? 0 })),
    agreement: days.map((day) => {
      const worst = kept.get(day)?.worst ?? null;
      return { day, verdict: day === last ? worse(status.verdict, worst) : worst };
    }),
  };
}

async function alertsOf({ stores, alerts }: At): Promise<OverviewView['alerts']> {
  const { channels } = await alertsState({ stores, config: { alerts: alerts() } });
  const lastSentAt = channels.reduce<string | null>(
    (last, { lastSentAt: at }) => (at !== null && (last === null || at > last) ? at : last),
    null,
  );
  const failing = channels.filter((one) => one.failing !== null || one.gaveUpAt !== null).length;
  return { channels: channels.length, lastSentAt, failing };
}

/** Every day once, also where a clock changes. */
function lastDays(count: number, now: Date, dayOf: (at: string) => string): string[] {
  const last = Date.parse(`${dayOf(now.toISOString())}T12:00:00Z`);
  return Array.from({ length: count }, (_, at) =>
    new Date(last - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  );
}

async function lastChanges({ stores, connections, words }: At): Promise<OverviewView['changes']> {
  const labels = new Map(connections().map(({ name, label }) => [name, label]));
  const attempts = await stores.attempts.lastDone(CHANGES);
  const changes: OverviewView['changes'] = [];
  for (const { at, tenantId, connection, action } of attempts) {
    const row = await stores.tenants.get(tenantId);
    const who = row === null ? null : nameOf(row.record.person, words);
    changes.push({ at, tenantId, who, label: labels.get(connection) ?? connection, action });
  }
  return changes;
}
