import { describe, expect, it } from 'vitest';
import type { Remote } from '../../src/connect/contract.ts';
import { connected, manifest, pms, type Said } from './own-connector.ts';
import { desiredOf, faultOf } from './support.ts';

const ANA = { id: 7, firstName: 'Ana', email: 'ana@example.com', externalId: null };

describe('where the record stands', () => {
  const requests = {
    find: [
      { needs: ['email'], method: 'GET', path: '/people', records: 'data.list', by: { email: 'email' } },
    ],
    read: { method: 'GET', path: '/people/{id}', record: 'data[0]' },
    create: { method: 'POST', path: '/people', body: '[fields]', id: 'data.ids[0]' },
  };
  const speaking = async (said: Said | ((url: string) => Said)) => {
    const { url, seen } = await pms(({ url: at }) => (typeof said === 'function' ? said(at) : said));
    return { connection: await connected(manifest({}, requests), { server: url }), seen };
  };

  it('is told by the manifest', async () => {
    const { connection } = await speaking({ json: { data: [ANA] } });
    expect(await connection.connector.read('applicant', '7')).toEqual({
      id: '7',
      fields: { firstName: 'Ana', email: 'ana@example.com', externalId: null },
      record: ANA,
    });
  });

  it.each([
    ['an empty list', { json: { data: [] } }],
    ['nothing at all (204)', { status: 204 }],
    ['a 404 without a word', { status: 404 }],
  ])('%s after a read means that the record is gone', async (_, said) => {
    const { connection } = await speaking(said);
    expect(await connection.connector.read('applicant', '7')).toBeNull();
  });

  it.each([
    ['nobody (204)', { status: 204 }, 0],
    ['an empty list', { json: { data: { list: [] } } }, 0],
    ['one', { json: { data: { list: [ANA] } } }, 1],
    ['two', { json: { data: { list: [ANA, { ...ANA, id: 8 }] } } }, 2],
  ])('a lookup may hit %s', async (_, said, count) => {
    const { connection } = await speaking(said);
    expect(await connection.connector.find('applicant', await desiredOf(connection))).toHaveLength(count);
  });

  it('a create may answer with the id alone', async () => {
    const { connection, seen } = await speaking({ status: 201, json: { data: { ids: [41] } } });
    const desired = await desiredOf(connection);
    const created = await connection.connector.create('applicant', desired.fields, 'once', desired);
    expect(created.id).toBe('41');
    expect(seen[0]?.body).toEqual([
      { firstName: 'Ana', email: 'ana@example.com', externalId: 'bs-0123456789abcdef' },
    ]);
  });

  it('a create that answers without either may have happened', async () => {
    const { connection } = await speaking({ status: 200, json: { data: { ids: false } } });
    const desired = await desiredOf(connection);
    const fault = await faultOf(connection.connector.create('applicant', desired.fields, 'once', desired));
    expect(fault.kind).toBe('unknown_outcome');
  });

  it('an answer about another record than was asked for is a fault', async () => {
    const { connection } = await speaking({ json: { data: [{ ...ANA, id: 8 }] } });
    expect((await faultOf(connection.connector.read('applicant', '7'))).kind).toBe('conflict');
  });

  it.each([
    ['longer than any', 'x'.repeat(201)],
    ['a way up the path', '..'],
    ['with control characters', '7\u001b[31m'],
    ['that turns text around', '7\u202e'],
    ['with half a character', '7\ud800'],
  ])('an id %s is none', async (_, id) => {
    const { connection } = await speaking({ json: { data: { list: [{ ...ANA, id }], ids: [id] } } });
    const desired = await desiredOf(connection);
    expect((await faultOf(connection.connector.find('applicant', desired))).message).toContain('cannot read');
    const create = connection.connector.create('applicant', desired.fields, 'once', desired);
    expect((await faultOf(create)).kind).toBe('unknown_outcome');
  });

  it('what has parts is told as JSON, since nothing would be written over', async () => {
    const many = { ...ANA, firstName: ['Ana', 'Maria'], email: { home: 'a@example.com' }, externalId: [] };
    const { connection } = await speaking({ json: { data: [many] } });
    expect((await connection.connector.read('applicant', '7'))?.fields).toEqual({
      firstName: '["Ana","Maria"]',
      email: '{"home":"a@example.com"}',
      externalId: null,
    });
  });

  it('what has parts is not sent back as JSON to a PMS that wants all fields', async () => {
    const many = { ...ANA, email: ['a@example.com', 'b@example.com'] };
    const { url, seen } = await pms(() => ({ json: many }));
    const content = manifest() as { capabilities: { update: string } };
    content.capabilities.update = 'replaces';
    const { connector } = await connected(content, { server: url });
    const remote = (await connector.read('applicant', '7')) as Remote;
    const whole = { ...remote.fields, firstName: 'Anna' };
    const fault = await faultOf(
      connector.update('applicant', '7', { firstName: 'Anna' }, whole, remote.record),
    );
    expect([fault.kind, fault.fields]).toEqual(['forbidden', ['email']]);
    await connector.update('applicant', '7', { email: 'a@example.com' }, whole, remote.record);
    expect(seen.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  it('an update may send back the whole record as it stood there, what is empty included', async () => {
    const { url, seen } = await pms(({ method }) =>
      method === 'GET' ? { json: { ...ANA, properties: [], note: null } } : {},
    );
    const update = { method: 'PATCH', path: '/people/{id}', body: '$merge([record, fields])' };
    const { connector } = await connected(manifest({}, { update }), { server: url });
    const remote = (await connector.read('applicant', '7')) as Remote;
    await connector.update('applicant', '7', { firstName: 'Anna' }, {}, remote.record);
    // Not handed over: read first, since a body without it would blank what it leaves out.
    await connector.update('applicant', '7', { firstName: 'Anna' }, {});
    const whole = { ...ANA, properties: [], note: null, firstName: 'Anna' };
    expect(seen.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([whole, whole]);
  });
});

describe('an answer that says no in a way of its own', () => {
  const faults = [
    { status: [405], kind: 'forbidden' },
    {
      when: 'error.name = "Access"',
      kind: 'forbidden',
      message: 'My PMS lets this user only look.',
      remedy: 'Make them an editor.',
    },
    { when: '$contains(error.text, "serialize")', kind: 'transient' },
    { when: 'error.code = 401', kind: 'unauthorized' },
    { status: [400], when: 'error.code = "NOT_UNIQUE"', kind: 'conflict' },
    { when: '$exists(error)', kind: 'invalid' },
  ];
  const told = async (said: Said) => {
    const { url } = await pms(() => said);
    const { connector } = await connected(manifest({ faults, refusedFields: 'error.fields' }), {
      server: url,
    });
    return faultOf(connector.update('applicant', '7', { firstName: 'Ana' }, {}));
  };

  it.each<[string, Said, string]>([
    ['a status', { status: 405 }, 'forbidden'],
    ['an error in a good answer', { json: { error: { name: 'Access' } } }, 'forbidden'],
    ['a lost race', { json: { error: { text: 'could not serialize access' } } }, 'transient'],
    ['a session that is over', { json: { error: { code: 401 } } }, 'unauthorized'],
    ['both status and word', { status: 400, json: { error: { code: 'NOT_UNIQUE' } } }, 'conflict'],
    ['the word alone, which does not fit both', { json: { error: { code: 'NOT_UNIQUE' } } }, 'invalid'],
    ['what no fault describes', { status: 403 }, 'forbidden'],
  ])('is known by %s', async (_, said, kind) => {
    expect((await told(said)).kind).toBe(kind);
  });

  it('has the manifest’s words, or the usual ones, and the fields that were refused', async () => {
    const own = await told({ json: { error: { name: 'Access' } } });
    expect([own.message, own.remedy]).toEqual(['My PMS lets this user only look.', 'Make them an editor.']);
    const usual = await told({ json: { error: { fields: ['email'] } } });
    expect(usual.message).toContain('My PMS did not accept what we sent: email');
    expect(usual.fields).toEqual(['email']);
  });

  it('waits as long as it was asked to', async () => {
    const { url } = await pms(() => ({ json: { busy: true }, headers: { 'retry-after': '9' } }));
    const content = manifest({ faults: [{ when: 'busy', kind: 'rate_limited' }] });
    const { connector } = await connected(content, { server: url });
    const fault = await faultOf(connector.read('applicant', '7'));
    expect([fault.kind, fault.retryAfterMs]).toEqual(['rate_limited', 9000]);
  });
});
