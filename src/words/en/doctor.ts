/** What `boomsync doctor` says. Names nobody: a support bundle holds it. */

export const doctor = {
  groups: {
    broken: 'Does not work',
    look: 'Wants a look',
    unknown: 'Cannot be told from here',
    good: 'In order',
  },
  summary: (broken: number, look: number) =>
    broken + look === 0
      ? 'Everything that can be looked at is in order.'
      : `${broken === 1 ? '1 thing does' : `${broken} things do`} not work, ${look === 1 ? '1 wants' : `${look} want`} a look.`,

  config: {
    good: 'The configuration has no fault.',
    faults: (count: number) =>
      `The configuration has ${count === 1 ? 'a fault' : `${count} faults`}, so that connections, Boom and alerts were not asked.`,
    remedy: 'See each with file and line: boomsync config check',
  },
  server: {
    good: 'boomsync is running.',
    stopped: 'boomsync is not running: nothing is received from Boom.',
    remedy: 'Start it: npm start',
  },
  node: {
    good: (version: string) => `Node.js ${version} is maintained.`,
    old: (version: string) => `Node.js ${version} is past its end of life: its holes are no longer mended.`,
    oldRemedy: 'Install Node.js 24 and start boomsync again; nothing else changes.',
  },
  packages: {
    good: (count: number) =>
      `None of the ${count} libraries it uses is of a version with a hole that we know of.`,
    holes: (list: string) => `Libraries with known holes are installed: ${list}.`,
    remedy: 'Get the newest boomsync and start it with npm start: it installs what the lockfile names.',
  },
  sqlite: {
    good: (version: string) => `SQLite ${version} has no hole that we know of.`,
    old: (version: string, floor: string) => `SQLite ${version} is older than ${floor}, which mends a hole.`,
    remedy: 'Install again what the lockfile names: delete node_modules, then npm start.',
  },
  disk: {
    good: (free: string) => `${free} are free where the data lies.`,
    little: (free: string) => `Only ${free} are free where the data lies.`,
    none: (free: string) => `${free} are free where the data lies: messages from Boom will soon be refused.`,
    backups: (free: string) => `${free} are free where backups go: the next one has no room.`,
    backupsGone: 'The folder of the backups is not there.',
    unreadable: 'How much room is left on the disk could not be read.',
    remedy: 'Make room on this disk, or move the data to a larger one.',
    backupsRemedy: 'Make room there, or set backup.folder in config/boomsync.yaml to another disk.',
  },
  files: {
    good: 'Data and secrets are readable by their owner alone.',
    open: (list: string) => `Others on this computer may read: ${list}.`,
    remedy: 'Take the right away: chmod 700 for the folders, chmod 600 for the files.',
    unknown: 'Who may read the files is not told by modes on this system.',
  },
  database: {
    good: (migrations: number) => `The database is whole and of this version (${migrations} migrations).`,
    none: 'There is no database yet.',
    noneRemedy: 'Run npm start once: it makes one.',
    damaged: 'The database is damaged.',
    unreadable: 'The database cannot be opened.',
    restore: 'Stop boomsync, keep a copy of data/, and restore the newest backup: boomsync restore',
    busy: 'The database could not be examined.',
    busyRemedy: 'Run boomsync doctor again; if it stays so, stop boomsync and run it then.',
    older: (pending: number) => `The database is of an older version: ${pending} migrations wait.`,
    olderRemedy:
      'Start boomsync: it makes a backup and brings it up to date. What will happen: boomsync upgrade --check',
    newer: 'The database was written by a newer version of boomsync.',
    newerRemedy: 'Install that version, or restore a backup made before the upgrade.',
  },
  clock: {
    good: (seconds: number) =>
      seconds === 0 ? 'The clock is right.' : `The clock is right to ${seconds} s.`,
    off: (seconds: number, ahead: boolean) =>
      `The clock is ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`} ${ahead ? 'ahead' : 'behind'}.`,
    remedy: 'Let this computer set its clock by itself (on Linux: timedatectl set-ntp true).',
    unknown:
      'The clock could not be compared: it is with the answers of Boom’s API, which were not to be had.',
  },
  address: {
    good: 'The public address leads to boomsync, as asked from this computer. Whether Boom is let through cannot be seen from here.',
    none: 'No public address is set: Boom cannot reach this computer.',
    noneRemedy:
      'Set publicUrl in config/boomsync.yaml. Ways to get one: docs/operations.md, “A public address”.',
    private: 'The public address is one of this network alone: Boom cannot reach it.',
    plain: 'The public address is not https: what Boom sends could be read on the way.',
    plainRemedy: 'Put a server with a certificate in front, and write https:// in publicUrl.',
    stopped: 'The public address was not tried, because boomsync is not running.',
    certificate: 'The certificate of the public address is not valid.',
    certificateRemedy: 'Renew it where it is kept: at your proxy or the provider of the tunnel.',
    name: 'The name in the public address leads nowhere.',
    nameRemedy: 'Set the name at your DNS provider, or correct publicUrl in config/boomsync.yaml.',
    unreachable:
      'The public address does not answer this computer. From outside it may: some routers do not lead back in.',
    unreachableRemedy:
      'From another network: curl -i -X POST <publicUrl>/webhooks/boom must answer 401. If not, look at proxy, tunnel and router.',
    other: (status: number) => `Something else than boomsync answers at the public address (HTTP ${status}).`,
    otherRemedy: 'Let your proxy or tunnel pass on /webhooks/ to the port of boomsync.',
  },
  key: {
    good: 'Boom’s key is set.',
    rotating: (count: number) => `${count} keys of Boom’s are accepted at once.`,
    rotatingRemedy: 'Once Boom uses the new one, take the old one out of webhookKeys.',
    short: 'Boom’s key is short: somebody could guess it.',
    shortRemedy: 'Make a long one, tell Boom, and keep both until Boom uses it.',
  },
  boom: {
    good: 'Boom’s API takes our keys.',
    none: 'There are no API keys of Boom’s: what was lost on the way cannot be read back.',
    noneRemedy: 'Ask Boom for API keys and set boom.api in config/boomsync.yaml: docs/reading-from-boom.md',
    slow: 'Boom’s API asked us to slow down.',
    slowRemedy: 'Nothing to do: try again in some minutes.',
    failed: 'Boom’s API could not be asked.',
  },
  connection: {
    good: (name: string, label: string, took: number) => `${name}: ${label} lets us in (${took} ms).`,
    files: (name: string) => `${name}: its files can be written.`,
    byHand: (name: string) => `${name}: kept by hand, there is nothing to sign in to.`,
    refused: (name: string, message: string) => `${name}: ${message}`,
    failed: (name: string) => `${name}: it could not be asked.`,
    remedy: (name: string) => `See step by step: boomsync connector check ${name}`,
  },
  alerts: {
    none: 'No alert is set; you would not hear of trouble.',
    noneRemedy: 'Set one: “alerts” in config/boomsync.yaml, docs/alerts.md',
    mail: (name: string) => `${name}: the mail server lets us in; nothing was sent.`,
    untried: (name: string) => `${name}: it can be tried only by sending something.`,
    try: (name: string) => `Send one: boomsync alerts test ${name}`,
    failing: (name: string, word: string) => `${name}: what was to be sent last has failed (${word}).`,
    refused: (name: string) => `${name}: the mail server does not let us in.`,
  },
  backup: {
    good: (age: string) => `The newest backup that was checked is ${age} old.`,
    first: 'There is no backup yet; the first is made tonight.',
    off: 'No backups are made by themselves.',
    offRemedy: 'Set backup.schedule in config/boomsync.yaml.',
    failed: (says: string) => `The last backup failed: ${says}`,
    overdue: (age: string | null) =>
      age === null ? 'No backup was ever made.' : `The newest backup that was checked is ${age} old.`,
    overdueRemedy: 'Make one and see what it says: boomsync backup',
  },
  age: (hours: number) =>
    hours < 48 ? `${Math.max(Math.round(hours), 0)} hours` : `${Math.round(hours / 24)} days`,
} as const;
