import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addUnits, setMode } from '../../src/config/edit-connection.ts';
import { temporaryFolder } from '../support/store.ts';

const OAK = `# yaml-language-server: $schema=../connection.schema.json

connector: buildium # Oak Street's

# Say live once you have looked.
mode: preview

credentials:
  clientId: 0012
  clientSecret: env:OAK_SECRET   # rotated in June

takes: unit.property = "Oak Street"
units:
  # the front house
  Oak Street / 4A: 10230

fields: { Email: { owner: pms } }
# the end
`;

function fileOf(text: string): string {
  const file = join(temporaryFolder(), 'oak.yaml');
  writeFileSync(file, text);
  return file;
}
const read = (file: string) => readFileSync(file, 'utf8');

describe('editing a connection’s file', () => {
  it('changes the mode and nothing else', async () => {
    const file = fileOf(OAK);
    expect(await setMode(file, 'live')).toEqual({ ok: true, changed: true });
    expect(
      read(file)
        .split('\n')
        .filter((line) => !OAK.split('\n').includes(line)),
    ).toEqual(['mode: live', '  clientSecret: env:OAK_SECRET # rotated in June']);
    expect(await setMode(file, 'live')).toEqual({ ok: true, changed: false });
  });

  it('puts the mode behind the connector where the file has none', async () => {
    const file = fileOf('# mine\nconnector: buildium\ncreate: never\n');
    await setMode(file, 'live');
    expect(read(file)).toBe('# mine\nconnector: buildium\nmode: live\ncreate: never\n');
  });

  it.each([
    [
      'after those that are there',
      OAK,
      '  Oak Street / 4A: 10230\n  Oak Street / 4B: 10231\n  "Elm: 9": 007\n',
    ],
    [
      'where there is no list',
      'connector: buildium\n',
      'units:\n  Oak Street / 4B: 10231\n  "Elm: 9": 007\n',
    ],
    ['where the list is empty', 'connector: buildium\nunits: {}\n', 'units:\n  Oak Street / 4B: 10231\n'],
    [
      'into a list on one line',
      'connector: buildium\nunits: {A: 1}\n',
      'units: {A: 1, Oak Street / 4B: 10231, "Elm: 9": 007, Z: "true"}\n',
    ],
  ])('adds units %s', async (_where, text, part) => {
    const file = fileOf(text);
    await addUnits(file, { 'Oak Street / 4B': '10231', 'Elm: 9': '007', Z: 'true' });
    expect(read(file)).toContain(part);
  });

  it('writes no marks that nobody sees, and no unit that has nothing else', async () => {
    const file = fileOf('connector: buildium\n');
    expect(await addUnits(file, { '\u202eOak\u0007 Street\n/ 4B\u2028': '10231' })).toMatchObject({
      ok: true,
    });
    const after = read(file);
    expect(after).toBe('connector: buildium\nunits:\n  Oak Street / 4B: 10231\n');
    expect(await addUnits(file, { '\u202e': '1' })).toMatchObject({ ok: false });
    expect(await addUnits(file, { '4C': '1\u202e' })).toMatchObject({ ok: false });
    expect(read(file)).toBe(after);
  });

  it('leaves a file with faults as it is and tells them', async () => {
    const file = fileOf('connector: buildium\nmoed: preview\n');
    expect(await setMode(file, 'live')).toMatchObject({ ok: false, faults: [{ line: 2 }] });
    expect(read(file)).toContain('moed: preview');
  });

  it('keeps line ends, permissions and a link to the file', async () => {
    const file = fileOf('connector: buildium\r\nmode: preview\r\n');
    chmodSync(file, 0o600);
    const link = join(temporaryFolder(), 'oak.yaml');
    symlinkSync(file, link);
    await setMode(link, 'live');
    expect(read(file)).toBe('connector: buildium\r\nmode: live\r\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(['oak.yaml']);
  });
});
