import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COLUMNS, ID } from '../../connectors/rent-roll/columns.ts';
import { packageRoot } from '../../src/config/home.ts';
import type { Connection, MappingScope } from '../../src/connect/connection.ts';
import { KINDS } from '../../src/connect/contract.ts';
import { loadConnections } from '../../src/connect/load.ts';
import { EMPTY_SCOPE, SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { LEASING, REPORTING } from '../../src/project/tenant.ts';
import { connectionConfig } from '../support/connection-config.ts';
import { temporaryFolder } from './rent-roll.ts';

const read = (...name: string[]) => readFileSync(path.join(packageRoot(), ...name), 'utf8');

async function connection(): Promise<Connection> {
  const config = connectionConfig({ name: 'rent-roll', connector: 'rent-roll', mode: null });
  const loaded = await loadConnections([config], { dataDir: temporaryFolder() });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const [only] = loaded.connections;
  if (only === undefined) throw new Error('no connection');
  return only;
}

const SCOPE: MappingScope = {
  ...SAMPLE_SCOPE,
  application: SAMPLE_SCOPE.application && { ...SAMPLE_SCOPE.application, mergedInto: null },
};

describe('the manifest of the rent roll', () => {
  it('maps every column, and nothing else', () => {
    const manifest = parse(read('connectors', 'rent-roll', 'manifest.yaml'));
    for (const kind of KINDS)
      expect(Object.keys(manifest.kinds[kind].fields).sort(), kind).toEqual(
        COLUMNS[kind].filter((column) => column !== ID).sort(),
      );
  });

  it('is live from the start', async () => {
    expect(await connection()).toMatchObject({ mode: 'live', connectorId: 'rent-roll', label: 'Rent roll' });
  });

  it('makes a resident’s row', async () => {
    expect(await (await connection()).desire('tenant', SCOPE)).toEqual({
      property: 'Oak Street',
      unit: '4B',
      address: '12 Oak Street, Chicago, IL 60601',
      unit_external_id: 'ext_1',
      first_name: 'Ana',
      last_name: 'Sample',
      email: 'ana@example.com',
      phone: '(312) 555-0123',
      status: 'resident',
      rent: '1450.00',
      currency: 'USD',
      move_in: '2026-12-01',
      since: '2026-12-01',
      rent_reporting: 'active',
      last_reported_month: '2026-12',
      boom_customer_id: 'customer_1',
      link: null,
    });
  });

  it('makes an applicant’s row', async () => {
    expect(await (await connection()).desire('applicant', SCOPE)).toEqual({
      property: 'Oak Street',
      unit: '4B',
      address: '12 Oak Street, Chicago, IL 60601',
      unit_external_id: 'ext_1',
      first_name: 'Ana',
      last_name: 'Sample',
      email: 'ana@example.com',
      phone: '(312) 555-0123',
      role: 'applicant',
      status: 'approved',
      decided_at: '2026-11-12T15:00:00Z',
      move_in: '2026-12-01',
      rent: '1450.00',
      currency: 'USD',
      application_id: 'application_1',
      merged_into: null,
      link: null,
    });
  });

  it.each(KINDS)('leaves empty what Boom leaves out (%s)', async (kind) => {
    const fields = await (await connection()).desire(kind, EMPTY_SCOPE);
    expect(Object.keys(fields).sort()).toEqual(COLUMNS[kind].filter((column) => column !== ID).sort());
    expect(Object.values(fields).every((value) => value === null)).toBe(true);
  });

  it('leaves empty what is null inside an application, a residency and an enrollment', async () => {
    const { application, residency, enrollment } = SCOPE;
    if (!application || !residency || !enrollment) throw new Error('the sample lacks a part');
    const scope: MappingScope = {
      ...SCOPE,
      application: {
        ...application,
        role: null,
        leasing: null,
        decidedAt: null,
        rent: { money: null, raw: '5' },
        moveInOn: null,
        id: null,
      },
      residency: { ...residency, since: null },
      enrollment: {
        ...enrollment,
        reporting: null,
        furnishments: [{ bureau: 'x', month: null, status: null }],
      },
    };
    const { desire } = await connection();
    expect(await desire('tenant', scope)).toMatchObject({
      rent: null,
      currency: null,
      move_in: null,
      since: null,
      rent_reporting: null,
      last_reported_month: null,
    });
    expect(await desire('applicant', scope)).toMatchObject({
      role: null,
      status: null,
      decided_at: null,
      application_id: null,
    });
  });

  it.each(LEASING)('writes the outcome %s as it is, and marks a co-signer', async (leasing) => {
    const application = SCOPE.application && { ...SCOPE.application, leasing, role: 'co_signer' };
    expect(await (await connection()).desire('applicant', { ...SCOPE, application })).toMatchObject({
      status: leasing.replaceAll('_', ' '),
      role: 'co-signer',
    });
  });

  it.each(REPORTING)('says of rent reporting that is %s whether, and never why not', async (reporting) => {
    const enrollment = SCOPE.enrollment && { ...SCOPE.enrollment, reporting };
    const expected =
      { approved: 'active', registered: 'pending', pending: 'pending' }[reporting as string] ?? 'not active';
    expect(await (await connection()).desire('tenant', { ...SCOPE, enrollment })).toMatchObject({
      rent_reporting: expected,
    });
  });

  it('holds back a decision that only a weak match ties to the person, and marks what it shows', async () => {
    const application = SCOPE.application && { ...SCOPE.application, weak: true };
    const enrollment = SCOPE.enrollment && { ...SCOPE.enrollment, weak: true };
    const { desire } = await connection();
    const weak: MappingScope = { ...SCOPE, application, enrollment };
    expect(await desire('applicant', weak)).toMatchObject({
      status: null,
      decided_at: null,
      link: 'to confirm',
    });
    expect(await desire('tenant', weak)).toMatchObject({ rent_reporting: 'active', link: 'to confirm' });
    const joined: MappingScope = { ...SCOPE, tenant: { ...SCOPE.tenant, weaklyJoined: true } };
    expect(await desire('tenant', joined)).toMatchObject({ link: 'to confirm', rent_reporting: 'active' });
  });

  it('names the latest month reported, and the phone as a spreadsheet takes it', async () => {
    const months = ['2026-11', '2027-01', null, '2026-12'];
    const furnishments = months.map((month) => ({ bureau: 'x', month, status: null }));
    const enrollment = SCOPE.enrollment && { ...SCOPE.enrollment, furnishments };
    const person = { ...SCOPE.person, phone: '+442079460000' };
    const connected = await connection();
    expect(await connected.desire('tenant', { ...SCOPE, enrollment, person })).toMatchObject({
      last_reported_month: '2027-01',
      phone: '+442079460000',
    });
    expect(connected.rules('tenant').same('phone', '+13125550123', '(312) 555-0123')).toBe(true);
    expect(connected.rules('tenant').same('rent', '1450.00', '$1,450')).toBe(true);
    expect(connected.rules('tenant').same('move_in', '2026-12-01', '12/1/2026')).toBe(true);
  });

  it('keeps to itself what may stand in no list', () => {
    const manifest = read('connectors', 'rent-roll', 'manifest.yaml');
    for (const part of [
      'reasons',
      'openIssues',
      'payments',
      'identityVerification',
      'boomPush',
      'timeline',
      'verifications',
      'furnishments.status',
    ])
      expect(manifest).not.toContain(part);
  });
});

describe('docs/connectors/rent-roll.md', () => {
  it.each(KINDS)('names every column, in order (%s)', (kind) => {
    const [, part = ''] = read('docs', 'connectors', 'rent-roll.md').split(
      kind === 'tenant' ? '## rent-roll.csv' : '## applicants.csv',
    );
    const table = part.split('\n## ')[0] ?? '';
    const named = [...table.matchAll(/^\| (`[^|]*`)\s*\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(named).toEqual(COLUMNS[kind]);
  });
});
