/** When the store as a whole cannot take a write, whatever the write is. */

export type UnavailableReason = 'busy' | 'full' | 'io' | 'readonly' | 'closed' | 'overloaded';

const REMEDIES: Record<UnavailableReason, string> = {
  busy: 'Another program holds the database. It is tried again by itself; close the other program if this stays.',
  full: 'The disk is full. Free some space; nothing needs a restart.',
  io: 'The disk reported an error. Look at its health and at the system log.',
  readonly:
    'The database may not be written. Give the user that runs boomsync write access to the data folder.',
  closed: 'The program is shutting down. Send it again in a moment.',
  overloaded: 'More deliveries are waiting than can be kept. Send it again in a moment.',
};

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly reason: UnavailableReason;
  readonly remedy: string;

  constructor(reason: UnavailableReason, options?: ErrorOptions) {
    super(`The store cannot take a write now (${reason})`, options);
    this.reason = reason;
    this.remedy = REMEDIES[reason];
  }
}

/** The error as `StoreUnavailable` when it concerns the store, null when it concerns only what was written. */
export function asStoreUnavailable(error: unknown): StoreUnavailable | null {
  if (error instanceof StoreUnavailable) return error;
  const reason = reasonOf(error);
  return reason === null ? null : new StoreUnavailable(reason, { cause: error });
}

/** SQLite's extended result code, or an empty string for an error that is not SQLite's. */
export function sqliteCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : '';
}

function reasonOf(error: unknown): UnavailableReason | null {
  const code = sqliteCode(error);
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return 'busy';
  if (code === 'SQLITE_FULL') return 'full';
  if (/^SQLITE_READONLY/.test(code)) return 'readonly';
  if (/^SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB|NOMEM)/.test(code)) return 'io';
  if (!(error instanceof Error)) return null;
  // knex: no connection within the time, or a pool that has been destroyed.
  if (error.name === 'KnexTimeoutError' || error.name === 'TimeoutError') return 'busy';
  if (/database connection is not open|Unable to acquire a connection|aborted/.test(error.message))
    return 'closed';
  return null;
}
