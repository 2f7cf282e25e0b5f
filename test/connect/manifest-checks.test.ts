import { describe, expect, it } from 'vitest';
import { faultsIn, manifest } from './own-connector.ts';

const DECISION = {
  statuses: ['Undecided', 'Approved', 3],
  read: { method: 'GET', path: '/people/{id}' },
  item: 'id',
  value: 'status',
  open: 'status = "Undecided"',
  locked: '$exists(lease)',
  set: { method: 'PUT', path: '/people/{id}', body: '{ "status": value }' },
};

const told = async (content: object) =>
  Object.fromEntries(
    (await faultsIn(content)).map(({ path, message, suggestion }) => [path, `${message} ${suggestion}`]),
  );

describe('a manifest', () => {
  it('without a fault has none', async () => {
    expect(
      await told(manifest({}, { decision: DECISION }, { status: { approved: 'Approved', declined: 3 } })),
    ).toEqual({});
  });

  it('with faults of every kind is told all of them at once, each with its line', async () => {
    const content = manifest(
      {
        servers: { production: 'https://{acount}.example.com' },
        credentials: {
          account: { label: 'the account', help: 'Yours.', secret: false },
          token: { label: 'the token', help: 'Yours.' },
        },
        auth: { headers: { Authorization: 'Bearer {tokn}' } },
        faults: [{ when: '$eval(error)', kind: 'invalid' }],
        units: { method: 'GET', path: '/units/{ids}', id: 'id(' },
      },
      {
        decision: DECISION,
        find: [
          { needs: ['email'], method: 'GET', path: '/people', by: { emial: 'email' }, apart: ['unitId'] },
        ],
        update: { method: 'PATCH', path: '/people/{id}', body: 'field', refuse: [] },
      },
      {
        status: { approved: 'Aproved', canceled: 'Gone' },
        fields: { email: { from: 'person.ssn' }, note: { from: 'tenant.timeline.event' } },
      },
    );
    const faults = await faultsIn(content);
    expect(faults.map(({ path }) => path).sort()).toEqual(
      [
        'auth.headers.Authorization',
        'credentials.token',
        'faults[0].when',
        'kinds.applicant.fields.email.from',
        'kinds.applicant.fields.note.from',
        'kinds.applicant.requests.find[0].apart[0]',
        'kinds.applicant.requests.find[0].by.emial',
        'kinds.applicant.requests.update.body',
        'kinds.applicant.status.approved',
        'kinds.applicant.status.canceled',
        'servers.production',
        'units.id',
        'units.path',
      ].sort(),
    );
    expect(faults.every(({ line, file }) => (line ?? 0) > 1 && file.endsWith('manifest.yaml'))).toBe(true);
    const words = Object.fromEntries(faults.map(({ path, suggestion }) => [path, suggestion]));
    expect(words['kinds.applicant.status.approved']).toBe('Did you mean `Approved`?');
    expect(words['kinds.applicant.status.canceled']).toBe('There are: Undecided, Approved, 3');
    expect(words['servers.production']).toBe('Did you mean `{account}`?');
  });

  it.each([
    ['a deletion', manifest({}, { update: { method: 'DELETE', path: '/people/{id}' } }), 'update.method'],
    [
      'a page without a size',
      manifest({}, { notes: { method: 'GET', path: '/n', text: 't', page: {} } }),
      'notes.page',
    ],
    ['a fault that fits everything', manifest({ faults: [{ kind: 'invalid' }] }), 'faults[0]'],
    [
      'words without a remedy',
      manifest({ faults: [{ status: [400], kind: 'invalid', message: 'No.' }] }),
      'faults[0]',
    ],
    [
      'a decision without its words',
      manifest({}, { decision: { ...DECISION, statuses: [] } }),
      'decision.statuses',
    ],
    ['a setting that there is not', manifest({ limit: 3 }), ''],
  ])('with %s is refused', async (_, content, path) => {
    const faults = await faultsIn(content);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path.endsWith(path)).toBe(true);
  });

  it.each(['__proto__.polluted', 'a.constructor', 'prototype'])(
    'with a field named %s is refused, to write and to read',
    async (name) => {
      const remote = { id: 'id', fields: { email: 'email', [name]: 'email' } };
      const fields = { email: { from: 'person.email' }, [name]: { from: 'person.email' } };
      const faults = await faultsIn(manifest({}, {}, { fields, remote }));
      expect(faults.map(({ message }) => message)).toEqual([
        'is no name that a field may have',
        'is no name that a field may have',
      ]);
    },
  );

  it('describes what its capabilities promise, kind by kind', async () => {
    const capabilities = {
      kinds: ['applicant'],
      update: 'merges',
      find: 'index',
      readBack: true,
      notes: 'staff',
      applicants: 'applied',
      unitId: 'unused',
    };
    const without = manifest({ capabilities }, { create: undefined, update: undefined });
    const missing = (await faultsIn(without)).map(({ message }) => /`(\w+)`/.exec(message)?.[1]);
    expect(missing).toEqual(['create', 'update', 'changedSince', 'notes', 'addNote']);
    const promising = { ...capabilities, notes: 'none', find: 'exact', creates: [], updates: [] };
    expect(
      await told(manifest({ capabilities: promising }, { create: undefined, update: undefined })),
    ).toEqual({});
  });

  it('that looks up without a request keeps an index', async () => {
    const find = [{ needs: ['email'], by: { email: 'email' } }];
    expect(Object.keys(await told(manifest({}, { find })))).toEqual(['kinds.applicant.requests.find[0]']);
  });
});
