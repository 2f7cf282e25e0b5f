/** One word and one sentence for how things stand: the first of these rules that has something to say. Pure. */

import { moment } from './moment.ts';
import { plural } from './plural.ts';
import { silenceText } from './silence.ts';
import type { Status } from './status.ts';

/** The words of a verdict: see docs/operations.md. */
export type Verdict =
  | 'in_line'
  | 'catching_up'
  | 'unconfirmed'
  | 'quiet'
  | 'needs_you'
  | 'paused'
  | 'stopped'
  | 'not_set_up';

export type Facts = Omit<Status, 'verdict' | 'sentence' | 'next'>;

export interface Said {
  verdict: Verdict;
  sentence: string;
  /** The one thing to do; null when there is nothing. */
  next: string | null;
}

type Rule = (facts: Facts, timezone: string) => Said | null;
type Connection = Status['connections'][number];
type RecordState = keyof Connection['records'];

const sentence = (text: string) => `${text.replace(/\.$/, '')}.`;
const sum = ({ connections }: Facts, state: RecordState) =>
  connections.reduce((total, connection) => total + connection.records[state], 0);
const held = ({ connections }: Facts, health?: Connection['health']) =>
  connections
    .filter((connection) => health === undefined || connection.health === health)
    .reduce((total, connection) => total + connection.due, 0);
const inLine = ({ tenants: { inLine: count, total } }: Facts) =>
  `${count} of ${plural(total, 'tenant', 'tenants')} in line.`;
/** Of what Boom sent while we were not there nobody can say that. */
const nothingLost = ({ boom }: Facts, said: string) => (boom.gaps.length === 0 ? ` ${said}` : '');

/** How many things wait for a person. */
export function needsOf(facts: Facts): number {
  const { events, boom } = facts;
  return sum(facts, 'parked') + events.failed + events.quarantined + boom.pushFailures;
}

const RULES: readonly Rule[] = [
  function notRunning({ server }) {
    if (server.running) return null;
    const said = 'boomsync is not running: nothing that Boom sends now is received.';
    return { verdict: 'stopped', sentence: said, next: 'npm start' };
  },

  function brokenConnection(facts) {
    const broken = facts.connections.find(({ health, heals }) => health === 'broken' && !heals);
    if (broken === undefined) return null;
    const what = sentence(broken.message ?? `${broken.label} does not answer`);
    const waits = plural(held(facts), 'tenant waits', 'tenants wait');
    return {
      verdict: 'stopped',
      sentence: `${what} ${waits} and will be sent when it works again.${nothingLost(facts, 'Nothing is lost.')}`,
      next: broken.remedy,
    };
  },

  function refusedByBoom({ boom }) {
    const refused = boom.accounts.find(({ api }) => api === 'refused');
    if (refused === undefined) return null;
    return {
      verdict: 'needs_you',
      sentence: `${sentence(refused.message ?? 'Boom refused our keys')} What Boom sends is received all the same; what its messages leave out is not known.`,
      next: refused.remedy,
    };
  },

  function needsYou(facts) {
    const needs = needsOf(facts);
    if (needs === 0) return null;
    return {
      verdict: 'needs_you',
      sentence: `${plural(needs, 'thing needs', 'things need')} you. ${inLine(facts)}${nothingLost(facts, 'Nothing has been lost.')}`,
      next: 'npx boomsync errors',
    };
  },

  function noBackup({ backup }, timezone) {
    if (!backup.overdue) return null;
    const since =
      backup.lastVerifiedAt === null
        ? 'No backup has been made yet'
        : `No backup since ${moment(backup.lastVerifiedAt, timezone)}`;
    const why = backup.failure === null ? '' : `: ${backup.failure.message.toLowerCase()}`;
    return {
      verdict: 'needs_you',
      sentence: `${since}${why}.`,
      next: backup.failure?.remedy ?? 'npx boomsync backup',
    };
  },

  function paused(facts, timezone) {
    const by = facts.connections.find(({ health }) => health === 'paused');
    if (by === undefined) return null;
    const count = held(facts, 'paused');
    if (by.pausedWhy === 'restored') {
      return {
        verdict: 'paused',
        sentence: `A backup was restored on ${moment(by.since, timezone)}: nothing is sent to ${by.label} until you have compared.`,
        next: `npx boomsync preview ${by.name}, then: npx boomsync connection resume ${by.name}`,
      };
    }
    const waits = count === 0 ? 'Nothing waits' : `${plural(count, 'tenant waits', 'tenants wait')}`;
    return {
      verdict: 'paused',
      sentence: `You paused ${by.name} (${by.label}) on ${moment(by.since, timezone)}. ${waits}.${nothingLost(facts, 'Nothing is lost.')}`,
      next: `npx boomsync connection resume ${by.name}`,
    };
  },

  function hiccup(facts, timezone) {
    const broken = facts.connections.find(({ health }) => health === 'broken');
    if (broken === undefined) return null;
    const waits = plural(held(facts), 'tenant waits', 'tenants wait');
    return {
      verdict: 'catching_up',
      sentence: `${broken.label} has not answered since ${moment(broken.since, timezone)}, and is tried again by itself. ${waits}.${nothingLost(facts, 'Nothing is lost.')}`,
      next: null,
    };
  },

  function underWay(facts) {
    const settling = facts.connections.reduce((total, connection) => total + connection.settling, 0);
    const moving =
      sum(facts, 'retrying') + sum(facts, 'creating') + facts.events.received + held(facts) + settling;
    if (moving === 0) return null;
    const settles =
      settling === 0
        ? ''
        : ` ${plural(settling, 'decision settles', 'decisions settle')} for a few minutes first.`;
    const said = `Catching up: ${plural(moving, 'update is', 'updates are')} under way.${settles} ${inLine(facts)}`;
    return { verdict: 'catching_up', sentence: said, next: null };
  },

  function silentBoom({ boom }) {
    const silent = boom.accounts.find(({ api }) => api === 'broken');
    if (silent === undefined) return null;
    return {
      verdict: 'catching_up',
      sentence: `${sentence(silent.message ?? 'Boom’s API does not answer')} What Boom sends is received all the same.`,
      next: silent.remedy,
    };
  },

  function nothingYet({ events, boom }) {
    if (events.total > 0 || boom.gaps.length > 0) return null;
    return {
      verdict: 'not_set_up',
      sentence: 'Nothing has arrived from Boom yet.',
      next: 'Give Boom the address and the key that npm start prints, or try it: npx boomsync send application_approved',
    };
  },

  function unconfirmed(facts, timezone) {
    const clause = gapClause(facts, timezone);
    if (clause === null) return null;
    const reading = facts.boom.gaps.every(({ state }) => state === 'reading');
    return { verdict: 'unconfirmed', sentence: clause, next: reading ? null : 'npx boomsync gaps' };
  },

  function quietBoom({ boom: { silence } }) {
    if (!silence.quiet) return null;
    const said = `${silenceText(silence)}. This may be normal.`;
    return { verdict: 'quiet', sentence: said, next: 'Ask Boom for a test message.' };
  },

  function waitingForBoom(facts) {
    if (facts.tenants.waitingForBoom === 0) return null;
    const said = `${inLine(facts)} For the others we wait until Boom says who they are, or where they live. Nothing needs you.`;
    return { verdict: 'catching_up', sentence: said, next: null };
  },

  function preview(facts) {
    const shown = facts.connections.filter(({ mode }) => mode === 'preview');
    const waiting = sum(facts, 'waiting');
    if (shown.length === 0 || waiting === 0) return null;
    const names = shown.map(({ label }) => label).join(' and ');
    return {
      verdict: 'not_set_up',
      sentence: `Preview: nothing is written to ${names} yet. ${plural(waiting, 'record', 'records')} would be changed or added.`,
      next: 'npx boomsync preview',
    };
  },
];

export function verdictOf(facts: Facts, timezone: string): Said {
  for (const rule of RULES) {
    const said = rule(facts, timezone);
    if (said === null) continue;
    // Whatever else is to be said, what could not be read back is said with it.
    const clause = said.verdict === 'unconfirmed' ? null : gapClause(facts, timezone);
    return clause === null ? said : { ...said, sentence: `${said.sentence} ${clause}` };
  }
  const { total, held: heldBack } = facts.tenants;
  const quiet = facts.connections.reduce((sum, connection) => sum + connection.quiet, 0);
  if (quiet + heldBack > 0) {
    const aside = quiet === 0 ? '' : ` You put ${plural(quiet, 'thing', 'things')} aside.`;
    const back = heldBack === 0 ? '' : ` You hold back ${plural(heldBack, 'record', 'records')}.`;
    const next = quiet === 0 ? 'npx boomsync tenants' : 'npx boomsync errors --all';
    return { verdict: 'in_line', sentence: `${inLine(facts)}${aside}${back}`, next };
  }
  const said = total === 1 ? 'The one tenant is in line.' : `All ${total} tenants are in line.`;
  return { verdict: 'in_line', sentence: said, next: null };
}

/** The oldest gap in which something is open, in a sentence; null where there is none. */
function gapClause({ boom }: Facts, timezone: string): string | null {
  const [gap] = boom.gaps;
  if (gap === undefined) return null;
  const when = `from ${moment(gap.from, timezone)} to ${moment(gap.to, timezone)}`;
  const more = boom.gaps.length > 1 ? ` (and ${plural(boom.gaps.length - 1, 'gap', 'gaps')} more)` : '';
  switch (gap.state) {
    case 'reading':
      return `Boom could not reach us ${when}${more}; it is being read back.`;
    case 'unread':
      return `What Boom sent ${when}${more} may be missing: we were not reachable, and have no API keys to ask.`;
    default:
      return `Reporting after ${moment(gap.from, timezone)} is unconfirmed for ${plural(gap.unconfirmed.reporting, 'tenant', 'tenants')}: we were not reachable ${when}${more}, and Boom cannot be asked about it.`;
  }
}
