import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventName } from '../../src/boom/events.ts';
import { createNormaliser, type Normalise } from '../../src/boom/normalise.ts';
import { type StoryStep, story } from '../../src/boom/story.ts';
import { projectBatch } from '../../src/project/projector.ts';
import type { Tenant, TenantApplication } from '../../src/project/tenant.ts';
import { toDelivery } from '../../src/receive/delivery.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { createStores, type Stores } from '../../src/store/stores.ts';
import { delivery, eventOf, US } from './fixtures.ts';

const NOW = new Date('2026-08-20T17:00:00.000Z');
const DAY = 24 * 60 * 60_000;

let normalise: Normalise;
let folder: string;
let knex: Knex;
let stores: Stores;

beforeAll(async () => {
  normalise = await createNormaliser();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boomsync-story-'));
  knex = await openDatabase(join(folder, 'boomsync.sqlite'));
  await migrate(knex);
  stores = createStores(knex);
});

afterEach(async () => {
  await knex.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function project(limit = 100): Promise<void> {
  const read = (body: unknown) => normalise(body, US);
  for (;;) {
    const { events } = await projectBatch(stores.projection, read, { limit, now: () => NOW });
    if (events === 0) return;
  }
}

/** One every fifth of a second, each projected before the next, as the demo sends them. */
async function tell(steps: readonly StoryStep[], from = NOW, apart = 200): Promise<void> {
  for (const [index, { body }] of steps.entries()) {
    const receivedAt = new Date(from.getTime() + index * apart);
    await stores.inbox.appendAll([toDelivery('main', JSON.stringify(body), body, receivedAt)]);
    await project();
  }
}

async function everybody(): Promise<Map<string, Tenant>> {
  const rows = await stores.tenants.list({});
  const tenants = new Map(
    rows.map(({ record }) => [`${record.person.firstName} ${record.person.lastName}`, record]),
  );
  expect(tenants.size).toBe(rows.length);
  return tenants;
}

async function tenant(name: string): Promise<Tenant> {
  const found = (await everybody()).get(name);
  if (found === undefined) throw new Error(`Nobody is called ${name}`);
  return found;
}

function only<T>(list: readonly T[]): T {
  expect(list).toHaveLength(1);
  return list[0] as T;
}

/** Where everybody stands at the end, without the times of arrival. */
async function registers(): Promise<object> {
  return Object.fromEntries(
    [...(await everybody())].map(([name, { applications, enrollments, residencies, stage, person }]) => [
      name,
      {
        person,
        stage,
        applications: applications.map((a) => [a.id, a.leasing, a.role, a.unit, a.rent, a.decidedAt, a.weak]),
        enrollments: enrollments.map(({ since: _, ...enrollment }) => enrollment),
        residencies: residencies.map((r) => [r.unit, r.status, r.enrollmentId, r.role]),
      },
    ]),
  );
}

describe('the story', () => {
  it('is made of documented deliveries that are understood in full', () => {
    for (const { says, body } of story(NOW)) {
      const event = eventOf(normalise, body);
      expect(event.notUnderstood, says).toEqual([]);
      const documented = new Set([...Object.keys(delivery(event.name as EventName)), 'request_id']);
      expect(new Set(Object.keys(body)), says).toEqual(documented);
    }
  });

  it('has a sentence for each delivery and a request id of its own', () => {
    const steps = [...story(NOW), ...story(NOW)];
    for (const { says } of steps) expect(says).toMatch(/^[A-Z][^\n.]{10,90}$/);
    expect(new Set(steps.map(({ body }) => body.request_id)).size).toBe(steps.length);
  });

  it('is about invented people only', () => {
    for (const { body } of story(NOW)) {
      for (const { email, phone } of eventOf(normalise, body).people) {
        if (email !== null) expect(email).toMatch(/@demo\.example\.com$/);
        if (phone !== null) expect(phone).toMatch(/^\+15125550\d{3}$/);
      }
    }
  });

  it.each(['2026-01-01T00:00:00Z', '2026-03-31T23:59:59Z', '2028-02-29T12:00:00Z'])(
    'told at %s, it lies in the past and in its own order, about the last two months',
    (at) => {
      const now = new Date(at);
      const steps = story(now);
      const times = steps.map(({ body }) => eventOf(normalise, body).updatedAt).filter((t) => t !== null);
      const recent = times.filter((time) => Date.parse(time) > now.getTime() - 90 * DAY);
      expect(times.length - recent.length).toBe(4);
      expect(recent).toEqual([...recent].sort());
      expect(Date.parse(recent.at(-1) ?? '')).toBeLessThan(now.getTime());
      const months = steps.flatMap(({ body }) => eventOf(normalise, body).furnishment?.month ?? []);
      expect([...new Set(months)].at(-1)).toBe(at.slice(0, 7));
    },
  );
});

describe('the story, projected', () => {
  it('leaves seven people, each once and by name', async () => {
    await tell(story(NOW));
    expect([...(await everybody()).keys()].sort()).toEqual([
      'Derek Olsen',
      'Maya Torres',
      'Nora Whitfield',
      'Priya Nair',
      'Rosa Torres',
      'Tom Becker',
      'Walter Quinn',
    ]);
    const events = await stores.inbox.list({ limit: 1000 });
    expect(events.map(({ status, detail }) => ({ status, detail }))).toEqual(
      events.map(() => ({ status: 'projected', detail: null })),
    );
    expect(events.filter(({ tenantId }) => tenantId === null)).toEqual([]);
  });

  it('has Nora in 1A and Maya in 4B, and nobody else anywhere', async () => {
    await tell(story(NOW));
    const residents = [...(await everybody())].flatMap(([name, { residencies }]) =>
      residencies.map(({ unit, status }) => [name, unit?.property?.name, unit?.title, status]),
    );
    expect(residents).toEqual([
      ['Nora Whitfield', 'Oak Street', '1A', 'resident'],
      ['Walter Quinn', 'Oak Street', '4B', 'moved_out'],
      ['Maya Torres', 'Oak Street', '4B', 'resident'],
    ]);
  });

  it('shows each stage of the tenancy of the one who moved out', async () => {
    const steps = story(NOW);
    const moved = steps.findIndex(({ body }) => body.event === 'enrollment_moved_out');
    await tell(steps.slice(0, moved));
    expect(await tenant('Walter Quinn')).toMatchObject({
      stage: 'resident',
      enrollments: [{ reporting: 'approved', weak: true }],
    });
    await tell(steps.slice(moved), new Date(NOW.getTime() + DAY));
    expect(await tenant('Walter Quinn')).toMatchObject({
      stage: 'moved_out',
      applications: [{ leasing: 'approved' }],
      enrollments: [{ reporting: 'moved_out', weak: true }],
      residencies: [{ status: 'moved_out', unit: { title: '4B' } }],
    });
  });

  it('takes back an approval and gives it again, with the rent put right', async () => {
    const steps = story(NOW);
    const reverted = steps.findIndex(({ body }) => body.event === 'application_decision_reverted');
    await tell(steps.slice(0, reverted));
    const slip = { leasing: 'approved', rent: { money: { cents: 158_000, currency: 'USD' } } };
    expect(only((await tenant('Maya Torres')).applications)).toMatchObject(slip);
    await tell(steps.slice(reverted, reverted + 1));
    for (const name of ['Maya Torres', 'Rosa Torres']) {
      expect(only((await tenant(name)).applications)).toMatchObject({
        leasing: 'submitted',
        decidedAt: null,
      });
    }
    await tell(steps.slice(reverted + 1));
    const right = { leasing: 'approved', rent: { money: { cents: 185_000, currency: 'USD' } }, weak: false };
    const decidedAt = '2026-06-17T11:00:00.000Z';
    for (const [name, role] of [
      ['Maya Torres', 'applicant'],
      ['Rosa Torres', 'co_signer'],
    ] as const) {
      const application = only((await tenant(name)).applications);
      expect(application).toMatchObject({ ...right, id: 'demo-application-4b-torres', role, decidedAt });
      expect(application.unit).toMatchObject({ title: '4B', property: { name: 'Oak Street' } });
    }
  });

  it('keeps the co-signer out of the unit, from her invitation to the approval', async () => {
    const steps = story(NOW);
    const invited = steps.findIndex(({ body }) => body.event === 'applicant_invite_followup');
    await tell(steps.slice(0, invited + 1));
    expect(await tenant('Rosa Torres')).toMatchObject({
      stage: 'invited',
      ids: { lead: ['demo-lead-rosa'] },
    });
    expect((await tenant('Maya Torres')).stage).toBe('applying');
    await tell(steps.slice(invited + 1));
    expect(await tenant('Rosa Torres')).toMatchObject({
      stage: 'approved',
      weaklyJoined: false,
      enrollments: [],
      residencies: [],
    });
  });

  it('declines one for 4B without touching the other', async () => {
    await tell(story(NOW));
    const derek = await tenant('Derek Olsen');
    expect(derek).toMatchObject({ stage: 'declined', enrollments: [], residencies: [] });
    expect(only(derek.applications)).toMatchObject({
      id: 'demo-application-4b-olsen',
      leasing: 'declined',
      role: 'applicant',
      decidedAt: '2026-06-18T10:00:00.000Z',
    });
  });

  it("merges one application of the couple into the other's, and its applicant follows", async () => {
    await tell(story(NOW));
    const target = {
      id: 'demo-application-3c-nair',
      leasing: 'approved_with_conditions',
      role: 'applicant',
      mergedInto: null,
      weak: false,
      decidedAt: '2026-07-11T14:00:00.000Z',
    };
    const priya = await tenant('Priya Nair');
    expect(only(priya.applications)).toMatchObject(target);
    const tom = await tenant('Tom Becker');
    const byId = new Map(tom.applications.map((a): [string | null, TenantApplication] => [a.id, a]));
    expect([...byId.keys()].sort()).toEqual(['demo-application-3c-becker', 'demo-application-3c-nair']);
    expect(byId.get('demo-application-3c-nair')).toMatchObject(target);
    expect(byId.get('demo-application-3c-becker')).toMatchObject({
      leasing: 'merged',
      mergedInto: 'demo-application-3c-nair',
    });
    for (const { stage, residencies } of [priya, tom]) {
      expect({ stage, residencies }).toEqual({ stage: 'approved_with_conditions', residencies: [] });
    }
  });

  it('joins the enrollment to the applicant as soon as Boom names her, and no sooner', async () => {
    const steps = story(NOW);
    const registered = steps.findIndex(({ body }) => body.event === 'customer_registered');
    await tell(steps.slice(0, registered + 1));
    const stranger = (await stores.tenants.list({})).find(({ record }) => record.knownOnlyById)?.record;
    expect(stranger).toMatchObject({ ids: { customer: ['demo-customer-maya'] }, stage: null });
    await tell(steps.slice(registered + 1));
    const maya = await tenant('Maya Torres');
    expect((await stores.tenants.get(stranger?.id ?? ''))?.record.id).toBe(maya.id);
    expect(maya).toMatchObject({ knownOnlyById: false, weaklyJoined: true, stage: 'resident' });
  });

  it('has the enrollment verified three times, approved, paid and furnished to three bureaus for two months', async () => {
    await tell(story(NOW));
    const furnished = (month: string) =>
      ['equifax', 'experian', 'transunion'].map((bureau) => ({
        bureau,
        month,
        status: 'pending_confirmation',
      }));
    const paid = (month: string) => ({ month, cents: 185_000, currency: 'USD', source: 'plaid' });
    const enrollment = only((await tenant('Maya Torres')).enrollments);
    expect(enrollment).toMatchObject({
      id: 'demo-enrollment-4b-torres',
      reporting: 'approved',
      reasons: [],
      verifications: { identity: 'verified', lease: 'verified', landlord: 'verified' },
      openIssues: [],
      furnishments: [...furnished('2026-07'), ...furnished('2026-08')],
      payments: [paid('2026-07'), paid('2026-08')],
      weak: true,
    });
  });

  it('opens an issue before it resolves it', async () => {
    const steps = story(NOW);
    const pending = steps.findIndex(({ body }) => body.event === 'issue_pending');
    await tell(steps.slice(0, pending + 1));
    expect(only((await tenant('Maya Torres')).enrollments).openIssues).toMatchObject([
      { slug: 'bank_connection_lost' },
    ]);
  });

  it('ends the same where everything is projected at once, or comes days apart', async () => {
    const steps = story(NOW);
    await tell(steps);
    const expected = await registers();

    await knex.destroy();
    rmSync(folder, { recursive: true, force: true });
    knex = await openDatabase(join(folder, 'boomsync.sqlite'));
    await migrate(knex);
    stores = createStores(knex);
    await stores.inbox.appendAll(
      steps.map(({ body }, index) =>
        toDelivery('main', JSON.stringify(body), body, new Date(NOW.getTime() + index * DAY)),
      ),
    );
    await project(1000);
    expect(await registers()).toEqual(expected);
  });

  it.each([
    ['a minute', 60_000],
    ['a week', 7 * DAY],
  ])('told again %s later, it adds nobody and moves nobody', async (_, later) => {
    await tell(story(NOW));
    const first = await registers();
    const again = new Date(NOW.getTime() + later);
    await tell(story(again), again);
    expect(await registers()).toEqual(first);
  });

  it('told for another run, it is about people of its own', async () => {
    await tell(story(NOW));
    const demo = (await stores.tenants.list({})).map(({ record }) => record.id);
    await tell(story(NOW, 'other'));
    const all = (await stores.tenants.list({})).map(({ record }) => record.id);
    expect(all.slice(0, demo.length)).toEqual(demo);
    expect(all).toHaveLength(2 * demo.length);
  });
});
