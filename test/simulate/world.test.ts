import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { createNormaliser, type Normalise } from '../../src/boom/normalise.ts';
import { delivery as documented, US } from '../boom/fixtures.ts';
import { daysBefore, END, type Lived, lived } from './support.ts';

const YEAR = { units: 200, days: 365 };

let normalise: Normalise;
let year: Lived;

beforeAll(async () => {
  normalise = await createNormaliser();
  year = lived(YEAR);
});

describe('a year of 200 units', () => {
  it('tells all 39 events', () => {
    const told = new Set(year.deliveries.map(({ event }) => event));
    expect(EVENT_NAMES.filter((name) => !told.has(name))).toEqual([]);
  });

  it('is told in its own order, and from its start to its end', () => {
    const times = year.deliveries.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(daysBefore(365).getTime());
    expect(times.at(-1)).toBeLessThanOrEqual(END.getTime());
  });

  it('says of nothing that it happened later than it was told', () => {
    const ahead = year.deliveries.filter(({ at, body }) => {
      const { application_updated_at, updated_at, merged_at } = body as Record<string, string>;
      return Date.parse(application_updated_at ?? updated_at ?? merged_at ?? '1970-01-01') > at;
    });
    expect(ahead).toEqual([]);
  });

  it.each(['current', 'older'] as const)('is understood in full in the %s generation', (generation) => {
    const faults = lived({ units: 60, days: 365, generation }).deliveries.flatMap(({ event, body }) => {
      const result = normalise(body, US);
      const fault = result.ok ? result.event.notUnderstood.join() : result.reason;
      return fault === '' ? [] : [`${event}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('has what happens seldom: namesakes, shared mailboxes, merges, and what has no event', () => {
    const { records } = year.world;
    const applications = [...records.applications.values()];
    const kinds = new Set(records.activity.map(({ kind }) => kind));
    expect(records.people.filter(({ lastName }) => lastName.endsWith(' Jr.'))).not.toEqual([]);
    expect(new Set(records.people.map(({ email }) => email)).size).toBeLessThan(records.people.length);
    expect(applications.filter(({ mergedInto }) => mergedInto !== null)).not.toEqual([]);
    for (const kind of ['placed_on_hold', 'resumed', 'uncanceled', 'role_changed', 'split_application'])
      expect(kinds, kind).toContain(kind);
  });

  it('has every status that it can come to', () => {
    const { applications, enrollments } = year.world.records;
    const statuses = new Set([...applications.values()].map(({ status }) => status));
    for (const status of ['approved', 'approved_with_conditions', 'rejected', 'canceled', 'merged'])
      expect(statuses, status).toContain(status);
    expect(new Set([...enrollments.values()].map(({ status }) => status))).toEqual(
      new Set(['pending', 'approved', 'rejected', 'closed', 'opted_out', 'finished']),
    );
  });
});

describe('a life', () => {
  it('is the same for the same seed, however it is stepped through', () => {
    const [one, other] = [lived(), lived({}, 97)];
    expect(other.deliveries).toEqual(one.deliveries);
    expect(other.world.truth()).toEqual(one.world.truth());
  });

  it('is another one for another seed', () => {
    expect(lived({ seed: 2 }).deliveries).not.toEqual(lived().deliveries);
  });

  it('shares no id and no mail address with the same seed begun at another time', () => {
    const ids = ({ world, deliveries }: Lived) => [
      ...deliveries.map(({ body }) => body.request_id),
      ...world.truth().people.flatMap(({ email, customer }) => [email, customer?.id]),
    ];
    const [one, other] = [ids(lived({ days: 60 })), new Set(ids(lived({ days: 61 })))];
    expect(one.filter((id) => id !== undefined && other.has(id))).toEqual([]);
  });

  it('is about invented people only', () => {
    for (const { email, phone } of year.world.truth().people) {
      expect(email).toMatch(/\.example\.com$/);
      expect(phone).toMatch(/^\+1\d{3}55501\d\d$/);
    }
  });
});

describe('the payloads', () => {
  it('have the documented fields and no others', () => {
    const documentedKeys = new Map(
      EVENT_NAMES.map((name) => [name, new Set([...Object.keys(documented(name)), 'request_id', 'reasons'])]),
    );
    const others = year.deliveries.flatMap(({ event, body }) =>
      Object.keys(body).filter((key) => documentedKeys.get(event)?.has(key) !== true),
    );
    expect(others).toEqual([]);
  });

  it('name nobody in rent reporting today, but for the two about the bank', () => {
    const naming = year.deliveries
      .filter(({ body }) => 'customer_id' in body && 'customer_email' in body)
      .map(({ event }) => event);
    expect(new Set(naming)).toEqual(
      new Set(['boomreport_plaid_link_visited', 'boomreport_plaid_link_requested']),
    );
  });

  it('name the person in all of rent reporting in the older generation, and have no request ids', () => {
    const { deliveries } = lived({ generation: 'older' });
    const reporting = deliveries.filter(({ body }) => 'customer_id' in body);
    expect(reporting).not.toEqual([]);
    expect(reporting.filter(({ body }) => !String(body.customer_email).includes('@'))).toEqual([]);
    expect(deliveries.filter(({ body }) => 'request_id' in body)).toEqual([]);
  });

  it('have a request id of their own today', () => {
    const ids = new Set(year.deliveries.map(({ body }) => body.request_id));
    expect(ids.size).toBe(year.deliveries.length);
  });

  it('leave out what the application is called wherever Boom does', () => {
    const basic = year.deliveries.filter(({ event }) => event === 'application_approved');
    expect(basic).not.toEqual([]);
    expect(basic.filter(({ body }) => 'id' in body || 'application_id' in body)).toEqual([]);
  });
});
