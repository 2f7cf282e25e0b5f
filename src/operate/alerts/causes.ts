/** Why the landlord is told: one cause for each thing that is wrong, however many people it touches. Pure. */
import { createHash } from 'node:crypto';
import type { SyncState } from '../../store/sync.ts';
import { moment } from '../moment.ts';
import { plural } from '../plural.ts';
import { silenceText } from '../silence.ts';
import type { Status } from '../status.ts';
import { parkedCause } from './parked.ts';

export interface Cause {
  /** Names it for as long as it is open, and its place on the page: `/needs-you/at/<key>`. */
  key: string;
  /** One line, without a dot and without anybody's data. */
  title: string;
  /** Sentences, without anybody's data. */
  lines: string[];
  remedy: string | null;
  /** The records that it is about. */
  states: SyncState[];
  /** Each is told of once: hashes of tasks. */
  items: string[];
}

export interface AlertFacts {
  status: Status;
  /** Records that need a person now, of connections that are configured. */
  parked: readonly SyncState[];
  timezone: string;
}

const NOTHING_MORE = { states: [], items: [] };

export function causesOf(facts: AlertFacts): Cause[] {
  return [
    ...brokenConnections(facts),
    ...refusingAccounts(facts),
    ...parkedRecords(facts),
    ...uselessEvents(facts),
    ...openGaps(facts),
    ...silence(facts),
    ...noBackup(facts),
  ];
}

/** A PMS that is away for a moment mends itself; a key that it refuses does not. */
function brokenConnections({ status }: AlertFacts): Cause[] {
  return status.connections.flatMap(({ name, label, health, heals, message, remedy, due }) => {
    if (health !== 'broken' || heals) return [];
    const waits =
      due === 0
        ? 'Nothing waits yet.'
        : `${plural(due, 'tenant waits', 'tenants wait')} and will be sent when it works again.`;
    return [
      {
        key: `connection-${name}`,
        title: (message ?? `${label} does not answer`).replace(/\.$/, ''),
        lines: [waits],
        remedy,
        ...NOTHING_MORE,
      },
    ];
  });
}

function refusingAccounts({ status }: AlertFacts): Cause[] {
  return status.boom.accounts
    .filter(({ api }) => api === 'refused')
    .map(({ name, message, remedy }) => ({
      key: `boom-${name}`,
      title: (message ?? 'Boom refuses our keys').replace(/\.$/, ''),
      lines: ['What Boom sends is received all the same; what its messages leave out is not known.'],
      remedy,
      ...NOTHING_MORE,
    }));
}

function parkedRecords({ status, parked }: AlertFacts): Cause[] {
  return status.connections.flatMap(({ name, label }) => {
    const own = parked.filter(({ connection }) => connection === name);
    const causes = [...new Set(own.map(({ cause }) => cause ?? 'other'))].sort();
    return causes.map((cause) => {
      const states = own.filter((state) => (state.cause ?? 'other') === cause);
      const items = cause === 'by_hand' ? states.map(itemOf) : [];
      return { ...parkedCause(cause, name, label, states), states, items };
    });
  });
}

/** The same task keeps its hash; one that has changed is another. */
export function itemOf({ tenantId, kind, place, plan }: SyncState): string {
  const task = JSON.stringify([tenantId, kind, place, plan?.fields, plan?.decision, plan?.notes]);
  return createHash('sha256').update(task).digest('base64url').slice(0, 16);
}

function uselessEvents({ status: { events, boom } }: AlertFacts): Cause[] {
  const causes: Cause[] = [];
  if (events.failed > 0)
    causes.push({
      key: 'events-failed',
      title: `${plural(events.failed, 'message', 'messages')} from Boom could not be used`,
      lines: ['They are kept.'],
      remedy: 'Look with: boomsync errors. After an update of boomsync: boomsync retry',
      ...NOTHING_MORE,
    });
  if (events.quarantined > 0)
    causes.push({
      key: 'events-quarantined',
      title: `${plural(events.quarantined, 'message', 'messages')} came twice with different contents`,
      lines: ['They are kept and not used: somebody else than Boom may have sent them.'],
      remedy: 'Ask Boom whether it sent them, then put them aside: boomsync errors',
      ...NOTHING_MORE,
    });
  if (boom.pushFailures > 0)
    causes.push({
      key: 'boom-push',
      title: `Boom itself could not put ${plural(boom.pushFailures, 'tenant', 'tenants')} into its PMS`,
      lines: [],
      remedy: 'Look what Boom names, and correct it in Boom or in the PMS: boomsync errors',
      ...NOTHING_MORE,
    });
  return causes;
}

/** One that is still being read back may yet be closed by itself. */
function openGaps({ status, timezone }: AlertFacts): Cause[] {
  return status.boom.gaps.flatMap(({ id, from, to, state, unconfirmed }) => {
    const when = `from ${moment(from, timezone)} to ${moment(to, timezone)}`;
    const key = `gap-${id}`;
    const remedy = `Look into Boom at what changed in that time, then: boomsync gaps checked ${id}`;
    if (state === 'unread') {
      const title = `What Boom sent ${when} may be missing`;
      const why = 'We were not reachable, and have no API keys to ask by.';
      return [{ key, title, lines: [why], remedy, ...NOTHING_MORE }];
    }
    if (state !== 'read_back' || unconfirmed.reporting === 0) return [];
    const title = `Rent reporting after ${moment(from, timezone)} is unconfirmed for ${plural(unconfirmed.reporting, 'tenant', 'tenants')}`;
    const why = `We were not reachable ${when}, and Boom cannot be asked about it.`;
    return [{ key, title, lines: [why], remedy, ...NOTHING_MORE }];
  });
}

function silence({ status: { boom } }: AlertFacts): Cause[] {
  if (!boom.silence.quiet) return [];
  return [
    {
      key: 'silence',
      title: silenceText(boom.silence),
      lines: ['This may be normal. It may also be that Boom no longer reaches this computer.'],
      remedy: 'Ask Boom for a test message, and whether it still has your address and key.',
      ...NOTHING_MORE,
    },
  ];
}

function noBackup({ status: { backup }, timezone }: AlertFacts): Cause[] {
  if (!backup.overdue) return [];
  const { lastVerifiedAt, failure } = backup;
  return [
    {
      key: 'backup',
      title:
        lastVerifiedAt === null
          ? 'No backup was made yet'
          : `No backup since ${moment(lastVerifiedAt, timezone)}`,
      lines: failure === null ? [] : [failure.message],
      remedy: failure?.remedy ?? 'Make one and see what it says: boomsync backup',
      ...NOTHING_MORE,
    },
  ];
}
