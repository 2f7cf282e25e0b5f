/** The columns that are ours, in the order of a new file. Stable: a spreadsheet or an import may rely on them. */
import type { Kind } from '../../src/connect/contract.ts';

/** `<tenant>/<place>`: one row a person and unit. */
export const ID = 'boomsync_id';

const UNIT = ['property', 'unit', 'address', 'unit_external_id'] as const;
const PERSON = ['first_name', 'last_name', 'email', 'phone'] as const;

export const COLUMNS: Record<Kind, readonly string[]> = {
  tenant: [
    ID,
    ...UNIT,
    ...PERSON,
    'status',
    'rent',
    'currency',
    'move_in',
    'since',
    'rent_reporting',
    'last_reported_month',
    'boom_customer_id',
    'link',
  ],
  applicant: [
    ID,
    ...UNIT,
    ...PERSON,
    'role',
    'status',
    'decided_at',
    'move_in',
    'rent',
    'currency',
    'application_id',
    'merged_into',
    'link',
  ],
};

/** The order in which rows are kept until somebody sorts them by hand. */
export const SORTED_BY = ['property', 'unit', 'last_name', 'first_name', ID] as const;
