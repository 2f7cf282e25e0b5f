import { describe, expect, it } from 'vitest';
import type { UnitReport } from '../../src/operate/units.ts';
import { ana, ben } from '../support/oak.ts';
import { type Home, makeHome, type RunningServer } from '../support/process.ts';

const MANIFEST = `contract: 1
id: little
label: Little PMS
capabilities:
  kinds: [applicant]
  update: merges
  find: exact
  readBack: true
  notes: none
  applicants: applied
  unitId: required
servers: { production: "https://little.example.com" }
limits: { concurrency: 1 }
kinds:
  applicant:
    fields:
      name: { from: person.lastName }
      unit: { from: unitId }
`;
/** A PMS of which only the units are there. */
const CODE = `const nothing = async () => { throw new Error('unused'); };
export default () => ({
  check: async () => ({ name: null }), find: async () => [], read: async () => null, create: nothing, update: nothing,
  async *units() {
    const unit = (id, title, property) => ({ id, title, property, address: null, externalId: null });
    yield unit('10231', 'Apt 4-B', 'Oak Street');
    yield unit('10232', '4C', 'Oak Street West');
    yield unit('10233', '4C', 'Oak Street East');
  },
});
`;
const FILE = 'config/connections/little.yaml';

const OAK = { property: { name: 'Oak Street' } };
const inOakStreet = [
  { ...ana, ...OAK },
  { ...ben, ...OAK },
];

async function withUnits(): Promise<{ home: Home; server: RunningServer }> {
  const home = makeHome();
  home.write('config/little/manifest.yaml', MANIFEST);
  home.write('config/little/connector.mjs', CODE);
  home.write(FILE, '# mine\nconnector: ./little # a small one\nmode: preview\n');
  const server = await home.start();
  for (const body of inOakStreet) await home.post(server, body);
  await home.run('retry');
  return { home, server };
}

describe('units', () => {
  it('lists what fits, what may fit, and writes nothing by itself', async () => {
    const { home } = await withUnits();
    const shown = await home.run('units', 'little');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('Little PMS lists 3 units; the people on record name 2.');
    expect(shown.stdout).toMatch(/Oak Street \/ 4B +10231 +Oak Street \/ Apt 4-B +fits: title/);
    expect(shown.stdout).toMatch(/Oak Street \/ 4C +10232 .*perhaps: title; or 10233/);
    expect(shown.stdout).toContain('boomsync units little --write');
    expect(home.read(FILE)).not.toContain('units:');
    const { ours } = (await home.run('units', 'little', '--json')).json() as UnitReport;
    expect(ours).toMatchObject([
      { words: 'Oak Street / 4B', tenants: ['t1'], unitId: null, proposals: [{ exact: true }] },
      { words: 'Oak Street / 4C', tenants: ['t2'], proposals: [{ exact: false }, { exact: false }] },
    ]);
    expect((await home.run('errors')).stdout).toContain('unmapped unit');
  });

  it('writes what fits beyond doubt and what you accept, keeps comments, and the server takes it up', async () => {
    const { home } = await withUnits();
    const written = await home.run('units', 'little', '--write', '--accept', 'oak street/4c=10233', '--json');
    expect(written.json()).toMatchObject({
      written: { 'Oak Street / 4B': '10231', 'Oak Street / 4C': '10233' },
    });
    expect(home.read(FILE)).toBe(
      '# mine\nconnector: ./little # a small one\nmode: preview\nunits:\n  Oak Street / 4B: 10231\n  Oak Street / 4C: 10233\n',
    );
    await home.run('retry');
    expect((await home.run('errors')).stdout).toBe('Nothing needs you.\n');
    expect((await home.run('units', 'little')).stdout).toContain('Every unit is in your list.');
  });

  it('accepts only units that both name', async () => {
    const { home } = await withUnits();
    const wrong: [string, string][] = [
      ['Oak Street / 4C', 'has no "="'],
      ['Elm / 1=10231', 'names no unit that Boom named'],
      ['Oak Street / 4C=99', 'names no unit that Little PMS lists'],
    ];
    for (const [pair, says] of wrong) {
      const ran = await home.run('units', 'little', '--accept', pair);
      expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(says)]);
    }
    expect(home.read(FILE)).not.toContain('units:');
  });

  it('says what has no units to list', async () => {
    const { home } = await withUnits();
    const ran = await home.run('units', 'rent-roll');
    expect([ran.code, ran.stderr]).toEqual([
      1,
      expect.stringContaining('cannot list the units of Rent roll'),
    ]);
  });
});
