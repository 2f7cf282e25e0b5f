import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  ANA,
  connectorAt,
  filesIn,
  person,
  push,
  pushErrorOf,
  temporaryFolder,
  withAna,
} from './rent-roll.ts';

// What the connector asks of the system is counted, and may be made to fail; it is done all the same.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const watched = { ...real, rename: vi.fn(real.rename) };
  return { ...watched, default: watched };
});

function failing(code: string) {
  return Object.assign(new Error(`${code}: /a/path/of/theirs`), { code });
}

describe('a failure', () => {
  it.each([
    ['ENOSPC', 'rent-roll.csv could not be written or read: there is no space left.'],
    [
      'EBUSY',
      'rent-roll.csv could not be written or read: it is open in another program, or may not be touched.',
    ],
    ['EIO', 'rent-roll.csv could not be written or read: the system answered EIO.'],
  ])(
    'of the disk (%s) leaves the old file, forgets the changes and concerns the connection',
    async (code, message) => {
      const { connector, files } = await withAna();
      const before = files.text();
      await connector.update('tenant', 't1/p1', { rent: '2000.00' }, {});
      vi.mocked(fs.rename).mockImplementation(async (_from, to) => {
        if (String(to).endsWith('rent-roll.csv')) throw failing(code);
      });
      const error = await pushErrorOf(Promise.resolve(connector.flush?.()));
      vi.mocked(fs.rename).mockReset();
      vi.mocked(fs.rename).mockImplementation((await vi.importActual<typeof fs>('node:fs/promises')).rename);
      expect(error).toMatchObject({ kind: 'transient', message, concernsConnection: true });
      expect(`${error.message}${error.remedy}`).not.toContain('/a/path');
      expect(files.text()).toBe(before);
      expect(files.names()).not.toContain('.rent-roll.csv.tmp');
      expect(await connector.read('tenant', 't1/p1')).toMatchObject({ fields: { rent: '1850.00' } });
    },
  );

  it('between the temporary file and its renaming leaves the old file, and the next pass is not disturbed', async () => {
    const { folder, files } = await withAna();
    const before = files.text();
    files.write('boomsync_id,half a fi', '.rent-roll.csv.tmp');
    chmodSync(files.path('.rent-roll.csv.tmp'), 0o666);
    const connector = connectorAt(folder);
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({ fields: { rent: '1850.00' } });
    expect(files.text()).toBe(before);
    await connector.update('tenant', 't1/p1', { rent: '2000.00' }, {});
    await connector.flush?.();
    expect(files.rows()).toMatchObject([{ rent: '2000.00' }]);
    expect(files.names()).not.toContain('.rent-roll.csv.tmp');
    expect(statSync(files.path('rent-roll.csv')).mode & 0o777).toBe(0o600);
  });

  it('does not write where a link in the way of the temporary file points', async () => {
    const { connector, files } = await withAna();
    const victim = path.join(temporaryFolder(), 'victim');
    writeFileSync(victim, 'theirs');
    symlinkSync(victim, files.path('.rent-roll.csv.tmp'));
    await connector.update('tenant', 't1/p1', { rent: '2000.00' }, {});
    await connector.flush?.();
    expect(readFileSync(victim, 'utf8')).toBe('theirs');
    expect(files.rows()).toMatchObject([{ rent: '2000.00' }]);
  });

  it('after the rows were kept and before the file was written loses nobody', async () => {
    const { folder, connector, files } = await withAna();
    const before = files.text();
    await push(connector, 'tenant', 't2', { ...ANA, unit: '5' });
    await connector.flush?.();
    files.write(before);
    expect(await connectorAt(folder).find('tenant', person('t2'))).toMatchObject([{ id: 't2/p1' }]);
  });
});

describe('a file that cannot be used', () => {
  it.each([
    [
      'an unclosed quotation mark',
      (text: string) => `${text}"t2/p1,Oak\n`,
      'a quotation mark is not closed (at or before line 3)',
    ],
    [
      'no column boomsync_id',
      (text: string) => text.replace('boomsync_id', 'id'),
      'its first line names no column boomsync_id',
    ],
    ['nothing', () => '', 'it is empty'],
    ['something else', () => 'PK\u0003\u0004\u0000\u0000', 'it is not a CSV file'],
    [
      'a row twice',
      (text: string) => `${text}${text.split('\n')[1]}\n`,
      'row 3 has the boomsync_id of a row above it',
    ],
  ])('because of %s stays as it is and holds the connection up', async (_, change, what) => {
    const { connector, files } = await withAna();
    files.edit(change);
    const broken = files.text();
    const error = await pushErrorOf(connector.read('tenant', 't1/p1'));
    expect(error).toMatchObject({
      kind: 'conflict',
      message: `rent-roll.csv cannot be used: ${what}.`,
      concernsConnection: true,
    });
    expect(error.remedy).toContain('Correct rent-roll.csv where it lies, or move it elsewhere');
    await pushErrorOf(Promise.resolve(connector.check()));
    await pushErrorOf(Promise.resolve(connector.flush?.()));
    expect(files.text()).toBe(broken);
  });

  it('is used again when it has been corrected', async () => {
    const { connector, files } = await withAna();
    const good = files.text();
    files.edit((text) => `${text}"`);
    await pushErrorOf(connector.read('tenant', 't1/p1'));
    files.write(good);
    expect(await connector.check()).toEqual({ name: null });
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({ fields: ANA });
  });

  it('becomes so in the middle of a pass: nothing of that pass is kept', async () => {
    const { connector, files } = await withAna();
    await connector.update('tenant', 't1/p1', { rent: '2000.00' }, {});
    files.edit((text) => `${text}"`);
    await pushErrorOf(Promise.resolve(connector.flush?.()));
    files.edit((text) => text.slice(0, -1));
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({ fields: { rent: '1850.00' } });
  });

  it('is also a folder of that name', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'rent-roll.csv'));
    expect(await pushErrorOf(connectorAt(folder).check())).toMatchObject({
      kind: 'transient',
      concernsConnection: true,
    });
  });

  it.skipIf(process.getuid?.() === 0)('is one that may not be read', async () => {
    const { connector, files } = await withAna();
    chmodSync(files.path('rent-roll.csv'), 0o000);
    expect(await pushErrorOf(connector.read('tenant', 't1/p1'))).toMatchObject({ kind: 'transient' });
  });
});

describe('what is missing', () => {
  it('comes back when the file was deleted', async () => {
    const { connector, files } = await withAna();
    const before = files.text();
    rmSync(files.path('rent-roll.csv'));
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({ fields: ANA });
    await connector.flush?.();
    expect(files.text()).toBe(before);
  });

  it('comes back when everything but the kept rows was deleted, in a new process too', async () => {
    const { folder, files } = await withAna();
    const before = [files.text(), files.text('rent-roll.json')];
    for (const name of files.names()) if (!name.includes('.kept.')) rmSync(files.path(name));
    await connectorAt(folder).flush?.();
    expect([files.text(), files.text('rent-roll.json')]).toEqual(before);
  });

  it('comes back when rows were lost', async () => {
    const { connector, files } = await withAna();
    await push(connector, 'tenant', 't2', { ...ANA, unit: '5' });
    await connector.flush?.();
    const before = files.text();
    files.edit((text) => text.split('\n').slice(0, 2).join('\n'));
    await connector.flush?.();
    expect(files.text()).toBe(before);
  });

  it('is nothing but the JSON file: it is made anew', async () => {
    const { connector, files } = await withAna();
    rmSync(files.path('rent-roll.json'));
    await connector.flush?.();
    expect(files.json()).toHaveLength(1);
  });

  it('is nothing when only the kept rows are lost or garbled', async () => {
    const { folder, files } = await withAna();
    files.write('{"t9', '.rent-roll.kept.json');
    const connector = connectorAt(folder);
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({ fields: ANA });
    await connector.flush?.();
    expect(Object.keys(JSON.parse(files.text('.rent-roll.kept.json')))).toEqual(['t1/p1']);
  });

  it('leaves check without a trace', async () => {
    const folder = temporaryFolder();
    expect(await connectorAt(folder).check()).toEqual({ name: null });
    expect(filesIn(folder).names()).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });
});
