import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import type { Desired, Fields } from '../../src/connect/contract.ts';
import { connectionOf, faultOf, faultsOf, printed, scopeOf } from '../connect/support.ts';

const RAW = Buffer.from('0123456789abcdef0123456789abcdef');
const SECRET = `whsec_${RAW.toString('base64')}`;

interface Delivery {
  url: string;
  headers: IncomingHttpHeaders;
  text: string;
}

let server: Server;
let url: string;
let deliveries: Delivery[];
let status: number;
let connection: Connection;

beforeEach(async () => {
  deliveries = [];
  status = 204;
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (request.method === 'POST')
      deliveries.push({ url: request.url ?? '', headers: request.headers, text });
    response.writeHead(request.method === 'POST' ? status : 405).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/boom/?token=inaddress`;
  connection = await connectionOf({ connector: 'webhook', credentials: { secret: SECRET }, server: url });
});

afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** As a receiver would check it, by the published scheme and not by our code. */
function verified({ headers, text }: Delivery, raw: Buffer): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  const expected = createHmac('sha256', raw).update(signed).digest();
  const age = Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']));
  return (
    age < 300 &&
    String(headers['webhook-signature'])
      .split(' ')
      .filter((signature) => signature.startsWith('v1,'))
      .map((signature) => Buffer.from(signature.slice(3), 'base64'))
      .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
  );
}

async function create(fields: Fields, kind: 'applicant' | 'tenant' = 'applicant', place = 'p1') {
  const person: Desired = {
    tenantId: 'tenant_1',
    place,
    key: 'bs-1',
    firstName: 'Ana',
    lastName: 'Sample',
    email: 'ana@example.com',
    phone: null,
    fields,
  };
  return connection.connector.create(kind, fields, 'key', person);
}

describe('the webhook connector', () => {
  it('signs each delivery so that a receiver can check it', async () => {
    await create(await connection.desire('applicant', scopeOf()));
    const [delivery] = deliveries;
    if (delivery === undefined) throw new Error('nothing came');
    expect(verified(delivery, RAW)).toBe(true);
    expect(verified(delivery, Buffer.from('x'.repeat(32)))).toBe(false);
    expect(verified({ ...delivery, text: delivery.text.replace('Ana', 'Eva') }, RAW)).toBe(false);
    expect(delivery.headers['content-type']).toBe('application/json');
    expect(delivery.url).toBe('/hooks/boom/?token=inaddress');
  });

  it('sends the record whole, and nothing that is not on its list', async () => {
    const { id } = await create(await connection.desire('applicant', scopeOf()));
    expect(id).toBe('tenant_1/p1');
    const { type, timestamp, data } = JSON.parse(deliveries[0]?.text ?? '');
    expect(type).toBe('applicant.changed');
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    expect(data).toEqual({
      id: 'tenant_1/p1',
      kind: 'applicant',
      tenantId: 'tenant_1',
      firstName: 'Ana',
      lastName: 'Sample',
      email: 'ana@example.com',
      phone: '+13125550123',
      boomApplicantId: 'applicant_1',
      boomCustomerId: 'customer_1',
      externalId: 'ext_3',
      property: 'Oak Street',
      unit: '4B',
      unitId: 'unit_1',
      unitExternalId: 'ext_1',
      applicationId: 'application_1',
      applicationStatus: 'approved',
      decidedAt: '2026-11-12T15:00:00.000Z',
      applicationUpdatedAt: '2026-11-12T15:00:00.000Z',
      role: 'applicant',
      rentCents: 145000,
      rentCurrency: 'USD',
      moveInOn: '2026-12-01',
      residency: 'resident',
      residencySince: '2026-12-01T00:00:00.000Z',
      reporting: 'approved',
      reportingSince: '2026-12-01T00:00:00.000Z',
      stage: 'approved',
    });
  });

  it('says null for what Boom does not know, so that the receiver can empty it', async () => {
    const fields = await connection.desire('tenant', scopeOf({ application: null, enrollment: null }));
    await create(fields, 'tenant');
    const { data } = JSON.parse(deliveries[0]?.text ?? '');
    expect(data).toMatchObject({ kind: 'tenant', applicationStatus: null, rentCents: null, reporting: null });
  });

  it('sends no outcome that only a weak match ties to the person', async () => {
    const { application, enrollment, tenant } = scopeOf();
    if (application === null || enrollment === null) throw new Error('the sample has both');
    const scope = scopeOf({
      tenant: { ...tenant, weaklyJoined: true },
      application: { ...application, weak: true },
      enrollment: { ...enrollment, weak: true },
    });
    expect(await connection.desire('applicant', scope)).toMatchObject({
      applicationStatus: null,
      decidedAt: null,
      reporting: null,
      stage: null,
    });
  });

  it('names the same content of the same record always the same, and any other otherwise', async () => {
    const fields = await connection.desire('applicant', scopeOf());
    await create(fields);
    await connection.connector.update('applicant', 'tenant_1/p1', {}, { ...fields });
    await connection.connector.update(
      'applicant',
      'tenant_1/p1',
      {},
      { ...fields, email: 'new@example.com' },
    );
    await create(fields, 'tenant');
    await create(fields, 'applicant', 'p2');
    const ids = deliveries.map(({ headers }) => headers['webhook-id']);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
  });

  it('may be sent again: a lost answer is no unknown outcome', async () => {
    status = 500;
    expect((await faultOf(create({}))).kind).toBe('transient');
    status = 204;
    await create({});
    expect(deliveries[1]?.headers['webhook-id']).toBe(deliveries[0]?.headers['webhook-id']);
  });

  it('lets neither secret nor person nor address into an error', async () => {
    status = 500;
    const fault = await faultOf(create(await connection.desire('applicant', scopeOf())));
    for (const secret of [SECRET, 'ana@example.com', 'inaddress'])
      expect(printed(fault)).not.toContain(secret);
  });

  it('looks nothing up, and is content in a check with any answer at all', async () => {
    const { connector } = connection;
    expect(connection.capabilities).toMatchObject({ find: 'none', readBack: false, notes: 'none' });
    expect(await connector.read('applicant', 'tenant_1/p1')).toBeNull();
    expect(await connector.check()).toEqual({ name: null });
    expect(deliveries).toEqual([]);
  });

  it('says so when nobody is there', async () => {
    const nobody = await connectionOf({
      connector: 'webhook',
      credentials: { secret: SECRET },
      server: 'http://127.0.0.1:9/x',
    });
    expect((await faultOf(nobody.connector.check())).concernsConnection).toBe(true);
  });

  it.each([
    [{ server: null }, 'server', 'missing; expected the address'],
    [{ server: 'http://hooks.example.com/x' }, 'server', 'unencrypted'],
    [{ credentials: { secret: 'hunter2' } }, 'credentials.secret', 'has not the form'],
    [{ credentials: {} }, 'credentials.secret', 'missing; expected the signing secret'],
  ])('refuses %j', async (own, path, message) => {
    const faults = await faultsOf({
      connector: 'webhook',
      credentials: { secret: SECRET },
      server: 'https://hooks.example.com/x',
      ...own,
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path).toBe(path);
    expect(faults[0]?.message).toContain(message);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});
