/**
 * What Boom sends once and its API does not tell: payments, furnishments to the bureaus, verifications. Where that one
 * delivery was lost, a fresh read shows that there was something to hear of. Pure.
 *
 * - a month for which Boom has a rental verification, and of which no payment was told → that payment. Somebody who has
 *   not paid looks the same;
 * - such a month that was not furnished to as many bureaus as Boom furnishes to → that furnishment;
 * - a verification of which no outcome was told, or a refusal that cannot have been the last word → that verification.
 *
 * Without a read nothing is claimed. A delivery that comes later settles it, because all of this is derived anew.
 */
import { byStamp, type FoldEvent } from './fold-event.ts';
import { reportingSaid } from './reporting.ts';
import type { TenantEnrollment, UnconfirmedFact } from './tenant.ts';

/** Boom furnishes to all three credit bureaus. Counted and not named: how it spells them is not documented. */
const BUREAUS = 3;

const KINDS = ['identity', 'lease', 'landlord'] as const;

type Told = Pick<TenantEnrollment, 'verifications' | 'furnishments'>;

/** `events`: all of one enrollment. Months ascending, then the verifications. */
export function unconfirmedOf(events: readonly FoldEvent[], told: Told): UnconfirmedFact[] {
  const reads = byStamp(events.filter(({ event }) => event.name === 'enrollment_read'));
  if (reads.length === 0) return [];
  const months = reads.flatMap(({ event }) => (event.enrollment?.months ? [event.enrollment.months] : []));
  return [...ofMonths(months.at(-1) ?? [], events, told), ...ofVerifications(events, told)];
}

function ofMonths(months: string[], events: readonly FoldEvent[], { furnishments }: Told): UnconfirmedFact[] {
  const paid = new Set(events.map(({ event }) => event.payment?.month));
  const bureausOf = (month: string) => furnishments.filter((one) => one.month === month).length;
  const bureaus = Math.max(BUREAUS, new Set(furnishments.map(({ bureau }) => bureau)).size);
  return months.flatMap((month) => {
    const facts: UnconfirmedFact[] = [];
    if (!paid.has(month)) facts.push({ what: 'payment', month, kind: null });
    if (bureausOf(month) < bureaus) facts.push({ what: 'furnishment', month, kind: null });
    return facts;
  });
}

/** A refused verification may be tried again, and Boom approves only what was verified. */
function ofVerifications(events: readonly FoldEvent[], { verifications }: Told): UnconfirmedFact[] {
  const said = new Set(events.map(reportingSaid));
  const refused = said.has('rejected') && !said.has('approved');
  return KINDS.filter(
    (kind) => verifications[kind] !== 'verified' && !(verifications[kind] === 'rejected' && refused),
  ).map((kind) => ({ what: 'verification', month: null, kind }));
}

/** Without what may still come: of a month that is not over, and of an enrollment that is being verified. */
export function dueOf(
  { unconfirmed, reporting }: Pick<TenantEnrollment, 'unconfirmed' | 'reporting'>,
  now: Date,
): UnconfirmedFact[] {
  const running = now.toISOString().slice(0, 7);
  const verifying = reporting === null || reporting === 'registered' || reporting === 'pending';
  return unconfirmed.filter(({ month }) => (month === null ? !verifying : month < running));
}
