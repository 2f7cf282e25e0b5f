/**
 * The rules of order as data: which of two writes to a register counts. The fold follows these tables, and
 * docs/ordering.md is made from them.
 */
import type { Leasing, Reporting, Tenant } from './tenant.ts';

/**
 * How far apart Boom's own retries may bring two deliveries: two retries a minute apart, and ten seconds of slack.
 * Within it arrival says nothing about order.
 */
export const RETRY_WINDOW_MS = 130_000;

/** What the rules ask of a write. */
export interface Stamped {
  /** The payload's own time, UTC ISO 8601; null where it has none. */
  time: string | null;
  /** When we received it, UTC ISO 8601. */
  arrival: string;
  /** By the register's table below. */
  rank: number;
  /** From a fresh read of Boom's API. */
  read?: boolean;
}

/** Positive where `a` counts, negative where `b` does, 0 where the rule cannot tell. */
type Compare = (a: Stamped, b: Stamped) => number;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byTime: Compare = (a, b) => byText(a.time ?? '', b.time ?? '');
const byArrival: Compare = (a, b) => byText(a.arrival, b.arrival);
const byRead: Compare = (a, b) => Number(a.read ?? false) - Number(b.read ?? false);
const byRank: Compare = (a, b) => a.rank - b.rank;
const byReadRankArrival: Compare = (a, b) => byRead(a, b) || byRank(a, b) || byArrival(a, b);

export const withinWindow = (a: Stamped, b: Stamped): boolean =>
  Math.abs(Date.parse(a.arrival) - Date.parse(b.arrival)) <= RETRY_WINDOW_MS;

export interface Rule {
  when: string;
  counts: string;
  applies(a: Stamped, b: Stamped): boolean;
  compare: Compare;
}

/** The first that applies decides. `when` and `counts` are the words of docs/ordering.md. */
export const RULES: readonly Rule[] = [
  {
    when: 'both have a time of their own, and the times differ',
    counts: 'the later time',
    applies: (a, b) => a.time !== null && b.time !== null && a.time !== b.time,
    compare: byTime,
  },
  {
    when: 'both have the same time',
    counts: 'a fresh read; else the higher rank; else the later arrival',
    applies: (a, b) => a.time !== null && a.time === b.time,
    compare: byReadRankArrival,
  },
  {
    when: `one has no time, and they arrived within ${RETRY_WINDOW_MS / 1000} seconds of each other`,
    counts: 'a fresh read; else the higher rank; else the later arrival',
    applies: withinWindow,
    compare: byReadRankArrival,
  },
  {
    when: 'one has no time, and they arrived further apart',
    counts: 'the later arrival',
    applies: () => true,
    compare: byArrival,
  },
];

/**
 * The later step of the life ranks higher; among decisions the more cautious one does. A revert follows the decision
 * that it takes back.
 */
export const REVERT_RANK = 8;
export const LEASING_RANK: Readonly<Record<Leasing, number>> = {
  invited: 0,
  applying: 1,
  submitted: 2,
  in_review: 3,
  approved: 4,
  approved_with_conditions: 5,
  declined: 6,
  canceled: 7,
  merged: 9,
};

export const REPORTING_RANK: Readonly<Record<Reporting, number>> = {
  registered: 0,
  pending: 1,
  approved: 2,
  rejected: 3,
  errored: 4,
  opted_out: 5,
  unenrolled: 6,
  closed: 7,
  finished: 8,
  moved_out: 9,
};

/** Only a read says that somebody left, and of two reads of one time the later one knows. */
export const MEMBERSHIP_RANK = 0;
export const RESIDENCY_RANK = { resident: 0, moved_out: 1 } as const;
export const ISSUE_RANK = { open: 0, resolved: 1 } as const;
export const CHECK_RANK = { rejected: 0, verified: 1 } as const;
export const FURNISHMENT_RANK = { pending_confirmation: 0, other: 1 } as const;
/** Boom's own push often works at the second try. */
export const BOOM_PUSH_RANK = { failed: 0, worked: 1 } as const;

/** Later steps of an identity verification's life; an unknown status ranks with the first. */
export const IDENTITY_RANK: Readonly<Record<string, number>> = {
  pending: 0,
  active: 1,
  review_required: 2,
  canceled: 3,
  failed: 4,
  finished: 5,
  expired: 6,
};

export interface Register {
  name: string;
  /** One register for each … */
  per: string;
  ranks: Readonly<Record<string, number>>;
  /** The field of the record that holds it and nothing else. */
  field?: keyof Tenant;
}

/** Every register with its ranks: the one list of their names. */
export const REGISTERS: readonly Register[] = [
  {
    name: 'leasing',
    per: 'person and application',
    ranks: { ...LEASING_RANK, 'a decision is taken back': REVERT_RANK },
    field: 'applications',
  },
  {
    name: 'membership',
    per: 'person and application',
    ranks: { 'named, or no longer named by a read': MEMBERSHIP_RANK },
  },
  { name: 'reporting', per: 'enrollment', ranks: REPORTING_RANK, field: 'enrollments' },
  { name: 'residency', per: 'person and unit', ranks: RESIDENCY_RANK, field: 'residencies' },
  { name: 'issue', per: 'enrollment and slug', ranks: ISSUE_RANK },
  { name: 'check', per: 'enrollment and kind (identity, lease, landlord)', ranks: CHECK_RANK },
  { name: 'furnishment', per: 'enrollment, bureau and month', ranks: FURNISHMENT_RANK },
  { name: 'identity verification', per: 'person', ranks: IDENTITY_RANK, field: 'identityVerification' },
  { name: "Boom's own push", per: 'person and application', ranks: BOOM_PUSH_RANK, field: 'boomPush' },
];

type Confirms<V extends string> = Readonly<Partial<Record<V, readonly V[]>>>;

/**
 * Where Boom's API has a coarser word than its deliveries: what a read of the first says leaves a known value of the
 * second list as it is. `activity_read` says that an application was decided, and not who had left it before.
 */
export const READ_CONFIRMS: {
  application_read: Confirms<Leasing>;
  activity_read: Confirms<Leasing>;
  enrollment_read: Confirms<Reporting>;
} = {
  application_read: { submitted: ['in_review'] },
  activity_read: {
    // The log's details are not documented: they never make a condition fall away.
    approved: ['canceled', 'approved_with_conditions'],
    approved_with_conditions: ['canceled'],
    declined: ['canceled'],
  },
  enrollment_read: {
    closed: ['unenrolled', 'moved_out'],
    opted_out: ['unenrolled', 'moved_out'],
    finished: ['unenrolled', 'moved_out'],
  },
};
