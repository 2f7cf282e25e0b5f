/**
 * The events of everyone whom a batch concerns: those of the batch and those of before, with the events that concern
 * all members of an application, and of the one that it was merged into.
 */
import type { BoomEvent } from '../boom/event.ts';
import type { FoldEvent } from './fold-event.ts';
import { compareTenantIds } from './identity.ts';
import type { IdentityBook } from './identity-book.ts';
import type { Projected, ProjectionStore, Subject } from './projection-store.ts';

export interface Understood {
  id: number;
  account: string;
  receivedAt: string;
  event: BoomEvent;
}

/** Applications are known by account and id, so that two of Boom's accounts never meet. */
export function applicationKey(account: string, id: string): string {
  return `${account}/${id}`;
}

/** Everyone whose record an event of this batch may change: who is named, and who is in its applications. */
async function concerned(
  store: ProjectionStore,
  reached: string[],
  subjects: Subject[],
  mergesInBatch: { sources: string[]; target: string }[],
  eventsById: (ids: number[]) => Promise<Map<number, { event: BoomEvent }>>,
): Promise<Set<string>> {
  const tenants = new Set(subjects.map((subject) => subject.tenantId));
  const applications = new Set(reached);
  for (let grew = true; grew; ) {
    const before = applications.size;
    const rows = await store.applicationEvents([...applications]);
    const known = await eventsById(rows.map((row) => row.eventId));
    for (const row of rows) {
      const account = row.application.slice(0, row.application.indexOf('/'));
      const merge = known.get(row.eventId)?.event.merge;
      if (merge && applicationKey(account, merge.targetId) === row.application) {
        for (const id of merge.mergedIds) applications.add(applicationKey(account, id));
      }
    }
    for (const { sources, target } of mergesInBatch) {
      if (applications.has(target)) for (const source of sources) applications.add(source);
    }
    grew = applications.size > before;
  }
  for (const member of await store.members([...applications])) tenants.add(member.tenantId);
  for (const subject of subjects) {
    if (subject.application !== null && applications.has(subject.application)) tenants.add(subject.tenantId);
  }
  return tenants;
}

export class TenantFiles {
  readonly #store: ProjectionStore;
  readonly #batch: Map<number, Understood>;
  readonly #projected: Projected;
  readonly #book: IdentityBook;
  readonly #events = new Map<string, Map<number, FoldEvent>>();

  constructor(store: ProjectionStore, batch: Understood[], projected: Projected, book: IdentityBook) {
    this.#store = store;
    this.#batch = new Map(batch.map((item) => [item.id, item]));
    this.#projected = projected;
    this.#book = book;
  }

  async concerned(): Promise<string[]> {
    const { subjects, applicationEvents } = this.#projected;
    const merges = [...this.#batch.values()].flatMap(({ account, event }) =>
      event.merge
        ? [
            {
              sources: event.merge.mergedIds.map((id) => applicationKey(account, id)),
              target: applicationKey(account, event.merge.targetId),
            },
          ]
        : [],
    );
    const reached = applicationEvents.map((row) => row.application);
    const tenants = await concerned(this.#store, reached, subjects, merges, (ids) => this.#read(ids));
    return [...new Set([...tenants].map((id) => this.#book.survivorOf(id)))].sort(compareTenantIds);
  }

  async load(tenantIds: string[]): Promise<void> {
    const { subjects, absorbed } = this.#projected;
    const wanted = new Set(tenantIds);
    const gone = absorbed.map((row) => row.tenantId);
    const stored = await this.#store.subjects([...tenantIds, ...gone]);
    const place = (row: Subject) => `${row.eventId}/${row.position}`;
    const anew = new Set(subjects.map(place));
    const kept = stored.filter((row) => !this.#batch.has(row.eventId) && !anew.has(place(row)));
    const all = [...kept, ...subjects];
    const membership = new Map<string, Set<string>>();
    const positions = new Map<string, Map<number, number[]>>();
    for (const row of all) {
      const id = this.#book.survivorOf(row.tenantId);
      if (!wanted.has(id)) continue;
      const own = positions.get(id) ?? new Map<number, number[]>();
      const at = own.get(row.eventId) ?? [];
      // A correction names nobody itself: it is among the events of those whom it refers to.
      if (row.position >= 0) at.push(row.position);
      own.set(row.eventId, at);
      positions.set(id, own);
      const applications = membership.get(id) ?? new Set<string>();
      if (row.application !== null) applications.add(row.application);
      membership.set(id, applications);
    }
    await this.#addMembers(positions, membership);
    const ids = new Set([...positions.values()].flatMap((own) => [...own.keys()]));
    const read = await this.#read([...ids]);
    for (const [id, own] of positions) {
      const events = new Map<number, FoldEvent>();
      for (const [eventId, at] of [...own].sort((a, b) => a[0] - b[0])) {
        const found = read.get(eventId);
        if (found)
          events.set(eventId, {
            id: eventId,
            arrival: found.receivedAt,
            event: found.event,
            positions: at.sort((a, b) => a - b),
          });
      }
      this.#events.set(id, events);
    }
  }

  of(tenantId: string): FoldEvent[] {
    return [...(this.#events.get(tenantId)?.values() ?? [])];
  }

  /** For an event that names nobody: somebody whom it concerns. */
  firstMember(eventId: number): string | null {
    for (const [id, events] of this.#events) if (events.has(eventId)) return id;
    return null;
  }

  /** Adds the events of everyone's applications, and of those that they were merged into. */
  async #addMembers(
    positions: Map<string, Map<number, number[]>>,
    membership: Map<string, Set<string>>,
  ): Promise<void> {
    const byApplication = new Map<string, Set<number>>();
    const asked = new Set<string>();
    for (;;) {
      const missing = [...new Set([...membership.values()].flatMap((set) => [...set]))].filter(
        (a) => !asked.has(a),
      );
      if (missing.length === 0) break;
      for (const application of missing) asked.add(application);
      const rows = [
        ...(await this.#store.applicationEvents(missing)),
        ...this.#projected.applicationEvents.filter((row) => missing.includes(row.application)),
      ];
      for (const row of rows) {
        const ids = byApplication.get(row.application) ?? new Set<number>();
        byApplication.set(row.application, ids.add(row.eventId));
      }
      const read = await this.#read(rows.map((row) => row.eventId));
      for (const applications of membership.values()) {
        for (const application of [...applications]) {
          const account = application.slice(0, application.indexOf('/'));
          for (const eventId of byApplication.get(application) ?? []) {
            const merge = read.get(eventId)?.event.merge;
            const source = merge?.mergedIds.some((id) => applicationKey(account, id) === application);
            if (merge && source) applications.add(applicationKey(account, merge.targetId));
          }
        }
      }
    }
    for (const [id, applications] of membership) {
      const own = positions.get(id);
      for (const application of applications) {
        for (const eventId of byApplication.get(application) ?? []) {
          if (own && !own.has(eventId)) own.set(eventId, []);
        }
      }
    }
  }

  async #read(ids: number[]): Promise<Map<number, { receivedAt: string; event: BoomEvent }>> {
    const stored = await this.#store.normalised(ids.filter((id) => !this.#batch.has(id)));
    for (const id of ids) {
      const own = this.#batch.get(id);
      if (own) stored.set(id, own);
    }
    return stored;
  }
}
