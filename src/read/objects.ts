/** Reads one object of Boom's, and says it as an event for the inbox. */
import { createHash } from 'node:crypto';
import type { BoomApi } from '../boom/api/client.ts';
import type { ReadName } from '../boom/events.ts';
import type { FreshRead } from '../store/reads.ts';

/** One object of Boom's, as src/boom/api/objects.ts lists its fields. */
export type BoomRecord = Record<string, unknown>;

/** A building's units are named by many applications, and change rarely. */
const UNITS_KEPT = 1000;
const UNIT_FRESH_MS = 10 * 60_000;

export class ObjectReader {
  readonly #source: BoomApi;
  readonly #now: () => Date;
  readonly #units = new Map<string, { at: number; unit: Promise<BoomRecord | null> }>();

  constructor(source: BoomApi, now: () => Date) {
    this.#source = source;
    this.#now = now;
  }

  /** All that was read for it: nothing where it does not exist, several for a day's applications. */
  async read(object: string): Promise<FreshRead[]> {
    const colon = object.indexOf(':');
    const id = object.slice(colon + 1);
    switch (object.slice(0, colon)) {
      case 'application': {
        const found = await this.#source.application(id);
        return found === null ? [] : [await this.application(found)];
      }
      case 'applications-on':
        return await this.#changedOn(id);
      case 'lead':
        return await this.#lead(id);
      case 'customer':
        return this.#one('customer_read', object, await this.#source.customer(id));
      case 'enrollment':
        return this.#one('enrollment_read', object, await this.#source.enrollment(id));
      case 'issues':
        return await this.issues(id);
      default:
        return [];
    }
  }

  /** An application names its unit by id only: what the unit is called is read with it. */
  async application(found: BoomRecord): Promise<FreshRead> {
    const unitId = found.unit_id;
    const unit = typeof unitId === 'string' ? await this.#unit(unitId) : null;
    return this.fresh(
      'application_read',
      `application:${found.id}`,
      unit === null ? found : { ...found, unit },
    );
  }

  async issues(customerId: string): Promise<FreshRead[]> {
    const issues = await this.#source.issues(customerId);
    if (issues === null) return [];
    return [this.fresh('issues_read', `issues:${customerId}`, { customer_id: customerId, issues })];
  }

  fresh(name: ReadName, object: string, found: BoomRecord): FreshRead {
    const hash = createHash('sha256')
      .update(JSON.stringify([name, found]))
      .digest('hex');
    const body = JSON.stringify({ event: name, read_at: this.#now().toISOString(), object: found });
    return { object, name, hash, body };
  }

  #one(name: ReadName, object: string, found: BoomRecord | null): FreshRead[] {
    return found === null ? [] : [this.fresh(name, object, found)];
  }

  async #changedOn(day: string): Promise<FreshRead[]> {
    const reads: FreshRead[] = [];
    for await (const { items } of this.#source.applications({ from: day, to: day })) {
      for (const found of items) reads.push(await this.application(found));
    }
    return reads;
  }

  async #lead(id: string): Promise<FreshRead[]> {
    const lead = await this.#source.lead(id);
    if (lead === null) return [];
    const identity_verifications = await this.#source.identityVerifications(id);
    return [this.fresh('lead_read', `lead:${id}`, { ...lead, identity_verifications })];
  }

  async #unit(id: string): Promise<BoomRecord | null> {
    const now = this.#now().getTime();
    const kept = this.#units.get(id);
    if (kept !== undefined && now - kept.at < UNIT_FRESH_MS) return await kept.unit;
    const unit = this.#source.unit(id);
    this.#units.set(id, { at: now, unit });
    if (this.#units.size > UNITS_KEPT) {
      const [oldest] = this.#units.keys();
      if (oldest !== undefined) this.#units.delete(oldest);
    }
    try {
      return await unit;
    } catch (error) {
      this.#units.delete(id);
      throw error;
    }
  }
}
