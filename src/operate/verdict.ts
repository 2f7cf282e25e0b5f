/** One word and one sentence for how things stand: the first of these rules that has something to say. Pure. */

import { standing } from '../words/en/standing.ts';
import { verdict as words } from '../words/en/verdict.ts';
import { moment } from './moment.ts';
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

/** What a PMS said ends with a dot or does not. */
const sentence = (text: string) => `${text.replace(/\.$/, '')}.`;
const joined = (...sentences: (string | null)[]) => sentences.filter((one) => one !== null).join(' ');
const sum = ({ connections }: Facts, state: RecordState) =>
  connections.reduce((total, connection) => total + connection.records[state], 0);
const held = ({ connections }: Facts, health?: Connection['health']) =>
  connections
    .filter((connection) => health === undefined || connection.health === health)
    .reduce((total, connection) => total + connection.due, 0);
const inLine = ({ tenants: { inLine: count, total } }: Facts) => words.inLine(count, total);
/** Of what Boom sent while we were not there nobody can say that. */
const nothingLost = ({ boom }: Facts, said = words.nothingIsLost) => (boom.gaps.length === 0 ? said : null);

/** How many things wait for a person. */
export function needsOf(facts: Facts): number {
  const { events, boom, tenants } = facts;
  const records = sum(facts, 'parked') + tenants.weaklyJoined;
  return records + events.failed + events.quarantined + boom.pushFailures;
}

const RULES: readonly Rule[] = [
  function notRunning({ server }) {
    if (server.running) return null;
    return { verdict: 'stopped', sentence: words.notRunning, next: words.notRunningDo };
  },

  function brokenConnection(facts) {
    const broken = facts.connections.find(({ health, heals }) => health === 'broken' && !heals);
    if (broken === undefined) return null;
    const what = sentence(broken.message ?? standing.noAnswer(broken.label));
    return {
      verdict: 'stopped',
      sentence: joined(what, standing.waiting(held(facts)), nothingLost(facts)),
      next: broken.remedy,
    };
  },

  function refusedByBoom({ boom }) {
    const refused = boom.accounts.find(({ api }) => api === 'refused');
    if (refused === undefined) return null;
    const what = sentence(refused.message ?? standing.boomRefuses);
    return {
      verdict: 'needs_you',
      sentence: joined(what, standing.boomRefusesMeans),
      next: refused.remedy,
    };
  },

  function needsYou(facts) {
    const needs = needsOf(facts);
    if (needs === 0) return null;
    return {
      verdict: 'needs_you',
      sentence: joined(words.needs(needs), inLine(facts), nothingLost(facts, words.nothingWasLost)),
      next: words.needsDo,
    };
  },

  function noBackup({ backup: { overdue, lastVerifiedAt, failure } }, timezone) {
    if (!overdue) return null;
    const since =
      lastVerifiedAt === null
        ? standing.noBackupYet
        : standing.noBackupSince(moment(lastVerifiedAt, timezone));
    return {
      verdict: 'needs_you',
      sentence: joined(sentence(since), failure === null ? null : sentence(failure.message)),
      next: failure?.remedy ?? words.noBackupDo,
    };
  },

  function paused(facts, timezone) {
    const by = facts.connections.find(({ health }) => health === 'paused');
    if (by === undefined) return null;
    const since = moment(by.since, timezone);
    if (by.pausedWhy === 'restored')
      return {
        verdict: 'paused',
        sentence: words.restored(since, by.label),
        next: words.restoredDo(by.name),
      };
    const waits = words.waits(held(facts, 'paused'));
    return {
      verdict: 'paused',
      sentence: joined(words.paused(by.name, by.label, since), waits, nothingLost(facts)),
      next: words.pausedDo(by.name),
    };
  },

  function hiccup(facts, timezone) {
    const broken = facts.connections.find(({ health }) => health === 'broken');
    if (broken === undefined) return null;
    const what = words.hiccup(broken.label, moment(broken.since, timezone));
    return {
      verdict: 'catching_up',
      sentence: joined(what, words.waits(held(facts)), nothingLost(facts)),
      next: null,
    };
  },

  function underWay(facts) {
    const settling = facts.connections.reduce((total, connection) => total + connection.settling, 0);
    const moving =
      sum(facts, 'retrying') + sum(facts, 'creating') + facts.events.received + held(facts) + settling;
    if (moving === 0) return null;
    const settles = settling === 0 ? null : words.settles(settling);
    const said = joined(words.catchingUp(moving), settles, inLine(facts));
    return { verdict: 'catching_up', sentence: said, next: null };
  },

  function silentBoom({ boom }) {
    const silent = boom.accounts.find(({ api }) => api === 'broken');
    if (silent === undefined) return null;
    const what = sentence(silent.message ?? words.boomSilent);
    return { verdict: 'catching_up', sentence: joined(what, words.boomReceived), next: silent.remedy };
  },

  function nothingYet({ events, boom }) {
    if (events.total > 0 || boom.gaps.length > 0) return null;
    return { verdict: 'not_set_up', sentence: words.nothingYet, next: words.nothingYetDo };
  },

  function unconfirmed(facts, timezone) {
    const clause = gapClause(facts, timezone);
    if (clause === null) return null;
    const reading = facts.boom.gaps.every(({ state }) => state === 'reading');
    return { verdict: 'unconfirmed', sentence: clause, next: reading ? null : words.gapsDo };
  },

  function quietBoom({ boom: { silence } }) {
    if (!silence.quiet) return null;
    const said = joined(sentence(silenceText(silence)), standing.maybeNormal);
    return { verdict: 'quiet', sentence: said, next: words.quietDo };
  },

  function waitingForBoom(facts) {
    if (facts.tenants.waitingForBoom === 0) return null;
    return { verdict: 'catching_up', sentence: joined(inLine(facts), words.waitsForBoom), next: null };
  },

  function preview(facts) {
    const shown = facts.connections.filter(({ mode }) => mode === 'preview');
    const waiting = sum(facts, 'waiting');
    if (shown.length === 0 || waiting === 0) return null;
    const labels = shown.map(({ label }) => label);
    return { verdict: 'not_set_up', sentence: words.preview(labels, waiting), next: words.previewDo };
  },
];

export function verdictOf(facts: Facts, timezone: string): Said {
  for (const rule of RULES) {
    const said = rule(facts, timezone);
    if (said === null) continue;
    // Whatever else is to be said, what could not be read back is said with it.
    const clause = said.verdict === 'unconfirmed' ? null : gapClause(facts, timezone);
    return { ...said, sentence: joined(said.sentence, clause) };
  }
  return nothingWrong(facts);
}

function nothingWrong(facts: Facts): Said {
  const { total, held: back } = facts.tenants;
  const quiet = facts.connections.reduce((sum, connection) => sum + connection.quiet, 0);
  if (quiet + back > 0) {
    const aside = quiet === 0 ? null : words.aside(quiet);
    const said = joined(inLine(facts), aside, back === 0 ? null : words.heldBack(back));
    return { verdict: 'in_line', sentence: said, next: quiet === 0 ? words.heldBackDo : words.asideDo };
  }
  const said = total === 1 ? standing.oneInLine : standing.allInLine(total);
  return { verdict: 'in_line', sentence: sentence(said), next: null };
}

/** The oldest gap in which something is open, in sentences; null where there is none. */
function gapClause({ boom: { gaps } }: Facts, timezone: string): string | null {
  const [gap] = gaps;
  if (gap === undefined) return null;
  const [from, to] = [moment(gap.from, timezone), moment(gap.to, timezone)];
  const more = gaps.length > 1 ? words.moreGaps(gaps.length - 1) : null;
  switch (gap.state) {
    case 'reading':
      return joined(words.reading(from, to), more);
    case 'unread':
      return joined(sentence(standing.unread(from, to)), standing.unreadWhy, more);
    default:
      return joined(
        sentence(standing.unconfirmed(from, gap.unconfirmed.reporting)),
        standing.unconfirmedWhy(from, to),
        more,
      );
  }
}
