/** What can be wrong with a backup, in a closed list: it goes from a child process to its parent, and into the store. */
import { sqliteCode } from './store-unavailable.ts';

export const BACKUP_FAULTS = [
  'no_room',
  'not_writable',
  'not_there',
  'exists',
  'not_a_backup',
  'damaged',
  'newer',
  'altered',
  'differs',
  'no_passphrase',
  'wrong_passphrase',
  'stopped',
  'failed',
] as const;
export type BackupFaultKind = (typeof BACKUP_FAULTS)[number];

export class BackupFault extends Error {
  override readonly name = 'BackupFault';
  readonly kind: BackupFaultKind;

  constructor(kind: BackupFaultKind) {
    super(kind);
    this.kind = kind;
  }
}

const BY_CODE: Readonly<Record<string, BackupFaultKind>> = {
  ENOSPC: 'no_room',
  EDQUOT: 'no_room',
  SQLITE_FULL: 'no_room',
  EACCES: 'not_writable',
  EPERM: 'not_writable',
  EROFS: 'not_writable',
  SQLITE_READONLY: 'not_writable',
  EEXIST: 'exists',
  ENOENT: 'not_there',
  ENOTDIR: 'not_there',
  EISDIR: 'not_a_backup',
  SQLITE_NOTADB: 'not_a_backup',
  SQLITE_CORRUPT: 'damaged',
};

/** Nothing of the error itself is kept: it may quote a path, or more. */
export function backupFaultOf(error: unknown): BackupFaultKind {
  if (error instanceof BackupFault) return error.kind;
  const code = sqliteCode(error) || String((error as NodeJS.ErrnoException | null)?.code ?? '');
  // Extended codes say more than is needed here: SQLITE_CORRUPT_INDEX.
  return BY_CODE[code] ?? BY_CODE[code.split('_').slice(0, 2).join('_')] ?? 'failed';
}
