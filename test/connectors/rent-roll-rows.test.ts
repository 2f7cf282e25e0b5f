import { describe, expect, it } from 'vitest';
import { connectorAt, filesIn, person, push, pushErrorOf, temporaryFolder } from './rent-roll.ts';

const ANA = {
  property: 'Oak Street',
  unit: '4B',
  first_name: 'Ana',
  last_name: 'Sample',
  status: 'resident',
};
const BEN = { ...ANA, unit: '10', first_name: 'Ben' };
const CLEO = { ...ANA, unit: '9', first_name: 'Cleo' };

async function withPeople(people: Record<string, Record<string, string>> = { t1: ANA, t2: BEN, t3: CLEO }) {
  const folder = temporaryFolder();
  const connector = connectorAt(folder);
  for (const [tenant, fields] of Object.entries(people)) await push(connector, 'tenant', tenant, fields);
  await connector.flush?.();
  const files = filesIn(folder);
  return { folder, connector, files, ids: () => files.rows().map((row) => row.boomsync_id) };
}

describe('rows', () => {
  it('begin in the order of property, unit and name, numbers as numbers', async () => {
    const { ids, files } = await withPeople();
    expect(ids()).toEqual(['t1/p1', 't3/p1', 't2/p1']);
    expect(files.json().map((row) => row.boomsync_id)).toEqual(ids());
  });

  it('stay in order when one is added or moves', async () => {
    const { connector, ids } = await withPeople();
    await push(connector, 'tenant', 't4', { ...ANA, unit: '9A' });
    await connector.update('tenant', 't1/p1', { unit: '11' }, {});
    await connector.flush?.();
    expect(ids()).toEqual(['t3/p1', 't4/p1', 't2/p1', 't1/p1']);
  });

  it('keep the order that somebody gave them by hand; new ones come last', async () => {
    const { connector, files, ids } = await withPeople();
    files.edit((text) => {
      const [header = '', ...rows] = text.trimEnd().split('\n');
      return `${[header, ...rows.reverse()].join('\n')}\n`;
    });
    await push(connector, 'tenant', 't5', { ...ANA, unit: '2' });
    await push(connector, 'tenant', 't4', { ...ANA, unit: '1' });
    await connector.flush?.();
    expect(ids()).toEqual(['t2/p1', 't3/p1', 't1/p1', 't4/p1', 't5/p1']);
  });

  it('are not given to somebody else to whom a restored database gave the same id', async () => {
    const { connector, files } = await withPeople({ t1: ANA });
    const iris = { ...person('t1'), fields: { ...ANA, first_name: 'Iris', unit: '2C' } };
    expect(await connector.find('tenant', iris)).toEqual([]);
    const { id } = await connector.create('tenant', iris.fields, 'key', iris);
    expect(id).not.toBe('t1/p1');
    await connector.flush?.();
    expect(files.rows().map((row) => row.first_name)).toEqual(['Iris', 'Ana']);
    expect((await connector.find('tenant', iris)).map((row) => row.id)).toEqual([id]);
  });

  it('are one for every unit of a person', async () => {
    const { connector, ids } = await withPeople({ t1: ANA });
    await connector.create('tenant', { ...ANA, unit: '5' }, 'key', person('t1', 'p2'));
    await connector.flush?.();
    expect(ids()).toEqual(['t1/p1', 't1/p2']);
  });

  it('are found by tenant and unit only', async () => {
    const { connector } = await withPeople({ t1: ANA });
    expect(await connector.find('tenant', person('t1'))).toMatchObject([{ id: 't1/p1' }]);
    expect(await connector.find('tenant', person('t1', 'p2'))).toEqual([]);
    expect(await connector.find('applicant', person('t1'))).toEqual([]);
  });

  it('leave the rent roll when somebody is no resident any more, and are known still', async () => {
    const { folder, connector, files, ids } = await withPeople();
    await connector.update('tenant', 't3/p1', { status: 'moved_out' }, {});
    await connector.flush?.();
    expect(ids()).toEqual(['t1/p1', 't2/p1']);
    expect(files.json()).toHaveLength(2);
    const later = connectorAt(folder);
    expect(await later.read('tenant', 't3/p1')).toMatchObject({
      fields: { status: 'moved_out', first_name: 'Cleo' },
    });
    await later.update('tenant', 't3/p1', { status: 'resident' }, {});
    await later.flush?.();
    expect(ids()).toEqual(['t1/p1', 't3/p1', 't2/p1']);
  });

  it('of applicants stay, whatever became of them', async () => {
    const folder = temporaryFolder();
    const connector = connectorAt(folder);
    for (const status of ['declined', 'canceled', 'merged', 'approved with conditions'])
      await push(connector, 'applicant', status, { status, role: 'co-signer' });
    await connector.flush?.();
    expect(filesIn(folder).rows('applicants.csv')).toHaveLength(4);
  });

  it('go where they stand for nobody any more', async () => {
    const { folder, connector, ids } = await withPeople();
    await connector.retire?.('tenant', 't1/p1');
    expect(await connector.read('tenant', 't1/p1')).toBeNull();
    await connector.flush?.();
    expect(ids()).toEqual(['t3/p1', 't2/p1']);
    expect(await connectorAt(folder).read('tenant', 't1/p1')).toBeNull();
    await connectorAt(folder).flush?.();
    expect(ids()).toEqual(['t3/p1', 't2/p1']);
  });

  it('cannot be changed where there are none', async () => {
    const { connector } = await withPeople({});
    expect(await pushErrorOf(connector.update('tenant', 't9/p1', { unit: '1' }, {}))).toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('edits by hand', () => {
  it('in a column and a row of one’s own survive', async () => {
    const { connector, files } = await withPeople({ t1: ANA });
    files.edit((text) =>
      text
        .replace('boomsync_id,', 'Parking,boomsync_id,')
        .replace('\nt1', '\nLot 7 =A1,t1')
        .concat('=SUM(B2:B9),,Oak Street,9,,,Landlord’s own,,,,resident\n'),
    );
    await connector.update('tenant', 't1/p1', { rent: '1900.00' }, {});
    await push(connector, 'tenant', 't2', BEN);
    await connector.flush?.();
    expect(files.rows()).toMatchObject([
      { Parking: 'Lot 7 =A1', boomsync_id: 't1/p1', rent: '1900.00' },
      { Parking: '=SUM(B2:B9)', boomsync_id: '', first_name: 'Landlord’s own' },
      { Parking: '', boomsync_id: 't2/p1' },
    ]);
    expect(files.text().replace('\ufeff', '').startsWith('Parking,boomsync_id,property')).toBe(true);
    expect(files.json().map((row) => row.boomsync_id)).toEqual(['t1/p1', 't2/p1']);
    expect(files.json()[0]).not.toHaveProperty('Parking');
  });

  it('in a column of ours are shown, for the engine to decide', async () => {
    const { connector, files } = await withPeople({ t1: ANA });
    files.edit((text) => text.replace('Sample', 'Ruiz'));
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({ fields: { last_name: 'Ruiz' } });
    await connector.update('tenant', 't1/p1', { rent: '1900.00' }, {});
    await connector.flush?.();
    expect(files.rows()).toMatchObject([{ last_name: 'Ruiz', rent: '1900.00' }]);
    expect(files.json()).toMatchObject([{ last_name: 'Ruiz' }]);
  });

  it('that are saved in the middle of a pass are not lost', async () => {
    const { connector, files } = await withPeople({ t1: ANA });
    await connector.update('tenant', 't1/p1', { rent: '1900.00' }, {});
    files.edit((text) => text.replace('Ana', 'Anna'));
    await connector.flush?.();
    expect(files.rows()).toMatchObject([{ first_name: 'Anna', rent: '1900.00' }]);
  });

  it('take no column of ours away: it comes last', async () => {
    const { connector, files } = await withPeople({ t1: ANA });
    files.write('unit,boomsync_id,Mine\n4B,t1/p1,x\n');
    await connector.update('tenant', 't1/p1', { ...ANA, rent: '1900.00' }, {});
    await connector.flush?.();
    expect(files.rows()).toMatchObject([{ unit: '4B', Mine: 'x', rent: '1900.00', status: 'resident' }]);
    expect(files.text().startsWith('unit,boomsync_id,Mine,property,address,')).toBe(true);
  });

  it('may leave cells beyond the header, and rows that are too short', async () => {
    const { connector, files } = await withPeople({ t1: ANA });
    files.write('boomsync_id,status\nt1/p1,resident,beyond\nt2/p1\n');
    await connector.update('tenant', 't1/p1', { rent: '1.00' }, {});
    await connector.flush?.();
    expect(files.text()).toMatch(/^boomsync_id,status,,property,/);
    expect(files.text()).toMatch(/\nt1\/p1,resident,beyond,/);
    expect(files.rows()).toMatchObject([{ rent: '1.00' }]);
  });
});

describe('what a spreadsheet saves', () => {
  it.each([
    ['a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['Windows line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['semicolons', (text: string) => Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', (text: string) => Buffer.from(text.replaceAll(',', '\t'))],
    ['every cell in quotes', (text: string) => Buffer.from(text.replace(/[^,\n\ufeff]+/g, '"$&"'))],
    ['the code page of Windows', (text: string) => Buffer.from(text.replace('\ufeff', ''), 'latin1')],
    ['empty lines', (text: string) => Buffer.from(text.replace('\n', '\n\n,,,\n'))],
  ])('is read, with %s', async (_, saved) => {
    const { folder, files } = await withPeople({ t1: { ...ANA, last_name: 'Muñoz' } });
    files.write(saved(files.text()));
    const connector = connectorAt(folder);
    expect(await connector.read('tenant', 't1/p1')).toMatchObject({
      fields: { first_name: 'Ana', last_name: 'Muñoz', status: 'resident' },
    });
    await connector.update('tenant', 't1/p1', { unit: '4C' }, {});
    await connector.flush?.();
    expect(files.rows()).toMatchObject([{ unit: '4C', last_name: 'Muñoz' }]);
  });

  it('gets the mark that Excel needs, only where there is an accent', async () => {
    const { connector, files } = await withPeople({ t1: ANA });
    expect(files.text().startsWith('boomsync_id,')).toBe(true);
    await connector.update('tenant', 't1/p1', { last_name: 'Muñoz' }, {});
    await connector.flush?.();
    expect(files.text().startsWith('\ufeffboomsync_id,')).toBe(true);
  });
});

describe('formulas', () => {
  it.each([
    '=1+1',
    '+44 20 7946 0000',
    '-1',
    '@x',
    '\t=1',
    '\r=1',
    '\uff1d1',
    "'=1",
    'a;=1',
    'a\n=1',
    'say "x", y',
  ])('in a name (%j) are text in the file, and themselves to the engine', async (name) => {
    const { folder, files } = await withPeople({ t1: { ...ANA, first_name: name } });
    expect(files.rows()[0]?.first_name).not.toMatch(/(^|[;\t\r\n])\s*[=+\-@\uff1d]/);
    expect(files.json()[0]?.first_name).toBe(name);
    expect(await connectorAt(folder).read('tenant', 't1/p1')).toMatchObject({ fields: { first_name: name } });
    const before = files.text();
    const again = connectorAt(folder);
    await push(again, 'tenant', 't1', { first_name: name });
    await again.flush?.();
    expect(files.text()).toBe(before);
  });
});
