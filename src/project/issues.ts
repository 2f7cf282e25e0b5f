/** What a customer has to do for rent reporting: one register for each enrollment and issue. Pure. */
import type { EventIssue } from '../boom/event.ts';
import { EFFECTS, isLiveReporting } from './effects.ts';
import { byStamp, type FoldEvent, named, stampOfEvent, write } from './fold-event.ts';
import { ISSUE_RANK, RETRY_WINDOW_MS } from './ordering.ts';
import { settle, stampOf, type Write } from './register.ts';
import { reportingOf } from './reporting.ts';

interface IssueValue {
  open: boolean;
  issue: EventIssue;
}
type Writes = Map<string, Write<IssueValue>[]>;
type ByEnrollment = ReadonlyMap<string | null, readonly FoldEvent[]>;

function join(next: IssueValue, known: IssueValue): IssueValue | null {
  return next.open === known.open ? next : null;
}

function gather(writes: Writes, slug: string, next: Write<IssueValue>): void {
  writes.set(slug, [...(writes.get(slug) ?? []), next]);
}

function issueWrite(item: FoldEvent, issue: EventIssue, open: boolean): Write<IssueValue> {
  return write(item, { open, issue }, open ? ISSUE_RANK.open : ISSUE_RANK.resolved);
}

const customersOf = (events: readonly FoldEvent[]): Set<string> =>
  new Set(events.flatMap((item) => named(item).flatMap((person) => person.customerId ?? [])));

/** Until when a delivery may come that was sent before the read. */
function reachOf(read: FoldEvent): string {
  return new Date(Date.parse(stampOfEvent(read)) + RETRY_WINDOW_MS).toISOString();
}

/** The newest of these enrollments that was under way when the read was made; else the newest. */
function underWay(read: FoldEvent, enrollments: ByEnrollment): string | null | undefined {
  const began = [...enrollments].flatMap(([id, events]) => {
    const by = events.filter(
      (item) => EFFECTS[item.event.name].reporting && stampOfEvent(item) <= reachOf(read),
    );
    const [at] = by.map(stampOfEvent).sort();
    const reporting = reportingOf(by)?.value.reporting;
    const ended = reporting !== undefined && !isLiveReporting(reporting);
    return at === undefined ? [] : [{ id, at, ended }];
  });
  began.sort((a, b) => Number(a.ended) - Number(b.ended) || (a.at < b.at ? 1 : -1));
  return began[0]?.id;
}

/**
 * A read lists all of a customer's that are open. What is known by then and not listed is resolved; what is listed is
 * open for the enrollment that knows it, or for the one under way.
 */
function settleRead(read: FoldEvent, enrollments: ByEnrollment, into: Map<string | null, Writes>): void {
  const [customer] = customersOf([read]);
  const own = [...enrollments].filter(
    ([, events]) => customer !== undefined && customersOf(events).has(customer),
  );
  const writesOf = (id: string | null): Writes => into.get(id) as Writes;
  const knows = (id: string | null, slug: string) =>
    writesOf(id)
      .get(slug)
      ?.some((write) => stampOf(write) <= reachOf(read)) ?? false;
  const listed = new Map((read.event.openIssues ?? []).map((issue) => [issue.slug, issue]));
  for (const [id] of own) {
    for (const [slug, [first]] of writesOf(id)) {
      if (first === undefined || listed.has(slug) || !knows(id, slug)) continue;
      gather(writesOf(id), slug, issueWrite(read, first.value.issue, false));
    }
  }
  for (const issue of listed.values()) {
    const known = own.filter(([id]) => knows(id, issue.slug));
    const about = underWay(read, new Map(known.length > 0 ? known : own));
    if (about !== undefined) gather(writesOf(about), issue.slug, issueWrite(read, issue, true));
  }
}

/** The open issues of each enrollment, by slug. `events`: all of the person's. */
export function openIssuesOf(
  events: readonly FoldEvent[],
  enrollments: ByEnrollment,
): Map<string | null, EventIssue[]> {
  const all = new Map<string | null, Writes>();
  for (const [id, own] of enrollments) {
    const writes: Writes = new Map();
    for (const item of own) {
      const { issue, name } = item.event;
      if (issue) gather(writes, issue.slug, issueWrite(item, issue, name === 'issue_pending'));
    }
    all.set(id, writes);
  }
  // Oldest first: where a read has put an issue, the next one finds it.
  for (const read of byStamp(events.filter(({ event }) => event.openIssues !== null)))
    settleRead(read, enrollments, all);
  return new Map(
    [...all].map(([id, writes]) => [
      id,
      [...writes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, list]) => {
          const settled = settle(list, { join });
          return settled?.value.open ? [settled.value.issue] : [];
        }),
    ]),
  );
}
