/** What a landlord is told by mail or telephone. Names nobody; what the verdict says as well is in standing.ts. */
import type { ParkedCause } from '../../reconcile/causes.ts';
import { plural } from './plural.ts';

/** After `3 records in Buildium need you:`. The other two have titles of their own. */
const why: Record<Exclude<ParkedCause, 'by_hand' | 'over_quota'>, string> = {
  ambiguous: 'two records there fit one person',
  another_person: 'the record there may be somebody else’s',
  cannot_change: 'they differ there, and only somebody there can change it',
  conflict: 'they are said to be there already',
  decided_there: 'somebody decided otherwise there',
  edited_there: 'they were edited there after us',
  forbidden: 'our key may not write them',
  gone_there: 'they are no longer there',
  invalid: 'a value was refused',
  not_a_resident: 'Boom reports rent for somebody who is no resident',
  not_found: 'what we named is not found there',
  not_there: 'they are not there yet, and we are not to create',
  note_unknown: 'nobody can see whether a note arrived',
  on_a_lease: 'Boom took back a decision on somebody who is on a lease',
  resident: 'Boom ended the application of somebody who lives there',
  superseded: 'one person has two records there',
  takes_failed: 'your rule of who goes there could not be worked out',
  transient: 'it failed there again and again',
  unknown_outcome: 'nobody said whether it was done',
  unmapped_unit: 'the unit is unknown there',
  weak_match: 'only name, e-mail and phone say that a decision is about a person',
};

export const alerts = {
  why,
  otherwise: 'they want a look',
  parked: (count: number, label: string, because: string) =>
    `${count === 1 ? 'A record needs' : `${count} records need`} you in ${label}: ${because}`,
  parkedHeld: 'We hold what Boom says of them until you have decided.',
  parkedDo: 'See each of them and what to do with: boomsync errors',
  byHand: (count: number, label: string) =>
    `${count === 1 ? 'One thing is' : `${count} things are`} to be done by hand in ${label}`,
  byHandDo: 'When you have done it: boomsync done <tenant>, or tick it off on the page.',
  overQuota: (label: string) => `More new records for ${label} than your limit for a day`,
  overQuotaHeld: (count: number) =>
    `${count === 1 ? 'One new record waits' : `${count} new records wait`} until you have looked. Nothing of them was written.`,
  overQuotaDo: (connection: string) => `If they are right, let them through: boomsync approve ${connection}`,

  weakJoins: (count: number) =>
    count === 1 ? 'One of your tenants may be two people' : `${count} of your tenants may each be two people`,
  weakJoinsHeld:
    'Only name, e-mail and phone say that all of it is about one person. What follows from that is sent nowhere until you say.',
  weakJoinsDo: 'Say whether they are one person: on the page, or see them with: boomsync errors',

  failed: (count: number) => `${plural(count, 'message', 'messages')} from Boom could not be used`,
  failedKept: 'They are kept.',
  failedDo: 'Look with: boomsync errors. After an update of boomsync: boomsync retry',
  quarantined: (count: number) =>
    `${plural(count, 'message', 'messages')} came twice with different contents`,
  quarantinedKept: 'They are kept and not used: somebody else than Boom may have sent them.',
  quarantinedDo: 'Ask Boom whether it sent them, then put them aside: boomsync errors',
  boomPush: (count: number) => `Boom itself could not put ${plural(count, 'tenant', 'tenants')} into its PMS`,
  boomPushDo: 'Look what Boom names, and correct it in Boom or in the PMS: boomsync errors',
  gapDo: (id: number) => `Look into Boom at what changed in that time, then: boomsync gaps checked ${id}`,
  notReached: 'It may also be that Boom no longer reaches this computer.',
  silenceDo: 'Ask Boom for a test message, and whether it still has your address and key.',
  backupDo: 'Make one and see what it says: boomsync backup',

  thePms: 'the PMS',
  needsYou: (who: string) => `${who}: needs you`,
  moreOnPage: '… and more, on the page.',

  over: (since: string) => `This began on ${since} and is over. Nothing is to be done about it.`,
  things: (count: number) => plural(count, 'thing', 'things'),
  thingsDo: 'See what to do with: boomsync errors',
  weekly: (count: number, total: number) =>
    `This week: ${count} of ${plural(total, 'tenant', 'tenants')} in line`,
  weeklyLast: (when: string) => `Last message from Boom: ${when}.`,
  weeklyNever: 'Nothing has arrived from Boom yet.',
  weeklyWhy: 'boomsync sends this every week, so that you notice when it does not.',

  title: {
    opened: (title: string) => title,
    more: (title: string) => title,
    reminder: (title: string) => `Still open: ${title}`,
    ended: (title: string) => `Over: ${title}`,
    weekly: (title: string) => title,
  },
  whatToDo: (remedy: string) => `What to do: ${remedy}`,
  foot: 'Sent by your boomsync, because of "alerts" in config/boomsync.yaml.',
  test: 'This is a test',
  testAbout: 'You asked boomsync to send it. Alerts will come this way.',
};
