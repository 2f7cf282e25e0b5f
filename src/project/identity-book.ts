/**
 * Whom an event is about. It knows of no database: the store hands in what it holds and writes back what changed. Each
 * answer depends on the events before it in the inbox and on nothing else, so that a replay gives the same tenants.
 *
 * What cannot be the same for every order of arrival: of two customers who share name, e-mail and phone with one
 * applicant, the first to come is (weakly) joined to the applicant if the applicant was there before the second; where
 * both customers came first, neither is. A weak join pushes nothing, and the landlord can confirm or undo it.
 */
import type { BoomEvent, EventPerson } from '../boom/event.ts';
import { compareTenantIds, storedKeys, tenantIdFor } from './identity.ts';
import { contradicts, contradictsInApplication, type Known, learn, learnAll, nothingKnown } from './known.ts';

/** Keys that two people may share when a landlord uses them loosely; they join only who does not contradict. */
const LOOSE = /^[^/]*\/(external|customer-external|application):/;
const IN_APPLICATION = /^[^/]*\/application:/;

export interface Resolution {
  tenantId: string;
  /** Tenants that turned out to be the same person; they are gone. */
  absorbed: string[];
  /** Keys to remember for this tenant, with the account. */
  keys: string[];
}

export class IdentityBook {
  readonly #known = new Map<string, Known>();
  readonly #byKey = new Map<string, Set<string>>();
  readonly #survivor = new Map<string, string>();
  readonly #changed = new Set<string>();

  /** Enters a row of the identities table. */
  know(key: string, tenantId: string): void {
    const holders = this.#byKey.get(key);
    if (holders) holders.add(tenantId);
    else this.#byKey.set(key, new Set([tenantId]));
  }

  /** Enters a tenant that rows point to, or that one of those is held apart from. */
  meet(tenantId: string, known: Known): void {
    this.#known.set(tenantId, known);
  }

  /** Who stands for this tenant now. */
  survivorOf(tenantId: string): string {
    let id = tenantId;
    for (let next = this.#survivor.get(id); next !== undefined; next = this.#survivor.get(id)) id = next;
    return id;
  }

  /** What has to be written back. */
  changed(): { tenantId: string; known: Known }[] {
    const ids = new Set([...this.#changed].map((id) => this.survivorOf(id)));
    return [...ids].map((tenantId) => ({ tenantId, known: this.#of(tenantId) }));
  }

  /** `others`: who the event's other people are. Only an id of Boom's says that one event names a person twice. */
  resolve(
    account: string,
    event: BoomEvent,
    eventId: number,
    position: number,
    others: readonly string[] = [],
  ): Resolution {
    const beside = new Set(others.map((id) => this.survivorOf(id)));
    const person = event.people[position] as EventPerson;
    const { strong, unit, contact } = storedKeys(account, event, position);
    const self = nothingKnown();
    learn(self, person, strong.length > 0);

    const same = this.#byStrongKeys(strong, self, beside);
    if (unit !== null && same.length === 0) {
      const bare = (id: string) => strong.length === 0 || !this.#of(id).hasIds;
      same.push(
        ...this.#holders(unit)
          .filter((id) => bare(id) && !beside.has(id))
          .slice(0, 1),
      );
    }
    if (contact !== null) {
      const alike = this.#holders(contact).filter((id) => !same.includes(id) && !beside.has(id));
      const [only] = alike;
      if (only !== undefined && alike.length === 1 && this.#agree([...same, only], self)) same.push(only);
    }

    const [tenantId = tenantIdFor(eventId, position), ...absorbed] = same.sort(compareTenantIds);
    for (const other of absorbed) this.#absorb(tenantId, other);
    const known = this.#of(tenantId);
    if (learn(known, person, strong.length > 0)) this.#changed.add(tenantId);
    this.#known.set(tenantId, known);

    const own = [...strong, ...(unit === null ? [] : [unit])].filter((key) => !this.#isOthers(key, tenantId));
    const keys = contact === null ? own : [...own, contact];
    for (const key of keys) this.know(key, tenantId);
    return { tenantId, absorbed, keys };
  }

  /** The landlord says that these are one person, whatever was said before. */
  join(tenantIds: readonly string[]): { tenantId: string; absorbed: string[] } {
    const all = [...new Set(tenantIds.map((id) => this.survivorOf(id)))].sort(compareTenantIds);
    const [tenantId, ...absorbed] = all as [string, ...string[]];
    for (const one of all) for (const other of all) this.#endApart(one, other);
    for (const other of absorbed) this.#absorb(tenantId, other);
    return { tenantId, absorbed };
  }

  /** The landlord says that these are two people: only a later `join` brings them together. */
  keepApart(one: string, other: string): void {
    this.#addApart(one, other);
    this.#addApart(other, one);
  }

  /** What is known of a tenant, taken anew from those of its events that stay with it. */
  relearn(tenantId: string, known: Known): void {
    this.#known.set(tenantId, { ...known, apart: this.#of(tenantId).apart });
    this.#changed.add(tenantId);
  }

  /** Those whom the strong keys name. Of people held apart the one whom the surest key names is meant. */
  #byStrongKeys(strong: readonly string[], self: Known, beside: ReadonlySet<string>): string[] {
    const same: string[] = [];
    const seen = nothingKnown();
    learnAll(seen, self);
    const take = (id: string) => {
      if (same.includes(id) || same.some((other) => this.#areApart(id, other))) return;
      same.push(id);
      learnAll(seen, this.#of(id));
    };
    for (const key of strong) if (!LOOSE.test(key)) for (const id of this.#holders(key)) take(id);
    for (const key of strong) {
      if (!LOOSE.test(key)) continue;
      // Who is taken counts against the next: an event without a name never joins two who contradict each other.
      for (const id of this.#holders(key))
        if (!beside.has(id) && !this.#contradicted(key, id, seen)) take(id);
    }
    return same;
  }

  #contradicted(key: string, tenantId: string, person: Known): boolean {
    const known = this.#of(tenantId);
    return (
      contradicts(known, person) || (IN_APPLICATION.test(key) && contradictsInApplication(known, person))
    );
  }

  /** A weak join never brings two of Boom's customers together, nor people held apart. */
  #agree(ids: string[], person: Known): boolean {
    const customers = new Set([...person.customers, ...ids.flatMap((id) => this.#of(id).customers)]);
    return customers.size <= 1 && !ids.some((id) => ids.some((other) => this.#areApart(id, other)));
  }

  /** A key that somebody holds who is held apart from this tenant stays with that one alone. */
  #isOthers(key: string, tenantId: string): boolean {
    const known = this.#of(tenantId);
    return this.#holders(key).some(
      (id) => this.#areApart(id, tenantId) && !(LOOSE.test(key) && this.#contradicted(key, id, known)),
    );
  }

  #holders(key: string): string[] {
    const ids = new Set([...(this.#byKey.get(key) ?? [])].map((id) => this.survivorOf(id)));
    return [...ids].sort(compareTenantIds);
  }

  #of(tenantId: string): Known {
    return this.#known.get(tenantId) ?? nothingKnown();
  }

  #areApart(one: string, other: string): boolean {
    return this.#of(one).apart.includes(other);
  }

  #absorb(into: string, other: string): void {
    this.#survivor.set(other, into);
    const [kept, gone] = [this.#of(into), this.#of(other)];
    learnAll(kept, gone);
    for (const id of gone.apart) {
      this.#endApart(id, other);
      this.#addApart(id, into);
      if (!kept.apart.includes(id)) kept.apart = [...kept.apart, id].sort(compareTenantIds);
    }
    this.#known.set(into, kept);
    this.#changed.add(into);
  }

  #addApart(of: string, from: string): void {
    const known = this.#of(of);
    if (of === from || known.apart.includes(from)) return;
    this.#known.set(of, { ...known, apart: [...known.apart, from].sort(compareTenantIds) });
    this.#changed.add(of);
  }

  #endApart(of: string, from: string): void {
    const known = this.#of(of);
    if (!known.apart.includes(from)) return;
    this.#known.set(of, { ...known, apart: known.apart.filter((id) => id !== from) });
    this.#changed.add(of);
  }
}
