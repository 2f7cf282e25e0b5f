/** The first page: is everything all right? */
import type { Verdict } from '../../operate/verdict.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const overview = {
  title: 'Overview',
  lastChecked: 'Last checked',
  nextCheck: 'next check',
  lastMessage: 'Last message from Boom',
  noMessage: 'none yet',
  next: {
    in_line: null,
    catching_up: null,
    unconfirmed: { text: 'What to check', href: '/needs-you' },
    quiet: { text: 'See the messages', href: '/events' },
    needs_you: { text: 'Show me', href: '/needs-you' },
    paused: { text: 'See your connections', href: '/connections' },
    stopped: { text: 'Check the connection', href: '/connections' },
    not_set_up: { text: 'Finish setting up', href: '/setup' },
  } satisfies Record<Verdict, { text: string; href: string } | null>,
  emptySteps: [
    { text: 'Connect your property management system', href: '/setup/connection' },
    { text: 'Match units', href: '/connections' },
    { text: 'Send Boom our address', href: '/setup' },
  ],
  howItStands: 'How things stand',
  boom: 'Boom',
  messages: (count: number) => plural(count, 'message in all', 'messages in all'),
  api: {
    none: 'We hear what Boom sends, and cannot ask it anything: there are no keys for that.',
    working: 'Boom answers what we ask.',
    refused: 'Boom refuses our keys.',
    broken: 'Boom does not answer what we ask. What it sends is received all the same.',
  },
  toBeRead: (count: number) => plural(count, 'record still to be read', 'records still to be read'),
  working: 'Working',
  previewing: (label: string) => `Preview: nothing is written to ${label} yet.`,
  inLine: (count: number) => plural(count, 'record in line', 'records in line'),
  waiting: (count: number) => plural(count, 'waits', 'wait'),
  needsYou: (count: number) => plural(count, 'needs you', 'need you'),
  alerts: 'Alerts',
  alertsHow: (channels: number, failing: number) => {
    if (channels === 0) return 'Nobody is told when something needs you: there is no way set up yet.';
    if (failing > 0)
      return `${failing} of ${plural(channels, 'way', 'ways')} of telling you did not work last time.`;
    return `You are told in ${plural(channels, 'way', 'ways')}.`;
  },
  lastSent: 'Last sent',
  backup: 'Backups',
  backupOn: 'Made by themselves, and each is tried out.',
  backupOff: 'None is made by itself.',
  backupBad: 'The last one did not work, or is too old.',
  lastBackup: 'Last one that was tried out',
  noBackup: 'none yet',
  lastChanges: 'Last changes',
  noChanges: 'Nothing has been written anywhere yet.',
  changed: {
    create: (who: string, label: string) => `${who} was added to ${label}`,
    update: (who: string, label: string) => `${who} was changed in ${label}`,
    decide: (who: string, label: string) => `The decision on ${who} was set in ${label}`,
    note: (who: string, label: string) => `A note on ${who} was added in ${label}`,
    adopt: (who: string, label: string) => `${who} was found in ${label}`,
    done: (who: string, label: string) => `${who} was done by hand in ${label}`,
  } as Readonly<Record<string, (who: string, label: string) => string>>,
  changedOtherwise: (who: string, label: string) => `${who}: something was done in ${label}`,
  messagesByDay: 'Messages from Boom, last 30 days',
  dayOf: 'Day',
  count: 'Messages',
  mostInADay: (count: number) => `At most ${count} in a day.`,
  messagesSummary: (total: number, days: number) =>
    `${plural(total, 'message', 'messages')} on ${plural(days, 'day', 'days')} of the last 30.`,
  agreement: 'In line, last 90 days',
  agreementSummary: (inLine: number, seen: number) =>
    seen === 0
      ? 'Nothing is known of the days before today.'
      : `In line all day on ${inLine} of the ${plural(seen, 'day', 'days')} that we were there.`,
  notThere: 'Nobody looked',
  asTable: 'The same as a table',
  worst: 'At its worst',
};
