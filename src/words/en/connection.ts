/** One connection: how it fares, what it may and can do, and what would be written. */
import type { Kind } from '../../connect/contract.ts';
import type { Right } from '../../operate/connector-check.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
const KINDS: Record<Kind, string> = { applicant: 'applicants', tenant: 'tenants' };
const kindsOf = (kinds: readonly Kind[]) => listed(kinds.map((kind) => KINDS[kind]));
const held = (count: number) =>
  count === 0
    ? 'Nothing waits.'
    : `${plural(count, 'update waits', 'updates wait')} safely, and ${count === 1 ? 'is' : 'are'} sent when it works again.`;

/** What a connection is able to do. */
export interface Able {
  creates: Kind[];
  updates: Kind[];
  decides: boolean;
  notes: 'staff' | 'unproven' | 'none';
  units: boolean;
  byHand: boolean;
  local: boolean;
  readBack: boolean;
}

function can({ creates, updates, decides, notes, units, byHand, local }: Able): string[] {
  if (byHand) return ['It tells you what to do there, and takes your word that it is done.'];
  return [
    local && 'It keeps lists as files that any spreadsheet opens.',
    creates.length > 0 && `It can add ${kindsOf(creates)}.`,
    updates.length > 0 && `It can change ${kindsOf(updates)}.`,
    decides && 'It can set decisions.',
    notes === 'staff' && 'It can add notes that only staff read.',
    units && 'It can list the units, so that they can be matched.',
  ].filter((text) => text !== false);
}

function cannot({ creates, updates, decides, notes, byHand, local, readBack }: Able): string[] {
  if (byHand) return ['It cannot look for itself, or write anything there.'];
  if (local) return [];
  return [
    creates.length === 0 && 'It cannot add anybody there.',
    updates.length === 0 && 'It cannot change a record there.',
    !creates.includes('tenant') && 'It makes nobody a tenant there: staff does that.',
    !decides && (notes === 'staff' ? 'Decisions are noted there, and not set.' : 'It cannot set decisions.'),
    notes === 'none' && 'It adds no notes.',
    notes === 'unproven' && 'It adds no notes, unless you say that only staff read them there.',
    !readBack && 'It cannot see afterwards whether what was sent is there.',
    'It never deletes anything, and never begins or ends a lease.',
  ].filter((text) => text !== false);
}

const rightText = (right: Right, kind: Kind | null): string => {
  switch (right) {
    case 'files':
      return 'look at the files';
    case 'sign_in':
      return 'sign in';
    case 'find':
      return kind === 'tenant' ? 'look for tenants' : 'look for applicants';
    case 'units':
      return 'list the units';
  }
};

const window = (seconds: number): string => {
  const named: Record<number, string> = { 1: 'a second', 60: 'a minute', 3600: 'an hour', 86400: 'a day' };
  return named[seconds] ?? `in ${seconds} seconds`;
};

const FIELD_DOES = {
  write: 'Boom’s is sent',
  keep: 'theirs stays',
  ask: 'edited there: you are asked',
} as const;

export const connection = {
  can,
  cannot,
  whatItCan: 'What it can do',
  whatItCannot: 'What it cannot do',
  state: 'How it fares',
  working: (label: string) => `${label} works.`,
  refusedKey: (label: string, since: string, waiting: number) =>
    `${label} has refused our key since ${since}. ${held(waiting)}`,
  forbidden: (label: string, since: string, waiting: number) =>
    `${label} has not let us do what we need since ${since}. ${held(waiting)}`,
  maintenance: (label: string, since: string, waiting: number) =>
    `${label} has been under maintenance since ${since}. ${held(waiting)}`,
  unreachable: (label: string, since: string, waiting: number) =>
    `We have not been able to reach ${label} since ${since}. ${held(waiting)}`,
  paused: (since: string, waiting: number) =>
    `You paused it ${since}. ${waiting === 0 ? 'Nothing waits.' : `${plural(waiting, 'update waits', 'updates wait')}; nothing is dropped.`}`,
  restored: (label: string) =>
    `It is paused since a backup was restored: what stands in ${label} may be newer than what we know. Look at the preview, then resume it.`,
  replaceKey: 'Replace the key',
  test: 'Test it now',
  pause: 'Pause',
  resume: 'Resume',
  resync: 'Compare every record now',
  look: 'See what would be written',
  units: 'Match units',
  nextTry: 'Next try',
  lastSuccess: 'Last confirmed',
  never: 'not yet',
  nextCheck: 'Next check',
  onlyWhenAsked: 'only when you ask',
  records: 'Records',
  recordsText: (inLine: number, waiting: number, needsYou: number) =>
    `${inLine} in line, ${waiting} waiting, ${needsYou} ${needsYou === 1 ? 'needs' : 'need'} you`,
  adds: 'Adds',
  addsNobody: 'nobody',
  addsKind: { applicant: 'applicants', tenant: 'applicants, and tenants whom you name one by one' },
  addsAtMost: (count: number) => `at most ${count} a day without asking you`,
  limits: 'What it allows us',
  limit: (requests: number, seconds: number) => `at most ${requests} questions ${window(seconds)}`,
  limitUsed: (used: number) => `${used} used`,
  atOnce: (count: number) => `${count} at once`,
  rights: 'Rights',
  notTested: 'Not tested since boomsync was started.',
  tested: 'Tested',
  answered: (label: string, ms: number, rights: readonly { right: Right; kind: Kind | null }[]) =>
    `${label} answered in ${Math.max(0.1, ms / 1000).toFixed(1)} s; we may ${listed(rights.map(({ right, kind }) => rightText(right, kind)))}.`,
  writesShow: 'Whether we may change records shows with the first change: to try it would change one.',
  refusedRight: (label: string, right: Right, kind: Kind | null) =>
    right === 'sign_in' || right === 'files'
      ? `${label} does not let us ${rightText(right, kind)}.`
      : `${label} lets us in, but not ${rightText(right, kind)}.`,
  nothingToTest: (label: string) => `${label} is kept by hand: there is nothing to test.`,
  mode: 'Preview or live',
  inPreview: (label: string) =>
    `Nothing is written to ${label} yet. You see what would be, and let it write when you are content.`,
  isLive: (label: string) => `Changes are written to ${label}.`,
  backToPreview: 'Back to preview',
  madePreview: (label: string) => `From now on nothing is written to ${label}.`,
  goLive: 'Go live',
  goLiveText: (label: string, something: boolean) =>
    `Going live writes ${something ? `all of this to ${label}, and ` : ''}what Boom says from then on${something ? '' : ` to ${label}`}. In the file “mode: preview” becomes “mode: live”; you can turn back at any time.`,
  isLiveNow: (label: string) => `${label} is live: what you saw is being written.`,
  notLive: 'It is not live, and nothing was changed.',
  lookAgainFirst: 'What you saw is too old by now. Look once more, then go live.',
  pausedNow: (label: string) => `${label} is paused. Nothing is sent and nothing is dropped.`,
  resumedNow: (label: string) => `${label} is at work again. What waited is being sent.`,
  comparing: (label: string) => `Every record is being compared with ${label}. This may take a while.`,
  fileFault: (file: string, line: number | null, what: string) =>
    `${file}${line === null ? '' : `, line ${line}`}: ${what}`,
  fileFaultRemedy:
    'boomsync goes on with what it had before. Correct the file, or ask whoever looks after it.',
  fromNextStart: 'It counts from the next start of boomsync.',
  gone: 'This connection is not there any more.',
  detailsFile: 'File',
  detailsConnector: 'Connector',
  detailsMessage: 'What it said last',

  previewTitle: (label: string) => `What would be written to ${label}`,
  looking: (label: string) =>
    `We are asking ${label}. This page shows it as soon as we know; with many tenants it takes minutes.`,
  reload: 'Look whether it is done',
  lookedAt: 'Looked',
  lookAgain: 'Look again',
  couldNotLook: (label: string) =>
    `${label} did not answer all that we asked, so this is not the whole of it.`,
  pausedLook: (label: string) => `It is paused, so ${label} was not asked. Resume it first.`,
  counts: (label: string, change: number, add: number) =>
    change === 0 && add === 0
      ? `No record would be added or changed in ${label}.`
      : `We would change ${plural(change, 'record', 'records')} in ${label} and add ${add}.`,
  countsMore: (decisions: number, notes: number, needsYou: number, inLine: number) =>
    [
      decisions > 0 && `${plural(decisions, 'decision', 'decisions')} would be set.`,
      notes > 0 && `${plural(notes, 'note', 'notes')} would be added.`,
      needsYou > 0 && `${needsYou} ${needsYou === 1 ? 'needs' : 'need'} you first.`,
      inLine > 0 && `${inLine} ${inLine === 1 ? 'is' : 'are'} as wanted.`,
    ]
      .filter(Boolean)
      .join(' '),
  showNeeds: 'Show me what needs me',
  does: { create: 'would be added', update: 'would be changed', none: '' },
  parked: 'needs you first',
  fieldTable: (who: string, label: string) => `${who} in ${label}`,
  field: 'Field',
  boomSays: 'Boom says',
  lastPushed: 'Last sent',
  thereNow: (label: string) => `In ${label} now`,
  becomes: 'What becomes of it',
  fieldDoes: FIELD_DOES,
  nothing: '–',
  decision: (from: string | null, to: string) => `The decision: ${from ?? '–'} becomes ${to}.`,
  note: (text: string) => `A note: ${text}`,
};
