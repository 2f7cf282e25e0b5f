/** What needs a person: what happened, what it holds up, and what they can do about it. */
import type { ParkedCause } from '../../reconcile/causes.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

interface CauseWords {
  /** Of all alike, as a heading. */
  title: (label: string) => string;
  /** What happened. `fields`: what the PMS calls them. */
  what: (label: string, fields: string) => string;
  /** What is held, or is not. */
  held: (label: string) => string;
}

const held = (label: string) =>
  `Nothing of this record is sent to ${label} until it is settled. It is kept here.`;
const restSent = (label: string) =>
  `Theirs stays in ${label} for now. Everything else about this person is sent.`;

const causes: Record<ParkedCause, CauseWords> = {
  ambiguous: {
    title: (label) => `Two records in ${label} fit one person`,
    what: (label) => `More than one record in ${label} may be this person, and we do not guess.`,
    held,
  },
  another_person: {
    title: (label) => `Another person in ${label}?`,
    what: (label) =>
      `The record in ${label} that belonged to this person now shows another name, e-mail or phone.`,
    held,
  },
  by_hand: {
    title: (label) => `To do in ${label}`,
    what: (label) => `${label} lets no program in, so this is for you to do there.`,
    held: () => 'We wait for your word that it is done.',
  },
  cannot_change: {
    title: (label) => `${label} differs, and lets nobody change it from outside`,
    what: (label, fields) =>
      `${label} has another value than Boom for ${fields}. Only somebody there can change it.`,
    held: restSent,
  },
  conflict: {
    title: (label) => `${label} says that this is there already`,
    what: (label) => `${label} refused the record because of another one that is there.`,
    held,
  },
  decided_there: {
    title: (label) => `Somebody decided otherwise in ${label}`,
    what: (label) =>
      `${label} shows another decision than Boom, and it is not ours. We do not write over it.`,
    held: (label) => `Boom’s decision is not sent to ${label}. The rest is.`,
  },
  edited_there: {
    title: (label) => `Edited in ${label} after us`,
    what: (label, fields) => `${label} was edited after us: ${fields}.`,
    held: restSent,
  },
  forbidden: {
    title: (label) => `${label} does not let us do this`,
    what: (label) => `${label} took our key and still refused this: the key may not do it.`,
    held,
  },
  gone_there: {
    title: (label) => `No longer in ${label}`,
    what: (label) => `The record that was in ${label} is gone. We do not make it anew by ourselves.`,
    held,
  },
  invalid: {
    title: (label) => `${label} will not take a value`,
    what: (label) => `${label} refused what Boom says of this person.`,
    held,
  },
  not_a_resident: {
    title: () => 'Rent is reported for somebody who is no resident',
    what: () => 'Boom reports rent for somebody whose part in the application is not a tenant’s.',
    held: (label) =>
      `No tenant is looked for in ${label}. Have the part corrected in Boom if the person lives there.`,
  },
  not_found: {
    title: (label) => `${label} does not find what we named`,
    what: (label) => `${label} knows nothing by a number that we sent, such as that of a unit.`,
    held,
  },
  not_there: {
    title: (label) => `Not in ${label} yet`,
    what: (label) => `Not in ${label} yet, and we are not to create it by ourselves.`,
    held: () => 'Everything about this person is kept here, and goes there once the record is.',
  },
  note_unknown: {
    title: (label) => `A note in ${label} that we cannot see`,
    what: (label) => `We sent a note, and ${label} did not say whether it took it.`,
    held: () => 'We send it no second time by ourselves. Look there, then try again.',
  },
  on_a_lease: {
    title: () => 'Boom took back a decision on somebody who is on a lease',
    what: (label) => `Boom took its decision back, and in ${label} this person is on a lease by now.`,
    held: (label) => `We change nothing on a lease. Decide in ${label} what becomes of it.`,
  },
  over_quota: {
    title: (label) => `More new records for ${label} than your limit in a day`,
    what: () => 'This one came after your limit of new records in a day was used up.',
    held: () =>
      'It waits for you, so that a flood of invented people can fill nothing. It does not go by itself tomorrow.',
  },
  resident: {
    title: () => 'Boom ended the application of somebody who lives there',
    what: () => 'Boom declined or canceled the application of somebody who lives in that unit, or seems to.',
    held: (label) => `Nothing about it is sent to ${label}. Look in Boom what is meant.`,
  },
  superseded: {
    title: (label) => `A second record in ${label} for one person`,
    what: (label) =>
      `${label} has two records of this person for one unit, and the other one is kept up to date.`,
    held: (label) => `Nothing is sent to this one. Leave one of them in ${label}.`,
  },
  takes_failed: {
    title: (label) => `Your rule of who goes to ${label} could not be worked out`,
    what: () => 'The rule under “takes” in this connection’s file does not fit this person.',
    held,
  },
  transient: {
    title: (label) => `${label} failed again and again`,
    what: (label) => `We tried this for a week, and ${label} failed each time.`,
    held,
  },
  unknown_outcome: {
    title: (label) => `${label} did not say whether it was done`,
    what: (label) => `We sent this again and again, and ${label} never answered whether it took it.`,
    held,
  },
  unmapped_unit: {
    title: (label) => `A unit that we do not know in ${label}`,
    what: (label) => `Boom’s name of the unit is none that we know in ${label}.`,
    held,
  },
  weak_match: {
    title: () => 'One person, or two?',
    what: () => 'Only name, e-mail and phone say that this decision is about this person.',
    held: (label) => `It is shown here and not sent to ${label} until you say so.`,
  },
};

export const needsYou = {
  title: 'Needs you',
  empty: 'Nothing needs you.',
  lastFixed: 'The last item was settled',
  about: 'Nothing here is lost: what is held is kept, and goes out once you have answered.',
  causes,
  otherCause: {
    title: (label: string) => `Needs a look in ${label}`,
    what: (label: string) => `Something about this record in ${label} needs you.`,
    held,
  } as CauseWords,
  /** Of this page only. */
  groupOf: (count: number) => plural(count, 'item', 'items'),
  seeAll: (count: number) => `See all ${count}`,
  allOf: (title: string) => `All: ${title}`,
  toAll: 'Back to everything that needs you',
  person: (who: string, unit: string | null) => (unit === null ? who : `${who}, unit ${unit}`),
  firstSeen: 'First seen',
  seenTimes: (count: number) => (count === 1 ? 'looked at once' : `looked at ${count} times since`),
  tenantPage: 'Open this person',
  whatBoomPutsThere: (label: string) => `What would be made in ${label}`,
  fieldsCaption: (who: string) => `What differs of ${who}`,
  field: 'Field',
  boomSays: 'Boom says',
  weWrote: 'Last sent',
  there: (label: string) => `In ${label}`,
  nothing: '–',
  yes: 'yes',
  no: 'no',
  thatSaid: 'What was said',
  advice: 'From the command line',
  recordThere: 'Record',
  otherChoices: 'Other choices',

  tryAgain: 'Try again',
  sendAgain: 'Send again',
  seenToIt: 'I have seen to it there',
  seenToItWhy: 'Seen to over there',
  keepTheirs: (label: string) => `Keep ${label}’s`,
  useBoom: 'Use Boom’s',
  oneField: 'Field by field',
  alwaysTheirs: (label: string, field: string) => `Always keep ${label}’s ${field}`,
  leaveOut: (field: string) => `Leave ${field} out for everyone`,
  settingOf: (label: string) => `Settings of ${label}`,
  compare: 'Compare and choose',
  create: 'Create',
  letThrough: 'Let through',
  done: 'Done',
  matchUnit: 'Match and remember',
  samePerson: 'Same person',
  twoPeople: 'Two people',
  somebodyElse: 'Somebody else',
  useThis: 'Use this',
  weDoIt: 'We do it',
  iChecked: 'I have checked',
  wake: 'Wake',
  snooze: 'Not now',
  snoozeFor: 'Say nothing of it for',
  days: { '1': 'a day', '7': 'a week', '30': '30 days', '0': 'good: ignore it' },
  why: 'Why (kept with it)',
  forAbout: (what: string, whom: string) => `${what}: ${whom}`,
  onlyOwner: 'An owner of this boomsync can do this.',

  bulk: 'Those that are ticked',
  tickAll: 'Tick all of these',
  tick: (whom: string) => `Tick ${whom}`,
  ticked: (what: string) => `${what}: all that are ticked`,
  allAlike: (what: string, count: number) => `${what}: all ${count} alike`,

  nothingTicked: 'Nothing was ticked, so nothing was done.',
  changedSince: 'This has changed since you looked, so nothing was done. It is shown as it is now.',
  settled: (count: number) => (count === 1 ? 'Done. It is settled.' : `Done. All ${count} are settled.`),
  stillNeeds: (settled: number, open: number) =>
    settled === 0
      ? `Done, and ${open === 1 ? 'it still needs' : `all ${open} still need`} you: see below why.`
      : `Done. ${plural(settled, 'is', 'are')} settled, ${plural(open, 'still needs', 'still need')} you.`,
  stillMoving: (count: number) =>
    count === 1
      ? 'Done. It is on its way, and we look whether it arrives.'
      : `Done. ${count} are on their way.`,
  notNow: (count: number) =>
    `We say nothing of ${count === 1 ? 'it' : `these ${count}`} for now. It stands under “Put aside” below.`,
  noneQuiet: 'None of these needs you any more.',
  woken: (count: number) => (count === 1 ? 'It is shown again.' : `${count} are shown again.`),
  asked: 'That could not be done',

  twoFit: (label: string) => `Which record in ${label} is it?`,
  boomHas: 'Boom says',
  candidate: (id: string) => `Record ${id}`,
  heldBy: 'This record belongs to another of your people already, so it cannot be used. Are they one person?',
  heldByWho: (who: string) => `Open ${who}`,
  noCandidates: (label: string) => `None of the records that fitted is in ${label} any more. Look again.`,
  cannotCompare: (label: string) =>
    `${label} did not show its records just now. Load this page again in a while.`,
  chosen: (label: string) =>
    `Remembered. This is the record in ${label} that is kept up to date from now on.`,
  notChosen: 'Remembered. That record is somebody else’s, and is left alone.',

  unitsTitle: (label: string) => `Match units with ${label}`,
  unitsAbout:
    'Say once which unit is which. It is written into this connection’s file, where your notes stay.',
  unitById: (label: string, words: string) => `Number of “${words}” in ${label}`,
  unitByWords: (words: string) => `Your name of “${words}”, as property / unit`,
  unitsDone: (count: number) => `${plural(count, 'unit is', 'units are')} matched and remembered.`,
  unitsNone: 'No unit was chosen, so nothing was changed.',
  noUnits: 'Every unit that Boom names is matched.',
  noUnitNamed: 'Boom names no unit for this person. Have it added in Boom; it arrives here by itself.',

  fieldTitle: { off: 'Leave a field out for everyone', pms: 'Always keep what stands there' },
  fieldAbout: {
    off: (field: string, label: string) => `From then on ${field} is never sent to ${label}, for nobody.`,
    pms: (field: string, label: string) =>
      `From then on ${label}’s ${field} stays, for everybody, and you are not asked.`,
  },
  fileIs: 'The file as it is',
  fileBecomes: 'The file as it would be',
  writeIt: 'Write this',
  fieldDone: 'Written. Everybody is gone through again by it.',
  fileFaulty: 'The file of this connection has a fault, so nothing was written. “Connections” tells which.',

  keyTitle: (label: string) => `${label} refuses our key`,
  keyWhat: (label: string) => `${label} has refused our key since`,
  keyHeld: (count: number) =>
    `${plural(count, 'update waits', 'updates wait')} safely, and ${count === 1 ? 'goes' : 'go'} out when the new key works.`,
  keyPaste: (name: string) => `New value of ${name}`,
  keyWhole: 'The rest of the key has changed too',
  keyReplace: 'Check and replace',
  boomKeyTitle: 'Boom refuses our keys',
  boomKey:
    'What Boom sends is received all the same; what its messages leave out is not known until we may ask again.',
  boomKeyDo: 'Replace the keys',

  standingDo: { connection: 'See this connection', silence: 'See the set-up', backup: 'See the backups' },

  joinsTitle: 'One person, or two?',
  joinsAbout:
    'Only name, e-mail and phone say that all we know of each of these is about one person. What follows from that is shown here and sent nowhere until you say.',
  joinsWhat: (applied: readonly string[], reported: readonly string[]) =>
    [
      applied.length > 0 ? `Applied for ${applied.join(', ')}.` : null,
      reported.length > 0 ? `Rent is reported for ${reported.join(', ')}.` : null,
    ]
      .filter(Boolean)
      .join(' '),
  openPerson: (who: string) => `Look at what Boom said of ${who}`,
  joinsMore: (shown: number) => `These are the first ${shown}. The others follow once they are answered.`,
  keptAsOne: 'Kept as one person.',
  keptApart: 'Kept as two people.',

  pushTitle: 'Boom’s own push failed',
  pushWhat: (who: string, said: string | null) =>
    said === null
      ? `Boom could not put ${who} into the system that it is connected to, and does not say why.`
      : `Boom could not put ${who} into the system that it is connected to: “${said}”`,
  pushDo:
    'Correct in Boom or over there what Boom names and push again in Boom; or put the person there yourself.',
  pushDone: 'Put aside. A later failure is told again.',

  eventsTitle: { failed: 'Messages that could not be read', quarantined: 'Messages that were not used' },
  eventsWhat: {
    failed: 'They are kept. An update of boomsync may read them; try again, or dismiss what is of no use.',
    quarantined: 'They look as if they came from somebody else than Boom. They are kept and change nothing.',
  },
  eventName: (id: number) => `Message ${id}`,
  show: 'Show',
  dismiss: 'Dismiss',
  moreEvents: (count: number) => `See all ${count} messages`,

  gapsTitle: 'Times in which Boom could not reach us',
  gapFrom: 'From',
  gapTo: 'to',
  gapUnread: 'What Boom sent meanwhile may be missing: there are no keys to ask Boom with.',
  gapReporting: (count: number) =>
    `Rent reporting is unconfirmed for ${plural(count, 'person', 'people')}: Boom cannot be asked about it.`,
  gapCheck: 'What to check: look in Boom what it says of these days, and whether it stands here too.',
  gapsDone: 'Noted that you have checked.',

  kindsTitle: 'Messages of a kind that we do not know',
  kindsAbout:
    'Boom sends something that this version of boomsync has no use for. Nothing waits for it, and the messages are kept: a later version may know them. This is not counted above.',
  kindOf: (event: string, count: number) => `“${event}”: ${plural(count, 'message', 'messages')}`,
  kindNamed: (event: string) => `“${event}”`,
  kindLast: 'the last',
  kindDismissed: 'Dismissed. Messages of this kind are kept, and not shown here again.',

  noticesTitle: 'A notice may be due',
  noticesAbout:
    'Boom declined these people or approved them with conditions. The law may ask you to tell them; we neither send nor judge. This is not counted above.',
  noticeOf: (who: string) => `A notice may be due to ${who}`,
  noticeSince: 'decided',
  noticeDone: 'Noted.',

  asideTitle: (count: number) => `Put aside (${count})`,
  asideUntil: 'until',
  asideForGood: 'for good',
};
