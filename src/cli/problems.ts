/** All that needs a person, in one list: connections, records, Boom's own pushes, events. */
import type { Config } from '../config/config.ts';
import { tasksOf } from '../operate/tasks.ts';
import { nameOf, whoAndWhere } from '../operate/tenant-words.ts';
import { healthName } from '../store/connections.ts';
import type { Stores } from '../store/stores.ts';
import type { FieldDifference } from '../store/sync.ts';
import { isQuiet } from '../store/sync-answers.ts';

export interface Problem {
  about: 'connection' | 'tenant' | 'event';
  /** `boom`: Boom's own push into its PMS failed. */
  origin: 'boomsync' | 'boom';
  id: string;
  /** Whom it is about: name and unit; null for what is about no person. */
  who: string | null;
  connection: string | null;
  kind: string;
  message: string | null;
  remedy: string | null;
  /** UTC ISO 8601. */
  at: string;
  /** Fields that were edited over there: both values, and what we wrote last. */
  differences: FieldDifference[];
  /** What is to be done by hand, in sentences. */
  tasks: string[];
  /** You do not want to hear of it, until then (null: for good) and because; null: it is told. */
  quiet: { until: string | null; why: string } | null;
}

interface Sources {
  stores: Stores;
  config: Config;
  /** What each connection's PMS is called, by the connection's name. */
  labels: ReadonlyMap<string, string>;
  /** What is quiet as well. */
  all?: boolean;
}

export async function readProblems(sources: Sources): Promise<Problem[]> {
  return [
    ...(await connectionProblems(sources)),
    ...(await recordProblems(sources)),
    ...(await joinProblems(sources)),
    ...(await pushProblems(sources)),
    ...(await eventProblems(sources)),
  ];
}

const NOTHING_MORE = { who: null, differences: [], tasks: [], quiet: null };

async function connectionProblems({ stores, config, labels }: Sources): Promise<Problem[]> {
  const apis = config.accounts.filter(({ api }) => api !== null).map(({ name }) => healthName(name));
  const broken = (await stores.connections.all()).filter(
    ({ name, state, pausedAt }) =>
      state === 'broken' && pausedAt === null && (labels.has(name) || apis.includes(name)),
  );
  return broken.map(({ name, message, remedy, since }) => ({
    about: 'connection',
    origin: 'boomsync',
    id: name,
    connection: name,
    kind: 'broken',
    message,
    remedy,
    at: since,
    ...NOTHING_MORE,
  }));
}

async function recordProblems({ stores, labels, all }: Sources): Promise<Problem[]> {
  const problems: Problem[] = [];
  const now = new Date().toISOString();
  for (const state of await stores.sync.problems()) {
    const label = labels.get(state.connection);
    const quiet = isQuiet(state, now) ? state.quiet : null;
    if (label === undefined || (quiet !== null && all !== true)) continue;
    const { tenantId, connection, cause, message, remedy, updatedAt, plan } = state;
    const tenant = (await stores.tenants.get(tenantId))?.record;
    const who = tenant === undefined ? null : whoAndWhere(tenant, state.place);
    const tasks = cause === 'by_hand' && plan !== null && who !== null ? tasksOf(plan, who, label) : [];
    problems.push({
      about: 'tenant',
      origin: 'boomsync',
      id: tenantId,
      who,
      connection,
      kind: cause ?? state.state,
      message,
      remedy,
      at: updatedAt,
      differences: (plan?.fields ?? []).filter(({ does }) => does === 'ask'),
      tasks,
      quiet: quiet && { until: quiet.until, why: quiet.why },
    });
  }
  return problems;
}

async function joinProblems({ stores, labels }: Sources): Promise<Problem[]> {
  const options = { connections: [...labels.keys()], limit: Number.MAX_SAFE_INTEGER };
  return (await stores.weakJoins.open(options)).map(({ record, since }) => ({
    about: 'tenant',
    origin: 'boomsync',
    id: record.id,
    connection: null,
    kind: 'weak_join',
    message:
      'Only name, e-mail and phone say that all of this is about one person; what follows is sent nowhere',
    remedy: `One person: boomsync tenants link ${record.id}. Two people: boomsync tenants unlink ${record.id}`,
    at: since,
    ...NOTHING_MORE,
    who: nameOf(record),
  }));
}

async function pushProblems({ stores }: Sources): Promise<Problem[]> {
  return (await stores.tenants.pushFailures()).map(({ record }) => ({
    about: 'tenant',
    origin: 'boom',
    id: record.id,
    connection: null,
    kind: 'boom_push',
    message: `Boom could not put ${nameOf(record)} into the PMS that it is connected to: ${record.boomPush?.error ?? record.boomPush?.status ?? 'it does not say why'}`,
    remedy: `Correct in Boom or in the PMS what Boom names and push again in Boom; or, once you have put the person there yourself: boomsync errors ignore ${record.id}`,
    at: record.boomPush?.at ?? '',
    ...NOTHING_MORE,
    who: nameOf(record),
  }));
}

async function eventProblems({ stores: { inbox } }: Sources): Promise<Problem[]> {
  const failed = await inbox.list({ status: 'failed', limit: Number.MAX_SAFE_INTEGER });
  const odd = await inbox.list({ status: 'quarantined', limit: Number.MAX_SAFE_INTEGER });
  return [...failed, ...odd].map(({ id, status, detail, receivedAt }) => ({
    about: 'event',
    origin: 'boomsync',
    id: String(id),
    connection: null,
    kind: status,
    message: detail,
    remedy:
      status === 'failed'
        ? `It is kept. After an update of boomsync run "boomsync retry", or put it aside: boomsync events ignore ${id}`
        : `It is kept and not used. Ask Boom whether it sent it, then put it aside: boomsync events ignore ${id}`,
    at: receivedAt,
    ...NOTHING_MORE,
  }));
}
