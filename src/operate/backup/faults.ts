/** What each fault of a backup means to a landlord. */
import type { BackupFaultKind } from '../../store/backup-fault.ts';

export interface SaidFault {
  message: string;
  remedy: string;
}

const OTHER = 'Choose another one; see them with: npx boomsync restore';

export const BACKUP_WORDS: Record<BackupFaultKind, SaidFault> = {
  no_room: {
    message: 'There is no room for a backup',
    remedy: 'Free some space on that disk, or set "backup.folder" to another one in config/boomsync.yaml.',
  },
  not_writable: {
    message: 'The backup cannot be written or read there',
    remedy: 'Let the user that runs boomsync write to that folder, or set "backup.folder" to another one.',
  },
  not_there: {
    message: 'There is no such file or folder',
    remedy: 'Look whether the disk is connected, and at the name.',
  },
  exists: { message: 'There is such a file already', remedy: 'Choose another name: nothing is overwritten.' },
  not_a_backup: { message: 'This is no backup of boomsync', remedy: `${OTHER}.` },
  damaged: {
    message: 'The file is damaged',
    remedy: `${OTHER}. Where it is one that is being made, the database itself is damaged.`,
  },
  newer: {
    message: 'A newer version of boomsync wrote it',
    remedy: 'Install that version or a later one, and try again.',
  },
  altered: {
    message: 'It holds triggers or views, and boomsync makes none: somebody changed it',
    remedy: `${OTHER}. Where it is one that is being made, take them out of the database.`,
  },
  differs: {
    message: 'The copy does not hold what was copied',
    remedy: 'Look at the health of the disk, and try again.',
  },
  no_passphrase: {
    message: 'The backup is encrypted, and there is no passphrase',
    remedy:
      'Say in config/boomsync.yaml where it is: backup: { passphrase: "file:secrets/backup-passphrase" }.',
  },
  wrong_passphrase: {
    message: 'The passphrase does not open this backup',
    remedy: 'Use the passphrase that was set when it was made.',
  },
  stopped: { message: 'The backup was stopped', remedy: 'Run it again: npx boomsync backup' },
  failed: { message: 'The backup failed', remedy: 'Try again: npx boomsync backup' },
};
