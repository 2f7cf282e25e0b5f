/** The reporting registers, one for each enrollment, with the sets that hang on it. Pure. */
import type { Clusters } from './clusters.ts';
import { EFFECTS, REPORTING_BY_STATUS, REPORTING_RANK } from './effects.ts';
import { type FoldEvent, write } from './fold-event.ts';
import { settle, stampOf, type Write } from './register.ts';
import type { Furnishment, Reporting, TenantEnrollment } from './tenant.ts';

/** The last word for each key, by the register's rule, in the order in which the keys first came. */
function settleEach<V>(writes: Map<string, Write<V>[]>): V[] {
  return [...writes.values()].flatMap((list) => settle(list)?.value ?? []);
}

function gather<V>(into: Map<string, Write<V>[]>, key: string, next: Write<V>): void {
  const list = into.get(key);
  if (list) list.push(next);
  else into.set(key, [next]);
}

type Verdict = 'verified' | 'rejected';

function verificationsOf(events: readonly FoldEvent[]): TenantEnrollment['verifications'] {
  const writes: Record<'identity' | 'lease' | 'landlord', Write<Verdict>[]> = {
    identity: [],
    lease: [],
    landlord: [],
  };
  for (const item of events) {
    const found = item.event.verification;
    if (!found || !Object.hasOwn(writes, found.kind)) continue;
    const list = writes[found.kind as keyof typeof writes];
    list.push(write(item, found.outcome, found.outcome === 'verified' ? 1 : 0));
  }
  const verdict = (list: Write<Verdict>[]) => settle(list)?.value ?? null;
  return {
    identity: verdict(writes.identity),
    lease: verdict(writes.lease),
    landlord: verdict(writes.landlord),
  };
}

function openIssuesOf(events: readonly FoldEvent[]): TenantEnrollment['openIssues'] {
  const writes = new Map<string, Write<{ open: boolean; issue: TenantEnrollment['openIssues'][number] }>[]>();
  for (const item of events) {
    const issue = item.event.issue;
    if (!issue) continue;
    const open = item.event.name === 'issue_pending';
    gather(writes, issue.slug, write(item, { open, issue }, open ? 0 : 1));
  }
  return settleEach(writes).flatMap(({ open, issue }) => (open ? [issue] : []));
}

function furnishmentsOf(events: readonly FoldEvent[]): Furnishment[] {
  const writes = new Map<string, Write<Furnishment>[]>();
  for (const item of events) {
    const found = item.event.furnishment;
    if (!found) continue;
    const { bureau, month, status } = found;
    gather(
      writes,
      `${bureau}|${month}`,
      write(item, { bureau, month, status }, status === 'pending_confirmation' ? 0 : 1),
    );
  }
  return settleEach(writes).sort((a, b) => (`${a.month}|${a.bureau}` < `${b.month}|${b.bureau}` ? -1 : 1));
}

function paymentsOf(events: readonly FoldEvent[]): TenantEnrollment['payments'] {
  const byKey = new Map<string, TenantEnrollment['payments'][number]>();
  for (const { event, id } of events) {
    const found = event.payment;
    if (!found) continue;
    for (const [index, transaction] of found.transactions.entries()) {
      const key = transaction.externalId ?? `${found.rentalVerificationId ?? id}|${index}`;
      byKey.set(key, {
        month: found.month,
        cents: transaction.amount?.cents ?? null,
        currency: transaction.amount?.currency ?? null,
        source: transaction.source,
      });
    }
  }
  return [...byKey.values()];
}

function foldOne(id: string | null, events: readonly FoldEvent[], clusters: Clusters): TenantEnrollment {
  const writes = events.flatMap((item): Write<Reporting>[] => {
    const effect = EFFECTS[item.event.name].reporting;
    const status = item.event.enrollment?.status ?? '';
    const reporting =
      effect === 'status'
        ? Object.hasOwn(REPORTING_BY_STATUS, status)
          ? REPORTING_BY_STATUS[status]
          : undefined
        : effect;
    return reporting === undefined ? [] : [write(item, reporting, REPORTING_RANK[reporting])];
  });
  const counts = settle(writes);
  const reasons =
    events.filter(({ event }) => event.name === 'customer_unenrolled').at(-1)?.event.reasons ?? [];
  const certain = events.some((item) => {
    const cluster = clusters.of(item);
    return cluster !== null && clusters.screening.has(cluster);
  });
  return {
    id,
    reporting: counts?.value ?? null,
    since: counts ? stampOf(counts) : null,
    reasons: counts?.value === 'unenrolled' ? reasons : [],
    verifications: verificationsOf(events),
    openIssues: openIssuesOf(events),
    furnishments: furnishmentsOf(events),
    weak: clusters.screening.size > 0 && !certain,
    payments: paymentsOf(events),
  };
}

/** The events of each enrollment, in the inbox's order; under null those of a customer who has begun none. */
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
  return [...eventsByEnrollment(events)].map(([id, own]) => foldOne(id, own, clusters));
}
