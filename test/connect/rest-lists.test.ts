import { describe, expect, it } from 'vitest';
import type { Remote, RemoteUnit } from '../../src/connect/contract.ts';
import { connected, manifest, pms } from './own-connector.ts';
import { desiredOf, faultOf } from './support.ts';

/** Twenty-five people, in order. */
const PEOPLE = Array.from({ length: 25 }, (_, n) => ({
  id: n + 1,
  firstName: `P${n}`,
  email: 'ana@example.com',
}));

async function all<T>(list: AsyncIterable<T> | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const entry of list ?? []) found.push(entry);
  return found;
}

const listed = (changedSince: object) =>
  manifest({}, { changedSince: { method: 'GET', path: '/people', records: 'data', ...changedSince } });

const ids = (remotes: Remote[]) => remotes.map(({ id }) => Number(id));
const EVERYONE = PEOPLE.map(({ id }) => id);

describe('a list in pages', () => {
  it('by offset is read to the page that is not full', async () => {
    const { url, seen } = await pms(({ url: at }) => {
      const { searchParams: query } = new URL(at, 'http://x');
      const from = Number(query.get('skip'));
      return { json: { data: PEOPLE.slice(from, from + Number(query.get('top'))) } };
    });
    const page = { size: 10, limit: 'top', offset: 'skip' };
    const { connector } = await connected(listed({ page }), { server: url });
    expect(ids(await all(connector.changedSince?.('applicant', null)))).toEqual(EVERYONE);
    expect(seen.map(({ url: at }) => at)).toEqual([
      '/people?top=10&skip=0',
      '/people?top=10&skip=10',
      '/people?top=10&skip=20',
    ]);
  });

  it('by number begins where the PMS begins', async () => {
    const { url, seen } = await pms(({ url: at }) => {
      const number = Number(new URL(at, 'http://x').searchParams.get('page_number'));
      return { json: { data: PEOPLE.slice((number - 1) * 5, number * 5) } };
    });
    const page = { size: 5, limit: 'page_size', number: 'page_number', first: 1 };
    const { connector } = await connected(listed({ page }), { server: url });
    expect(ids(await all(connector.changedSince?.('applicant', null)))).toEqual(EVERYONE);
    // The last full page is no proof of the end.
    expect(seen).toHaveLength(6);
    expect(seen[0]?.url).toBe('/people?page_size=5&page_number=1');
  });

  it('by a cursor is read until there is no next', async () => {
    const { url, seen } = await pms(({ url: at }) => {
      const from = Number(new URL(at, 'http://x').searchParams.get('after') ?? 0);
      const next = from + 10 < PEOPLE.length ? String(from + 10) : null;
      return { json: { data: PEOPLE.slice(from, from + 10), meta: { next } } };
    });
    const { connector } = await connected(listed({ page: { next: 'meta.next', cursor: 'after' } }), {
      server: url,
    });
    expect(ids(await all(connector.changedSince?.('applicant', null)))).toEqual(EVERYONE);
    expect(seen.map(({ url: at }) => at)).toEqual(['/people', '/people?after=10', '/people?after=20']);
  });

  it('whose next is an address is asked for at the same server: no address in an answer is followed', async () => {
    const other = await pms(() => ({ json: { data: [] } }));
    const next = `${other.url}/people?after=1`;
    const { url, seen } = await pms((_request, turn) => ({
      headers: { link: `<${next}>; rel="next"` },
      json: { data: [PEOPLE[turn]], meta: { next: turn === 1 ? next : null } },
    }));
    const { connector } = await connected(listed({ page: { next: 'meta.next', cursor: 'after' } }), {
      server: url,
    });
    expect(await all(connector.changedSince?.('applicant', null))).toHaveLength(2);
    expect(seen.map(({ url: at }) => new URL(at, url).searchParams.get('after'))).toEqual([null, next]);
    expect(other.seen).toEqual([]);
  });

  it('may be asked for in the body', async () => {
    const { url, seen } = await pms(({ body }) => {
      const { offset, limit } = body as { offset: number; limit: number };
      return { json: { data: PEOPLE.slice(offset, offset + limit) } };
    });
    const request = {
      method: 'POST',
      idempotent: true,
      body: '{ "since": since, "offset": page.offset, "limit": page.size }',
      page: { size: 20, in: 'body' },
    };
    const { connector } = await connected(listed(request), { server: url });
    const since = new Date('2026-11-12T15:00:00.123Z');
    expect(ids(await all(connector.changedSince?.('applicant', since)))).toEqual(EVERYONE);
    expect(seen.map(({ url: at, body }) => [at, body])).toEqual([
      ['/people', { since: '2026-11-12T15:00:00Z', offset: 0, limit: 20 }],
      ['/people', { since: '2026-11-12T15:00:00Z', offset: 20, limit: 20 }],
    ]);
  });

  it.each([
    ['that is the same again', { size: 10 }],
    ['whose next is itself', { size: 10, next: '"again"', cursor: 'after' }],
  ])('%s is a fault, and no list without an end', async (_, page) => {
    const { url, seen } = await pms(() => ({ json: { data: PEOPLE.slice(0, 10) } }));
    const { connector } = await connected(listed({ page }), { server: url });
    const fault = await faultOf(all(connector.changedSince?.('applicant', null)));
    expect([fault.message, fault.concernsConnection]).toEqual(["My PMS's list does not end.", true]);
    expect(seen.length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['by offset, whose pages come round', { size: 2 }, 3],
    ['whose cursors come round', { next: '"c" & $string(turn)', cursor: 'after' }, 3],
  ])('%s is a fault', async (_, page, most) => {
    const { url, seen } = await pms((_request, turn) => ({
      json: {
        turn: turn % 2,
        // Only the pages by offset are the same again.
        data: [{ id: 1 }, { id: 'size' in page ? 2 + (turn % 2) : 10 + turn }],
      },
    }));
    const { connector } = await connected(listed({ page }), { server: url });
    const fault = await faultOf(all(connector.changedSince?.('applicant', null)));
    expect(fault.message).toBe("My PMS's list does not end.");
    expect(seen.length).toBeLessThanOrEqual(most);
  });

  it('that gives ever new records ends at two thousand pages, and keeps none of them', async () => {
    const { url, seen } = await pms((_request, turn) => ({ json: { data: [{ id: turn }] } }));
    const { connector } = await connected(listed({ page: { size: 1 } }), { server: url });
    let listedSoFar = 0;
    const reading = (async () => {
      for await (const _remote of connector.changedSince?.('applicant', null) ?? []) listedSoFar += 1;
    })();
    const fault = await faultOf(reading);
    expect([fault.message, fault.concernsConnection]).toEqual(["My PMS's list does not end.", true]);
    expect([listedSoFar, seen.length]).toEqual([2000, 2001]);
  });

  it('of notes ends at twenty pages, and holds up nobody else', async () => {
    const { url, seen } = await pms((_request, turn) => ({ json: [{ text: `a note ${turn}` }] }));
    const content = manifest(
      {},
      {
        notes: { method: 'GET', path: '/people/{id}/notes', page: { size: 1 }, text: 'text' },
        addNote: { method: 'POST', path: '/people/{id}/notes', body: '{ "text": text }' },
      },
    ) as { capabilities: { notes: string } };
    content.capabilities.notes = 'staff';
    const { connector } = await connected(content, { server: url });
    const fault = await faultOf(Promise.resolve(connector.notes?.('applicant', '7')));
    expect([fault.kind, fault.concernsConnection, seen.length]).toEqual(['transient', false, 21]);
  });

  it('counts a record once that stands on two pages', async () => {
    const ana = { id: 7, firstName: 'Ana', email: 'ana@example.com' };
    const { url } = await pms((_request, turn) => ({ json: turn === 1 ? [ana, { id: 8 }] : [ana] }));
    const find = [
      { needs: ['email'], method: 'GET', path: '/people', page: { size: 2 }, by: { email: 'email' } },
    ];
    const connection = await connected(manifest({}, { find }), { server: url });
    const found = await connection.connector.find('applicant', await desiredOf(connection));
    expect(ids(found)).toEqual([7]);
    expect(ids(connection.among('applicant', [...found, ...found], await desiredOf(connection)))).toEqual([
      7,
    ]);
  });

  it('of a lookup is given up where more fit than anybody could tell apart', async () => {
    const crowd = Array.from({ length: 101 }, (_, id) => ({ id, email: 'ana@example.com' }));
    const { url } = await pms(() => ({ json: crowd }));
    const connection = await connected(manifest(), { server: url });
    const fault = await faultOf(connection.connector.find('applicant', await desiredOf(connection)));
    expect([fault.kind, fault.candidates]).toEqual(['ambiguous', []]);
  });

  it('of a lookup is read no further than a lookup should go, but where it lists everyone by design', async () => {
    const { url, seen } = await pms(({ url: at }) => {
      const from = Number(new URL(at, 'http://x').searchParams.get('offset'));
      return { json: from < 50 ? [{ id: from, firstName: 'Ben', email: 'ben@example.com' }] : [] };
    });
    const find = [
      { needs: ['email'], method: 'GET', path: '/people', page: { size: 1 }, by: { email: 'email' } },
    ];
    const connection = await connected(manifest({}, { find }), { server: url });
    const fault = await faultOf(connection.connector.find('applicant', await desiredOf(connection)));
    expect([fault.kind, seen.length]).toEqual(['ambiguous', 21]);
    const content = manifest({}, { find }) as { capabilities: { find: string } };
    content.capabilities.find = 'scan';
    const scanning = await connected(content, { server: url });
    expect(await scanning.connector.find('applicant', await desiredOf(scanning))).toEqual([]);
    expect(seen).toHaveLength(21 + 51);
  });
});

describe('a lookup by our own id', () => {
  const find = [
    {
      needs: ['key'],
      method: 'GET',
      path: '/people',
      query: { externalId: '{key}' },
      by: { externalId: 'key' },
    },
    { needs: ['email'], method: 'GET', path: '/people', query: { email: '{email}' }, by: { email: 'email' } },
    { needs: ['phone'], method: 'GET', path: '/people', query: { phone: '{phone}' }, by: { email: 'email' } },
  ];
  const looking = async (people: object[]) => {
    const { url, seen } = await pms(({ url: at }) => ({
      json: people.filter((one) =>
        [...new URL(at, 'http://x').searchParams].every(
          ([name, value]) => one[name as keyof typeof one] === value,
        ),
      ),
    }));
    const connection = await connected(manifest({}, { find }), { server: url });
    const found = await connection.connector.find('applicant', await desiredOf(connection));
    return { found: found.map(({ id }) => id), asked: seen.map(({ url: at }) => at.slice(8, 12)) };
  };

  it('that hits is the end of it', async () => {
    expect(await looking([{ id: 1, externalId: 'bs-1', email: 'other@example.com' }])).toEqual({
      found: ['1'],
      asked: ['exte'],
    });
  });

  it('that finds nobody falls through to the next, which is the last', async () => {
    expect(await looking([{ id: 2, externalId: null, email: 'ana@example.com' }])).toEqual({
      found: ['2'],
      asked: ['exte', 'emai'],
    });
    expect(await looking([])).toEqual({ found: [], asked: ['exte', 'emai'] });
  });
});

describe('a PMS without a lookup', () => {
  const indexed = () => {
    const content = manifest(
      {},
      {
        find: [
          { needs: ['key'], by: { externalId: 'key' } },
          { needs: ['email'], by: { email: 'email' }, confirm: { firstName: 'firstName' } },
        ],
        changedSince: { method: 'GET', path: '/people', query: { from: '{since}' } },
      },
    ) as { capabilities: { find: string } };
    content.capabilities.find = 'index';
    return content;
  };

  it('lists what changed, and says what each is known by and who of them is meant', async () => {
    const { url, seen } = await pms(() => ({ json: PEOPLE.slice(0, 2) }));
    const connection = await connected(indexed(), { server: url });
    const desired = await desiredOf(connection);
    expect(await connection.connector.find('applicant', desired)).toEqual([]);
    const remotes = await all(connection.connector.changedSince?.('applicant', null));
    expect(seen.map(({ url: at }) => at)).toEqual(['/people?from=1970-01-01T00%3A00%3A00Z']);
    expect(connection.factsOf('applicant', remotes[0] as Remote)).toEqual({
      email: 'ana@example.com',
      phone: null,
      firstName: 'P0',
      lastName: null,
      key: null,
    });
    const ana: Remote = { id: '9', fields: { firstName: 'ANA', email: 'Ana@example.com', externalId: null } };
    const ours: Remote = { id: '8', fields: { firstName: 'A.', email: null, externalId: 'bs-1' } };
    expect(connection.among('applicant', [...remotes, ana], desired)).toEqual([ana]);
    expect(connection.among('applicant', [ana, ours], desired)).toEqual([ours]);
    expect(() => connection.among('applicant', remotes, desired)).toThrow('under another name');
    expect(connection.among('applicant', [], desired)).toEqual([]);
  });
});

describe('units', () => {
  it('are listed in the manifest’s words', async () => {
    const { url } = await pms(() => ({
      json: {
        rows: [
          { id: 10231, name: '4B', building: { name: 'Oak Street' } },
          { id: 'b', name: '4C' },
        ],
      },
    }));
    const units = {
      method: 'GET',
      path: '/units',
      records: 'rows',
      page: { size: 100 },
      id: 'id',
      title: 'name',
      property: 'building.name',
    };
    const { connector } = await connected(manifest({ units }), { server: url });
    const expected: RemoteUnit[] = [
      { id: '10231', title: '4B', property: 'Oak Street', address: null, externalId: null },
      { id: 'b', title: '4C', property: null, address: null, externalId: null },
    ];
    expect(await all(connector.units?.())).toEqual(expected);
  });

  it('are not offered where the manifest has no list of them', async () => {
    const { connector } = await connected(manifest());
    expect([connector.units, connector.changedSince]).toEqual([undefined, undefined]);
  });
});
