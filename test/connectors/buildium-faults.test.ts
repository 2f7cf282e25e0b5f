import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf, faultOf, printed } from '../connect/support.ts';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';

let fake: FakeBuildium;
let connection: Connection;

beforeEach(async () => {
  fake = await startFakeBuildium();
  connection = await connectionOf({ server: fake.url });
});

afterEach(() => fake.close());

async function create(): Promise<unknown> {
  const desired = await desiredOf(connection);
  return connection.connector.create('applicant', desired.fields, 'key', desired);
}

async function find() {
  return connection.connector.find('applicant', await desiredOf(connection));
}

describe('Buildium, when it misbehaves', () => {
  it('and resets the socket after a create landed: unknown, and the next look finds it once', async () => {
    fake.switches.resetAfterWrite = 1;
    expect((await faultOf(create())).kind).toBe('unknown_outcome');
    expect(fake.records.size).toBe(1);
    expect(await find()).toHaveLength(1);
    expect(fake.requests.get('POST /v1/applicants')).toBe(1);
  });

  it('and never answers a create that landed: unknown, in bounded time', async () => {
    const hasty = await connectionOf({ server: fake.url }, { timeoutMs: 300 });
    fake.switches.hangAfterWrite = 1;
    const desired = await desiredOf(hasty);
    expect((await faultOf(hasty.connector.create('applicant', desired.fields, 'key', desired))).kind).toBe(
      'unknown_outcome',
    );
    expect(await find()).toHaveLength(1);
  });

  it('and drips its answer: given up on', async () => {
    const hasty = await connectionOf({ server: fake.url }, { timeoutMs: 300 });
    fake.add({ Email: 'ana@example.com' });
    fake.switches.drip = 50;
    expect((await faultOf(hasty.connector.check())).kind).toBe('transient');
  });

  it('and fails after a create landed: unknown too', async () => {
    fake.switches.serverErrorAfterWrite = 1;
    expect((await faultOf(create())).kind).toBe('unknown_outcome');
    expect(await find()).toHaveLength(1);
  });

  it('and answers a create that landed with nothing, a half or a page: unknown', async () => {
    for (const name of ['emptyAnswer', 'truncated'] as const) {
      fake.switches[name] = 1;
      expect((await faultOf(create())).kind).toBe('unknown_outcome');
    }
    fake.switches.loginPage = 1;
    expect((await faultOf(create())).kind).toBe('unknown_outcome');
  });

  it('and has a bad moment: a look is tried again, a create is not', async () => {
    fake.switches.emptyServerError = 2;
    expect(await find()).toEqual([]);
    expect(fake.requests.get('GET /v1/applicants')).toBe(3);
    fake.switches.emptyServerError = 1;
    await faultOf(create());
    expect(fake.requests.get('POST /v1/applicants')).toBe(1);
  });

  it.each([
    ['3', 3000],
    [null, null],
  ])('and asks us to slow down with Retry-After %j', async (retryAfter, ms) => {
    fake.switches.rateLimited = 1;
    fake.switches.retryAfter = retryAfter;
    const fault = await faultOf(create());
    expect([fault.kind, fault.retryAfterMs]).toEqual(['rate_limited', ms]);
    expect(fault.concernsConnection).toBe(false);
  });

  it('and asks us to slow down until a date', async () => {
    fake.switches.rateLimited = 1;
    fake.switches.retryAfter = new Date(Date.now() + 30_000).toUTCString();
    const { retryAfterMs } = await faultOf(find());
    expect(retryAfterMs).toBeGreaterThan(25_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  it('and refuses our key: the connection’s failure, with what to do', async () => {
    fake.switches.expiredKey = true;
    const fault = await faultOf(connection.connector.check());
    expect(fault.kind).toBe('unauthorized');
    expect(fault.concernsConnection).toBe(true);
    expect(fault.message).toBe('Buildium refused our key.');
    expect(fault.remedy).toContain('credentials');
  });

  it('and forbids it', async () => {
    fake.switches.forbidden = true;
    expect((await faultOf(create())).kind).toBe('forbidden');
  });

  it('and is down for maintenance', async () => {
    fake.switches.maintenance = 1;
    const fault = await faultOf(create());
    expect([fault.kind, fault.concernsConnection]).toEqual(['maintenance', true]);
  });

  it('and shows its sign-in page instead of data', async () => {
    fake.switches.loginPage = 9;
    const fault = await faultOf(find());
    expect(fault.message).toContain('web page');
    expect(fault.concernsConnection).toBe(true);
  });

  it('and sends us elsewhere, or sends too much', async () => {
    fake.switches.redirect = 9;
    expect((await faultOf(find())).message).toContain('never follow');
    fake.switches.redirect = 0;
    fake.switches.tooLarge = 9;
    expect((await faultOf(find())).message).toContain('larger than we read');
  });

  it('and says 200 to an update that it ignored: reading it again shows it', async () => {
    const { Id } = fake.add({ Email: 'ana@example.com' });
    fake.switches.silentNoOp = true;
    const remote = await connection.connector.read('applicant', String(Id));
    const changes = { LastName: 'Newname' };
    await connection.connector.update('applicant', String(Id), changes, { ...remote?.fields, ...changes });
    const shown = await connection.connector.read('applicant', String(Id));
    expect(shown?.fields.LastName).toBe('Sample');
  });

  it('and refuses fields: they are named, their values are not', async () => {
    fake.switches.refuse = ['Email', 'PhoneNumbers.Mobile'];
    const fault = await faultOf(create());
    expect(fault.kind).toBe('invalid');
    expect(fault.fields).toEqual(['Email', 'PhoneNumbers.Mobile']);
    expect(fault.message).toContain('Email, PhoneNumbers.Mobile');
  });

  it('no error holds the key or the person', async () => {
    const faults = [];
    fake.switches.refuse = ['Email'];
    faults.push(await faultOf(create()));
    fake.switches.refuse = [];
    fake.switches.resetAfterWrite = 1;
    faults.push(await faultOf(create()));
    fake.switches.expiredKey = true;
    faults.push(await faultOf(find()), await faultOf(create()));
    await fake.close();
    faults.push(await faultOf(create()), await faultOf(find()));
    fake = await startFakeBuildium();
    for (const fault of faults)
      for (const secret of ['a-secret-nobody-may-see', 'ana@example.com', 'Sample', '555-0123'])
        expect(printed(fault)).not.toContain(secret);
  });
});
