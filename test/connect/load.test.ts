import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeFactory } from '../../src/conform/fake.ts';
import { loadConnections } from '../../src/connect/load.ts';
import { SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { SHIPPED, shippedManifest } from './shipped.ts';
import { configOf, connectionOf, faultsOf, scopeOf } from './support.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'boomsync-load-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

/** A landlord's file, so that faults have lines. */
function file(text: string): string {
  const name = join(dir, 'oak-street.yaml');
  writeFileSync(name, text);
  return name;
}

/** A connector of the package with its manifest changed. */
function changedManifest(id: string, change: (text: string) => string): string {
  const connectors = join(dir, 'connectors');
  mkdirSync(join(connectors, id), { recursive: true });
  const source = new URL(`../../connectors/${id}/`, import.meta.url);
  cpSync(source, join(connectors, id), { recursive: true });
  const manifest = join(connectors, id, 'manifest.yaml');
  writeFileSync(manifest, change(readFileSync(manifest, 'utf8')));
  return connectors;
}

describe('a connection', () => {
  it('of a real PMS starts in preview until the landlord says live; a local one is live', async () => {
    expect((await connectionOf({ mode: null })).mode).toBe('preview');
    expect((await connectionOf({ mode: 'live' })).mode).toBe('live');
    const local = await connectionOf({ connector: 'rent-roll', credentials: {}, mode: null });
    expect([local.mode, local.capabilities.local]).toEqual(['live', true]);
  });

  it('has what the manifest says, and the landlord’s word above it', async () => {
    const connection = await connectionOf({
      units: { 'Oak Street / 4B': '10231' },
      fields: {
        Email: { owner: 'pms' },
        LastName: { off: true },
        FirstName: { from: '$uppercase(person.firstName)' },
      },
    });
    expect(connection).toMatchObject({ name: 'oak-street', connectorId: 'buildium', label: 'Buildium' });
    expect(connection.rules('applicant').owner('Email')).toBe('pms');
    expect(connection.rules('applicant').owner('FirstName')).toBe('ask');
    expect(connection.rules('applicant').owner('Unknown')).toBe('ask');
    expect(connection.unitIdOf(SAMPLE_SCOPE.unit)).toBe('10231');
    const desired = await connection.desire('applicant', scopeOf());
    expect(desired.FirstName).toBe('ANA');
    expect('LastName' in desired).toBe(false);
    expect(await connection.desire('tenant', scopeOf())).toEqual({});
  });

  it.each([
    [null, true],
    ['unit.property = "Oak Street"', true],
    ['unit.property = "Elm Street"', false],
    ['unit.externalId', true],
    ['tenant.ids.customer', true],
    ['application.mergedInto = "x"', false],
  ])('with `takes: %s` takes the sample: %s', async (takes, taken) => {
    const connection = await connectionOf({ takes });
    expect(await connection.takes(scopeOf())).toBe(taken);
    if (takes !== null)
      expect(
        await connection.takes(
          scopeOf({
            unit: null,
            tenant: {
              ...SAMPLE_SCOPE.tenant,
              ids: { applicant: [], lead: [], customer: [], enrollment: [], external: [] },
            },
          }),
        ),
      ).toBe(false);
  });

  it('has a revision that changes with config and units, and not with a key or the file’s place', async () => {
    const revision = async (own: Parameters<typeof configOf>[0]) => (await connectionOf(own)).revision;
    const base = await revision({});
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    expect(await revision({ credentials: { clientId: 'other', clientSecret: 'rotated' } })).toBe(base);
    expect(await revision({ file: '/elsewhere/oak-street.yaml' })).toBe(base);
    const changed = [
      await revision({ mode: 'preview' }),
      await revision({ units: { 'Oak / 1': '1' } }),
      await revision({ takes: 'unit.title = "4B"' }),
      await revision({ fields: { Email: { owner: 'pms' } } }),
      await revision({ create: 'never' }),
    ];
    expect(new Set([base, ...changed]).size).toBe(6);
    const units = { a: '1', b: '2' };
    expect(await revision({ units })).toBe(await revision({ units: { b: '2', a: '1' } }));
  });

  it('has another revision when its manifest changes', async () => {
    const connectorsDir = changedManifest('buildium', (text) =>
      text.replace('maxLength: 20', 'maxLength: 19'),
    );
    expect((await connectionOf({}, { connectorsDir })).revision).not.toBe((await connectionOf({})).revision);
  });
});

describe('a faulty file of a connection', () => {
  it('is told all its faults at once, with file, line and remedy', async () => {
    const text = [
      'connector: buildium',
      'server: sandbx',
      'takes: unit.proprety = "Oak"',
      'create: tenant',
      'credentials:',
      '  clientid: x',
      '  clientSecret: y',
      'units:',
      '  Oak / 4B: twelve',
      'fields:',
      '  Emial: { owner: pms }',
      '  Email: { from: $eval(person.email) }',
    ].join('\n');
    const faults = await faultsOf({
      file: file(text),
      server: 'sandbx',
      takes: 'unit.proprety = "Oak"',
      create: 'tenant',
      credentials: { clientid: 'x', clientSecret: 'y' },
      units: { 'Oak / 4B': 'twelve' },
      fields: { Emial: { owner: 'pms' }, Email: { from: '$eval(person.email)' } },
    });
    const told = Object.fromEntries(faults.map(({ path, ...rest }) => [path, rest]));
    expect(told).toMatchObject({
      server: { line: 2, suggestion: 'Did you mean `sandbox`?' },
      takes: { line: 3, message: expect.stringContaining('did you mean `property`?') },
      create: { line: 4, suggestion: 'Write `create: applicant`, or `never`' },
      'credentials.clientid': { line: 6, suggestion: 'Did you mean `clientId`?' },
      'credentials.clientId': {
        message: expect.stringContaining('missing; expected the API key’s client ID'.replace('’', "'")),
      },
      'units["Oak / 4B"]': { line: 9, message: expect.stringContaining('numbers') },
      'fields.Emial': { line: 11, suggestion: 'Did you mean `Email`?' },
      'fields.Email.from': { line: 12, message: expect.stringContaining('$eval') },
    });
    expect(faults).toHaveLength(8);
    expect(faults.every((fault) => fault.file.endsWith('oak-street.yaml'))).toBe(true);
  });

  it('does not hide the faults of the next', async () => {
    const loaded = await loadConnections(
      [configOf({ connector: 'bildium' }), configOf({ name: 'elm', credentials: {} })],
      { dataDir: dir },
    );
    if (loaded.ok) throw new Error('it should have faults');
    expect(loaded.faults.map(({ path, suggestion }) => [path, suggestion?.slice(0, 22)])).toEqual([
      ['connector', 'Did you mean `buildium'],
      ['credentials.clientId', 'In Buildium: Settings,'],
      ['credentials.clientSecret', 'Buildium shows it once'],
    ]);
  });

  it('never shows a secret', async () => {
    const secret = 'sk_live\n_verysecret';
    const faults = await faultsOf({ credentials: { clientId: 'x', clientSecret: secret, other: secret } });
    expect(faults.map(({ path }) => path).sort()).toEqual(['credentials.clientSecret', 'credentials.other']);
    expect(JSON.stringify(faults)).not.toContain('verysecret');
  });

  it.each([
    ['http://pms.example.com', 'unencrypted'],
    ['https://169.254.169.254', 'link-local'],
    ['https://user:secret@pms.example.com', 'user or password'],
    ['ftp://pms.example.com', 'expected one of production, sandbox, or an address'],
    ['produktion', 'expected one of production, sandbox, or an address'],
  ])('with the address %s is refused', async (server, why) => {
    const faults = await faultsOf({ server });
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(why);
  });

  it.each(['production', 'sandbox', 'https://api.example.com', 'http://127.0.0.1:9', 'http://localhost:9'])(
    'with the address %s is right',
    async (server) => {
      expect(await faultsOf({ server })).toEqual([]);
    },
  );

  it('with one unit under two ids is refused', async () => {
    const faults = await faultsOf({ units: { 'Oak / 4B': '1', 'oak/4b': '2' } });
    expect(faults.map(({ message }) => message)).toEqual(['this unit stands here twice, with two ids']);
  });
});

describe('a faulty manifest', () => {
  it('is told with its line', async () => {
    const connectorsDir = changedManifest('buildium', (text) =>
      text
        .replace('from: person.firstName', 'from: person.fristName')
        .replace('"{clientSecret}"', '"{clientSecrt}"')
        .replace('path: /v1/applicants/{id}\n      create', 'path: /v1/applicants/{ids}\n      create')
        .replace('text: Note', 'text: $eval(Note)'),
    );
    const lines = readFileSync(join(connectorsDir, 'buildium', 'manifest.yaml'), 'utf8').split('\n');
    const faults = await faultsOf({}, { connectorsDir });
    expect(faults.map(({ path }) => path)).toEqual([
      'auth.headers.x-buildium-client-secret',
      'kinds.applicant.fields.FirstName.from',
      'kinds.applicant.requests.read.path',
      'kinds.applicant.requests.notes.text',
    ]);
    for (const { line, path } of faults)
      expect(lines[(line ?? 0) - 1]).toContain(
        path.split('.').at(-2) === 'FirstName' ? 'FirstName' : (path.split('.').at(-1) ?? ''),
      );
  });

  it('with a setting that does not exist is told so', async () => {
    const connectorsDir = changedManifest('buildium', (text) =>
      text.replace('readBack: true', 'readback: true'),
    );
    const faults = await faultsOf({}, { connectorsDir });
    expect(faults.map(({ suggestion }) => suggestion)).toContain('Did you mean `readBack`?');
  });

  it('that promises more than it describes is told so', async () => {
    const connectorsDir = changedManifest('buildium', (text) => text.replace(/ {6}addNote:\n(.*\n){3}/, ''));
    const faults = await faultsOf({}, { connectorsDir });
    expect(faults.map(({ message }) => message)).toEqual([
      '`addNote` is missing, which the capabilities promise',
    ]);
  });
});

describe('the package', () => {
  it.each(SHIPPED)('ships a manifest of %s without a fault', async (connector) => {
    const { default: makeFake }: { default: FakeFactory } = await import(
      `../../connectors/${connector}/fake.ts`
    );
    const { credentials } = makeFake(() => new Date(), dir);
    const { servers, capabilities } = shippedManifest(connector);
    const addressed = capabilities.local || capabilities.byHand || Object.keys(servers).length > 0;
    const server = addressed ? null : 'https://example.com/pms';
    const create = capabilities.creates.length === 0 ? 'never' : 'applicant';
    expect(await faultsOf({ connector, credentials, server, create })).toEqual([]);
  });
});
