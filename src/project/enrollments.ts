/** The enrollments of a person in rent reporting, with the sets that hang on each. Pure. */
import type { Clusters } from './clusters.ts';
import { type FoldEvent, write } from './fold-event.ts';
import { openIssuesOf } from './issues.ts';
import { CHECK_RANK, FURNISHMENT_RANK } from './ordering.ts';
import { settle, type Write } from './register.ts';
import { reportingOf } from './reporting.ts';
import type { Furnishment, TenantEnrollment } from './tenant.ts';
import { unconfirmedOf } from './unconfirmed.ts';

/** The last word for each key, by the register's rule, in the order of the keys. */
function settleEach<V>(writes: readonly [key: string, write: Write<V>][]): V[] {
  const byKey = new Map<string, Write<V>[]>();
  for (const [key, next] of writes) {
    const list = byKey.get(key);
    if (list) list.push(next);
    else byKey.set(key, [next]);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, list]) => settle(list)?.value ?? []);
}

type Checks = TenantEnrollment['verifications'];

function verificationsOf(events: readonly FoldEvent[]): Checks {
  const verdict = (kind: keyof Checks): Checks[typeof kind] =>
    settle(
      events.flatMap((item) => {
        const found = item.event.verification;
        return found?.kind === kind ? [write(item, found.outcome, CHECK_RANK[found.outcome])] : [];
      }),
    )?.value ?? null;
  return { identity: verdict('identity'), lease: verdict('lease'), landlord: verdict('landlord') };
}

function furnishmentsOf(events: readonly FoldEvent[]): Furnishment[] {
  return settleEach(
    events.flatMap((item): [string, Write<Furnishment>][] => {
      const found = item.event.furnishment;
      if (!found) return [];
      const { bureau, month, status } = found;
      const rank =
        status === 'pending_confirmation' ? FURNISHMENT_RANK.pending_confirmation : FURNISHMENT_RANK.other;
      return [[`${month}|${bureau}`, write(item, { bureau, month, status }, rank)]];
    }),
  );
}

type Payment = TenantEnrollment['payments'][number];

/** A transaction without an id is known by its place in the month's list. */
function paymentsOf(events: readonly FoldEvent[]): Payment[] {
  return settleEach(
    events.flatMap((item) => {
      const found = item.event.payment;
      return (found?.transactions ?? []).map((transaction, index): [string, Write<Payment>] => {
        const { externalId, amount, source } = transaction;
        const key = externalId ?? `${found?.rentalVerificationId}|${index}`;
        const payment = {
          month: found?.month ?? null,
          cents: amount?.cents ?? null,
          currency: amount?.currency ?? null,
          source,
        };
        return [`${found?.month}|${key}`, write(item, payment, 0)];
      });
    }),
  );
}

function foldOne(
  id: string | null,
  events: readonly FoldEvent[],
  clusters: Clusters,
  openIssues: TenantEnrollment['openIssues'],
): TenantEnrollment {
  const settled = reportingOf(events);
  const certain = events.some((item) => {
    const cluster = clusters.of(item);
    return cluster !== null && clusters.screening.has(cluster);
  });
  const verifications = verificationsOf(events);
  const furnishments = furnishmentsOf(events);
  return {
    id,
    reporting: settled?.value.reporting ?? null,
    since: settled?.since ?? null,
    reasons: settled?.value.reporting === 'unenrolled' ? settled.value.reasons : [],
    verifications,
    openIssues,
    furnishments,
    weak: clusters.screening.size > 0 && !certain,
    payments: paymentsOf(events),
    unconfirmed: unconfirmedOf(events, { verifications, furnishments }),
  };
}

/** The events of each enrollment; under null those of a customer who has begun none. */
export function eventsByEnrollment(events: readonly FoldEvent[]): Map<string | null, FoldEvent[]> {
  const byId = new Map<string | null, FoldEvent[]>();
  for (const item of events) {
    const id = item.event.enrollment?.id ?? null;
    if (id === null && item.event.name !== 'customer_registered') continue;
    const list = byId.get(id);
    if (list) list.push(item);
    else byId.set(id, [item]);
  }
  if (byId.size > 1) byId.delete(null);
  return byId;
}

export function foldEnrollments(events: readonly FoldEvent[], clusters: Clusters): TenantEnrollment[] {
  const byId = eventsByEnrollment(events);
  const issues = openIssuesOf(events, byId);
  return [...byId].map(([id, own]) => foldOne(id, own, clusters, issues.get(id) ?? []));
}
