import { statSync, utimesSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ANA, connectorAt, filesIn, push, temporaryFolder, withAna } from './rent-roll.ts';

// What the connector asks of the system is counted, and may be made to fail; it is done all the same.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const watched = { ...real, rename: vi.fn(real.rename), readFile: vi.fn(real.readFile) };
  return { ...watched, default: watched };
});

describe('a pass', () => {
  it('writes nothing before it ends', async () => {
    const folder = temporaryFolder();
    const connector = connectorAt(folder);
    await push(connector, 'tenant', 't1', ANA);
    expect(filesIn(folder).names()).toEqual([]);
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({ id: 't1/p1', fields: ANA });
  });

  it('makes both files, in CSV and JSON, for their owner alone', async () => {
    const { files } = await withAna();
    expect(files.names()).toEqual([
      '.applicants.kept.json',
      '.rent-roll.kept.json',
      'applicants.csv',
      'applicants.json',
      'rent-roll.csv',
      'rent-roll.json',
    ]);
    for (const name of files.names()) expect(statSync(files.path(name)).mode & 0o777).toBe(0o600);
    expect(files.rows()).toMatchObject([{ boomsync_id: 't1/p1', ...ANA, email: '' }]);
    expect(files.json()).toMatchObject([{ boomsync_id: 't1/p1', ...ANA, email: null }]);
    expect(files.rows('applicants.csv')).toEqual([]);
  });

  it('reads and writes a file once for 1,000 tenants', async () => {
    const { folder, connector, files } = await withAna();
    vi.mocked(fs.rename).mockClear();
    vi.mocked(fs.readFile).mockClear();
    const started = performance.now();
    for (let number = 1; number <= 1000; number += 1)
      await push(connector, 'tenant', `t${number}`, { ...ANA, unit: String(number) });
    await connector.flush?.();
    expect(performance.now() - started).toBeLessThan(5000);
    const times = (calls: unknown[][], file: string, argument: number) =>
      calls.filter((call) => call[argument] === path.join(folder, file)).length;
    expect(times(vi.mocked(fs.rename).mock.calls, 'rent-roll.csv', 1)).toBe(1);
    expect(times(vi.mocked(fs.readFile).mock.calls, 'rent-roll.csv', 0)).toBe(1);
    expect(vi.mocked(fs.rename).mock.calls.map(([, to]) => path.basename(String(to)))).toEqual([
      '.rent-roll.kept.json',
      'rent-roll.csv',
      'rent-roll.json',
    ]);
    expect(files.rows()).toHaveLength(1000);
  });

  it('writes nothing where nothing has changed', async () => {
    const { folder, connector, files } = await withAna();
    const past = new Date('2020-01-01');
    for (const name of files.names()) utimesSync(files.path(name), past, past);
    await connector.flush?.();
    await push(connector, 'tenant', 't1', ANA);
    await connector.flush?.();
    await connectorAt(folder).flush?.();
    for (const name of files.names()) expect(statSync(files.path(name)).mtime, name).toEqual(past);
  });

  it('writes the same twice', async () => {
    const { connector, files } = await withAna();
    const before = files.text();
    await connector.update('tenant', 't1/p1', { rent: '1900.00' }, {});
    await connector.update('tenant', 't1/p1', { rent: '1850.00' }, {});
    await connector.flush?.();
    expect(files.text()).toBe(before);
  });

  it('keeps apart what two tenants of one moment are given', async () => {
    const { connector, files } = await withAna();
    await Promise.all([
      connector.update('tenant', 't1/p1', { rent: '1900.00' }, {}),
      push(connector, 'tenant', 't2', { ...ANA, unit: '5' }),
      connector.update('tenant', 't1/p1', { email: 'ana@example.com' }, {}),
    ]);
    await Promise.all([connector.flush?.(), connector.flush?.()]);
    expect(files.rows()).toMatchObject([
      { rent: '1900.00', email: 'ana@example.com' },
      { boomsync_id: 't2/p1', rent: '1850.00' },
    ]);
  });

  it('puts a second connection into a folder of its own', async () => {
    const folder = temporaryFolder();
    const connector = connectorAt(folder, 'oak');
    await push(connector, 'applicant', 't1', { first_name: 'Ana' });
    await connector.flush?.();
    expect(filesIn(folder).names()).toEqual(['oak']);
    expect(statSync(path.join(folder, 'oak')).mode & 0o777).toBe(0o700);
    expect(filesIn(path.join(folder, 'oak')).rows('applicants.csv')).toHaveLength(1);
  });
});
