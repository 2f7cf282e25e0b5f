/** Why the landlord is told: one cause for each thing that is wrong, however many people it touches. Pure. */
import { createHash } from 'node:crypto';
import type { SyncState } from '../../store/sync.ts';
import { alerts as words } from '../../words/en/alerts.ts';
import { standing } from '../../words/en/standing.ts';
import { moment } from '../moment.ts';
import { silenceText } from '../silence.ts';
import type { Status } from '../status.ts';
import { type ParkedGroup, parkedCause, TASKS } from './parked.ts';

/** What there is to tell of. Each has a place under Needs you. */
export const CAUSE_KINDS = [
  'connection',
  'boom',
  'parked',
  'weak-joins',
  'events-failed',
  'events-quarantined',
  'boom-push',
  'gap',
  'silence',
  'backup',
] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

export interface Cause {
  kind: CauseKind;
  /** Names it for as long as it is open, and its place on the page: `/needs-you/at/<key>`. */
  key: string;
  /** One line, without a dot and without anybody's data. */
  title: string;
  /** Sentences, without anybody's data. */
  lines: string[];
  remedy: string | null;
  /** Records that it is about, to be named: all of them or the first. */
  states: readonly SyncState[];
  /** Each is told of once: hashes of tasks. */
  items: string[];
}

export interface AlertFacts {
  status: Status;
  /** Records that need a person now, of connections that are configured. */
  parked: readonly ParkedGroup[];
  timezone: string;
}

const NOTHING_MORE = { states: [], items: [] };
/** What a PMS said ends with a dot or does not. */
const titled = (text: string) => text.replace(/\.$/, '');

export function causesOf(facts: AlertFacts): Cause[] {
  return [
    ...brokenConnections(facts),
    ...refusingAccounts(facts),
    ...parkedRecords(facts),
    ...weakJoins(facts),
    ...uselessEvents(facts),
    ...openGaps(facts),
    ...silence(facts),
    ...noBackup(facts),
  ];
}

/** A PMS that is away for a moment mends itself; a key that it refuses does not. */
function brokenConnections({ status }: AlertFacts): Cause[] {
  return status.connections
    .filter(({ health, heals }) => health === 'broken' && !heals)
    .map(({ name, label, message, remedy, due }) => ({
      kind: 'connection',
      key: `connection-${name}`,
      title: titled(message ?? standing.noAnswer(label)),
      lines: [standing.waiting(due)],
      remedy,
      ...NOTHING_MORE,
    }));
}

function refusingAccounts({ status }: AlertFacts): Cause[] {
  return status.boom.accounts
    .filter(({ api }) => api === 'refused')
    .map(({ name, message, remedy }) => ({
      kind: 'boom',
      key: `boom-${name}`,
      title: titled(message ?? standing.boomRefuses),
      lines: [standing.boomRefusesMeans],
      remedy,
      ...NOTHING_MORE,
    }));
}

function parkedRecords({ status, parked }: AlertFacts): Cause[] {
  return status.connections.flatMap(({ name, label }) =>
    parked
      .filter(({ connection }) => connection === name)
      .map((group) => ({
        ...parkedCause(group, label),
        states: group.states,
        items: isEachTold(group) ? group.states.map(itemOf) : [],
      })),
  );
}

function weakJoins({ status: { tenants } }: AlertFacts): Cause[] {
  if (tenants.weaklyJoined === 0) return [];
  return [
    {
      kind: 'weak-joins',
      key: 'weak-joins',
      title: words.weakJoins(tenants.weaklyJoined),
      lines: [words.weakJoinsHeld],
      remedy: words.weakJoinsDo,
      ...NOTHING_MORE,
    },
  ];
}

function isEachTold({ cause, count }: ParkedGroup): boolean {
  return cause === 'by_hand' && count <= TASKS;
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
      kind: 'events-failed',
      key: 'events-failed',
      title: words.failed(events.failed),
      lines: [words.failedKept],
      remedy: words.failedDo,
      ...NOTHING_MORE,
    });
  if (events.quarantined > 0)
    causes.push({
      kind: 'events-quarantined',
      key: 'events-quarantined',
      title: words.quarantined(events.quarantined),
      lines: [words.quarantinedKept],
      remedy: words.quarantinedDo,
      ...NOTHING_MORE,
    });
  if (boom.pushFailures > 0)
    causes.push({
      kind: 'boom-push',
      key: 'boom-push',
      title: words.boomPush(boom.pushFailures),
      lines: [],
      remedy: words.boomPushDo,
      ...NOTHING_MORE,
    });
  return causes;
}

/** One that is still being read back may yet be closed by itself. */
function openGaps({ status, timezone }: AlertFacts): Cause[] {
  return status.boom.gaps.flatMap(({ id, from: began, to: ended, state, unconfirmed }) => {
    const [from, to] = [moment(began, timezone), moment(ended, timezone)];
    const cause = { kind: 'gap', key: `gap-${id}`, remedy: words.gapDo(id), ...NOTHING_MORE } as const;
    if (state === 'unread')
      return [{ ...cause, title: standing.unread(from, to), lines: [standing.unreadWhy] }];
    if (state !== 'read_back' || unconfirmed.reporting === 0) return [];
    const title = standing.unconfirmed(from, unconfirmed.reporting);
    return [{ ...cause, title, lines: [standing.unconfirmedWhy(from, to)] }];
  });
}

function silence({ status: { boom } }: AlertFacts): Cause[] {
  if (!boom.silence.quiet) return [];
  return [
    {
      kind: 'silence',
      key: 'silence',
      title: silenceText(boom.silence),
      lines: [standing.maybeNormal, words.notReached],
      remedy: words.silenceDo,
      ...NOTHING_MORE,
    },
  ];
}

function noBackup({ status: { backup }, timezone }: AlertFacts): Cause[] {
  if (!backup.overdue) return [];
  const { lastVerifiedAt, failure } = backup;
  return [
    {
      kind: 'backup',
      key: 'backup',
      title:
        lastVerifiedAt === null
          ? standing.noBackupYet
          : standing.noBackupSince(moment(lastVerifiedAt, timezone)),
      lines: failure === null ? [] : [failure.message],
      remedy: failure?.remedy ?? words.backupDo,
      ...NOTHING_MORE,
    },
  ];
}
