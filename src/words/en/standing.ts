/** What the verdict and an alert both say of one thing. Times come written out, as they are to be read. */
import { plural } from './plural.ts';

/** Days between two of something; null: not known. */
type Usual = number | null;

const every = (days: number) => (days <= 1 ? 'day' : String(days));

export const standing = {
  noAnswer: (label: string) => `${label} does not answer`,
  waiting: (count: number) =>
    count === 0
      ? 'Nothing waits yet.'
      : `${plural(count, 'tenant waits', 'tenants wait')} and will be sent when it works again.`,

  boomRefuses: 'Boom refuses our keys',
  boomRefusesMeans: 'What Boom sends is received all the same; what its messages leave out is not known.',

  unread: (from: string, to: string) => `What Boom sent from ${from} to ${to} may be missing`,
  unreadWhy: 'We were not reachable, and have no keys to ask Boom with.',
  unconfirmed: (from: string, tenants: number) =>
    `Reporting after ${from} is unconfirmed for ${plural(tenants, 'tenant', 'tenants')}`,
  unconfirmedWhy: (from: string, to: string) =>
    `We were not reachable from ${from} to ${to}, and Boom cannot be asked about it.`,

  silence: (days: number, usualDays: Usual) =>
    usualDays === null
      ? `No message from Boom for ${days} days`
      : `No message from Boom for ${days} days (you usually get one every ${every(usualDays)})`,
  maybeNormal: 'This may be normal.',

  noBackupYet: 'No backup has been made yet',
  noBackupSince: (when: string) => `No backup since ${when}`,

  oneInLine: 'The one tenant is in line',
  allInLine: (total: number) => `All ${total} tenants are in line`,
};
