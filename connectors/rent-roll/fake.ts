/** The files as a landlord sees them in a spreadsheet: rows by their id, a cell changed by hand. Speaks to nobody. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { FakeFactory } from '../../src/conform/fake.ts';
import type { Kind } from '../../src/connect/contract.ts';
import { ID } from './columns.ts';
import { restored } from './formula.ts';

type Row = Record<string, string>;

const FILES: Record<Kind, string> = { tenant: 'rent-roll.csv', applicant: 'applicants.csv' };

const fakeFiles: FakeFactory = (_now, dataDir) => {
  const rows = (kind: Kind): Row[] => {
    const file = join(dataDir, FILES[kind]);
    return existsSync(file) ? parse(readFileSync(file), { columns: true, bom: true }) : [];
  };
  return {
    credentials: {},
    units: [],
    deaf: false,
    answer: () => ({ status: 404 }),
    isWrite: () => false,
    people: (kind) =>
      rows(kind).map(({ [ID]: id = '', ...cells }) => ({
        id,
        fields: Object.fromEntries(
          Object.entries(cells).map(([column, text]) => [column, restored(text) || null]),
        ),
        notes: [],
        decision: null,
      })),
    edit(kind, id, fields) {
      const edited = rows(kind).map((row) => (row[ID] === id ? { ...row, ...fields } : row));
      writeFileSync(join(dataDir, FILES[kind]), stringify(edited, { header: true, bom: true }));
    },
  };
};

export default fakeFiles;
