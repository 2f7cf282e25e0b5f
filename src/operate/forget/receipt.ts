/** What a landlord can show: that somebody was forgotten, when, and where they still stand. It names nobody. */
import type { DatabaseCopy } from './copies.ts';
import type { Places } from './look.ts';
import type { RecordPlace } from './records.ts';

export interface Receipt {
  /** Of the tombstone: `f` and eight hexadecimal digits. */
  id: string;
  /** UTC ISO 8601. */
  at: string;
  tenantId: string;
  why: 'asked' | 'retention';
  /** What went from the database. */
  events: number;
  bodies: number;
  rows: Places['rows'];
  others: Places['others'];
  /** Rows that went from files of ours. */
  files: RecordPlace[];
  /** The bytes of the database were searched, and nothing of the person's stands there; null: they were not. */
  clean: boolean | null;
  /** Copies that were deleted, for whoever looks for them. */
  erased: string[];
  /** Where the person still stands: records in a PMS, and copies of the database from before. */
  pms: RecordPlace[];
  copies: DatabaseCopy[];
}

export function receiptOf(
  { tenantId, events, bodies, rows, others, files, pms, copies }: Places,
  said: Pick<Receipt, 'id' | 'at' | 'why' | 'clean'>,
): Receipt {
  return { ...said, tenantId, events, bodies, rows, others, files, erased: [], pms, copies };
}
