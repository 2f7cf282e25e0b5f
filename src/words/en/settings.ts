/** Settings: alerts, backups, people, keys for scripts, and what runs here. */
import type { Role } from '../../dashboard/contract.ts';
import type { BackupFaultKind } from '../../store/backup-fault.ts';
import { plural } from './plural.ts';

const listed = (names: readonly string[]) => names.join(' and ');

/** What each kind of channel is asked for, as its forms name it. */
interface Asked {
  label: string;
  help: string;
}

const mail = {
  host: { label: 'Mail server', help: 'As your provider names it, for example smtp.example.com.' },
  port: { label: 'Port', help: 'Mostly 587; 465 with the box below ticked.' },
  secure: { label: 'Encrypted from the first byte', help: 'For port 465.' },
  user: { label: 'User', help: 'Often your mail address. Leave it empty where the server asks for none.' },
  password: {
    label: 'Password',
    help: 'Many providers want one made for programs. It goes into a file that only boomsync reads.',
  },
  from: { label: 'From', help: 'Most servers send only what comes from your own address.' },
  to: { label: 'To', help: 'One address, or several with commas between them.' },
} satisfies Record<string, Asked>;

const ntfy = {
  url: {
    label: 'Address with the topic',
    help: 'For example https://ntfy.sh/my-topic. Who knows the topic can read it, so choose a long one.',
  },
  token: { label: 'Access key', help: 'Where your topic is protected. Leave it empty otherwise.' },
} satisfies Record<string, Asked>;

const url = {
  url: { label: 'Address', help: 'It begins with https:// and is asked by POST.' },
  secret: {
    label: 'Key to sign with',
    help: 'Leave it empty, or give whsec_ and random signs in base64, as the other side has it.',
  },
} satisfies Record<string, Asked>;

export const settings = {
  title: 'Settings',
  all: 'All settings',
  helperSees: 'You are signed in as a helper. An owner of this boomsync sets everything else.',
  none: 'none',
  copy: 'Copy',
  copied: 'Copied',
  bytes: (bytes: number) =>
    bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`,

  password: 'Your password',
  oldPassword: 'Password of now',
  changePassword: 'Change it',
  everywhere: 'Sign out everywhere',
  everywhereAbout: 'It ends every place where you are signed in, this one too.',

  alerts: 'Alerts',
  noAlert: 'No alert is set; you would not hear of trouble.',
  setOne: 'Set one',
  channels: (count: number) => `Trouble is told by ${plural(count, 'channel', 'channels')}.`,
  toAlerts: 'All alerts',
  addAlert: 'Tell me by',
  add: { mail: 'Mail', ntfy: 'Telephone (ntfy)', url: 'Another address' },
  addAbout: {
    mail: 'Alerts go by your own mail server. They may name the people whom they are about.',
    ntfy: 'ntfy shows alerts on your telephone. They name nobody.',
    url: 'Alerts are posted to an address of yours, for example of a chat. They name nobody.',
  },
  fields: { mail, ntfy, url },
  kinds: { mail: 'Mail', ntfy: 'Telephone (ntfy)', url: 'Another address' },
  channel: (kind: string, name: string) => (kind.toLowerCase() === name ? kind : `${kind}: ${name}`),
  goesTo: (where: string) => `Goes to ${where}.`,
  noWhere: 'Where it goes cannot be read: its file is not there, or empty.',
  lastSent: 'Last sent',
  waiting: (count: number) => `${plural(count, 'message waits', 'messages wait')}`,
  failing: (why: string) => `The last message could not be sent: ${why}. It is tried again`,
  failures: {
    unauthorized: 'the user, password or key was refused',
    forbidden: 'the key may not post there',
    no_tls: 'the server does not encrypt as it should',
    rejected: 'the server does not take it',
    busy: 'the server is busy',
    unreachable: 'the server cannot be reached',
    timeout: 'the server does not answer',
  } as Readonly<Record<string, string>>,
  failedOtherwise: 'the other side did not take it',
  gaveUp: 'A message was given up after many tries,',
  notInForce: 'This does not count yet.',
  fileDiffers: 'The file config/boomsync.yaml says something else of alerts than what counts now.',
  takeUp: 'Let it count',
  takenUp: 'What the file says counts now.',
  startAgain: 'This counts once boomsync is started again.',
  fileFault: (what: string) => `config/boomsync.yaml has a fault: ${what}.`,
  test: 'Send a test',
  testLabel: (name: string) => `Send a test by ${name}`,
  tested: (name: string) => `A test was sent by ${name}. Look whether it has arrived.`,
  answered: (answer: string) => `The other side answered: ${answer}`,
  notTaken: (name: string, answer: string) => `The test by ${name} was not taken. ${answer}`,
  takeAway: (name: string) => `Take ${name} away`,
  toldNow: 'What you were told of and is still so',
  when: 'When',
  quietHours: 'Quiet hours',
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  weekly: 'Weekly, how things stand',
  heartbeat: 'Sign of life',
  noHeartbeat: 'none: nobody hears of it when this computer is dead',
  everyMinutes: (minutes: number) => `every ${plural(minutes, 'minute', 'minutes')}`,
  timesHow: 'These three are set in config/boomsync.yaml, under “alerts”.',
  showChange: 'Go on: see what is written',
  drawnUp: 'Nothing is written yet. Send a test, then write it.',
  wrongAlert: (what: string) => `That will not do: ${what}.`,
  changeTitle: 'What is written',
  changeAbout: 'This is config/boomsync.yaml. Your comments stay.',
  removeAbout: 'This is config/boomsync.yaml. Nobody is told by this channel afterwards.',
  secretFiles: (files: readonly string[]) =>
    `What is secret goes into ${listed(files)}, which only boomsync can read.`,
  secretFilesGo: (files: readonly string[]) => `${listed(files)} would be deleted.`,
  fileIs: 'The file now',
  fileBecomes: 'The file afterwards',
  writeIt: 'Write it',
  draftGone: 'What you filled in is not kept any more. Fill it in once more.',
  fileChanged: 'Somebody has changed the file meanwhile, so nothing was written. Look once more.',
  alertWritten: (name: string) => `${name} is written.`,
  alertRemoved: (name: string) => `${name} is taken away.`,
  alertGone: 'There is no such channel any more.',

  backup: 'Backup and what is kept',
  howItStands: 'How it stands',
  overdue: 'No backup was made and checked for more than a week.',
  lastFailed: 'The last one failed',
  lastOneFailed: 'The last one failed.',
  backupOff: 'No backup is made by itself: it is switched off in config/boomsync.yaml.',
  lastChecked: 'Last made and checked',
  noneYet: 'none yet',
  nextBackup: 'The next',
  onlyAsked: 'only when you ask',
  where: 'Where',
  encrypted: 'They are encrypted.',
  notEncrypted: 'They are not encrypted.',
  kept: 'How many are kept',
  keeps: (daily: number, weekly: number) =>
    `the newest of each of ${plural(daily, 'day', 'days')} and ${plural(weekly, 'week', 'weeks')}`,
  backupNow: 'Back up now',
  backedUp: (tenants: number) =>
    `A backup was made and checked: it holds ${plural(tenants, 'tenant', 'tenants')}, as the database does.`,
  noBackups: 'There is no backup yet.',
  backups: 'The backups',
  made: 'Made',
  size: 'Size',
  state: 'State',
  verified: 'checked',
  byUpgrade: 'made before an upgrade',
  isEncrypted: 'encrypted',
  testBackup: 'Can it be restored?',
  testThis: 'Test this one',
  testThisLabel: (name: string) => `Test this one: ${name}`,
  testing: (name: string) => `${name} is being tested. Load this page again in a while.`,
  triedWell: (name: string) => `${name} can be restored. Tested`,
  triedBadly: (name: string) => `${name} cannot be restored.`,
  otherTry: 'Another one is being tested. Try again once that is done.',
  backupGone: 'There is no such backup any more.',
  whole: (tenants: number, last: string | null) =>
    `It can be restored: it was, into a folder of its own, and holds ${plural(tenants, 'tenant', 'tenants')}${last === null ? '' : `. Its last message is of ${last}`}. Nothing was changed.`,
  backupFaults: {
    no_room: ['There is no room for it.', 'Free some space on that disk, or choose another folder.'],
    not_writable: [
      'It cannot be written or read there.',
      'Let the user that runs boomsync write to that folder.',
    ],
    not_there: ['The file or the folder is not there.', 'Look whether the disk is connected.'],
    exists: ['There is such a file already.', 'Try again: the next one has another name.'],
    not_a_backup: ['This is no backup of boomsync.', 'Choose another one.'],
    damaged: [
      'It is damaged.',
      'Choose another one, and look at the health of the disk. A new one that is damaged means that the database itself is.',
    ],
    newer: ['A newer boomsync made it.', 'Install that version or a later one.'],
    altered: [
      'It holds triggers or views, and boomsync makes none: somebody changed it.',
      'Choose another one. Where it is a new one, take them out of the database.',
    ],
    differs: ['The copy does not hold what was copied.', 'Look at the health of the disk, and try again.'],
    no_passphrase: [
      'It is encrypted, and boomsync does not have the passphrase.',
      'Say in config/boomsync.yaml where it is, and start boomsync again.',
    ],
    wrong_passphrase: ['The passphrase does not open it.', 'It needs the one that was set when it was made.'],
    stopped: ['It was stopped.', 'Try again.'],
    failed: ['It failed.', 'Try again.'],
  } satisfies Record<BackupFaultKind, readonly [string, string]>,
  restore: 'How to restore one',
  restoreStop:
    'Stop boomsync. Then, in its folder on the computer that runs it, give this command; it asks before it does anything:',
  aFile: 'FILE',
  restoreThen:
    'What was there is kept aside. Start boomsync again: every connection is paused until you have looked at what it would write. Nobody is added twice.',
  notInIt: 'The folder config/ is not in a backup. Keep a copy of it as well, with its secrets.',
  retention: 'How long things are kept',
  keptWhat: {
    bodies: 'What Boom sent, word for word',
    failedBodies: 'What Boom sent that could not be used',
    attempts: 'What was written where, and what was there before',
    decisions: 'Which decision was written where',
  },
  keptFor: (days: number | null) =>
    days === null
      ? 'for good'
      : days >= 365
        ? plural(Math.round(days / 365.25), 'year', 'years')
        : plural(days, 'day', 'days'),
  lastRun: 'Last removed',
  removedThen: (bodies: number, attempts: number) =>
    `${plural(bodies, 'message', 'messages')} as they came, ${plural(attempts, 'entry', 'entries')} of what was written`,
  retentionOff: 'Nothing is removed by itself: it is switched off in config/boomsync.yaml.',
  retentionFailed: 'The last time it failed,',
  retentionHow:
    'What was understood of a message stays. How long is set in config/boomsync.yaml, under “retention”.',

  people: 'People',
  peopleCount: (count: number) => `${plural(count, 'person', 'people')} can sign in.`,
  name: 'Name',
  role: 'May',
  roles: { owner: 'everything (owner)', helper: 'look and answer (helper)' } satisfies Record<Role, string>,
  rolesLong: {
    owner: 'Everything (owner)',
    helper: 'Look and answer; no secrets, no erasing, no settings (helper)',
  } satisfies Record<Role, string>,
  since: 'Since',
  may: 'Signing in',
  itsYou: (name: string) => `${name} (you)`,
  mayYes: 'can sign in',
  mayNot: 'cannot sign in',
  invited: 'has not opened the link yet',
  let: { no: 'Keep from signing in', yes: 'Let in again' },
  letLabel: {
    no: (name: string) => `Keep from signing in: ${name}`,
    yes: (name: string) => `Let in again: ${name}`,
  },
  addUser: 'Add somebody',
  addUserAbout: 'They get a link from you that works once, for 24 hours, and choose a password there.',

  log: 'Who looked at what',
  logAbout: 'What was revealed or erased, by whom and when; never what stood there.',
  logEmpty: 'Nobody has revealed or erased anything yet.',
  who: 'Who',
  did: 'What they did',
  ofWhat: 'Of what',
  deeds: {
    held: 'put a person under a legal hold',
    released: 'ended a legal hold',
    revealed_key: 'showed a key for Boom',
    revealed_message: 'showed a message in the clear',
    revealed_reporting: 'showed the rent reporting of a person',
    forgot: 'erased a person',
    exported: 'took a copy of what is on record',
  },
  toPerson: 'Person',
  toPersonLabel: (entry: number) => `The person of entry ${entry}`,
  toMessage: (id: number) => `Message ${id}`,

  keys: 'Keys for scripts',
  keysCount: (count: number) =>
    count === 0 ? 'There is none.' : `${plural(count, 'key works', 'keys work')}.`,
  keysAbout:
    'With a key, a program of yours sees and does what you could on these pages. Who has it can do the same.',
  noKeys: 'There is none.',
  newKey: 'Make a key',
  keyFor: 'What it is for',
  lastUsed: 'Last used',
  stopKey: 'Stop it',
  stopKeyLabel: (name: string) => `Stop it: ${name}`,
  scripts: 'What a script can ask for',
  scriptsAbout: 'The same that these pages show and do. It sends its key with each request.',
  scriptsDocument: 'The document for programs (OpenAPI)',

  about: 'About, and help',
  aboutAbout: 'Which version runs, and what to send to whoever helps you.',
  runs: 'What runs here',
  database: 'Database',
  schema: 'Its last change of tables',
  connectionIs: (connector: string, live: boolean) => `${connector}, ${live ? 'live' : 'preview'}`,
  fileMode: (count: number, mode: string) =>
    count === 1 ? `mode ${mode}` : `${plural(count, 'file', 'files')} with mode ${mode}`,
  diagnostics: 'For whoever helps you',
  diagnosticsAbout:
    'Counts and kinds: no name, no address, no key. Read it, then copy it into your question.',
};
