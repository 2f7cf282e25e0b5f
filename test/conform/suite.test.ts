/** The suite finds what is wrong: a connector that passes it, spoiled in one place, fails the case of that place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fakeTemplate } from '../../src/cli/connector-template-fake.ts';
import { manifestTemplate } from '../../src/cli/connector-template-manifest.ts';
import { createHomes } from '../../src/conform/home.ts';
import { loadSubject } from '../../src/conform/subject.ts';
import { CASES, type CaseResult, runCase } from '../../src/conform/suite.ts';

const homes = await createHomes();
const root = mkdtempSync(join(tmpdir(), 'boomsync-conform-test-'));
afterAll(() => {
  homes.remove();
  rmSync(root, { recursive: true, force: true });
});

let count = 0;

interface Files {
  manifest?: (text: string) => string;
  fake?: (text: string) => string;
  /** A `connector.mjs` beside the manifest. */
  code?: string;
}

async function resultOf(name: string, { manifest, fake, code }: Files): Promise<CaseResult> {
  count += 1;
  const folder = join(root, `pms-${count}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'manifest.yaml'), changed(manifestTemplate('my-pms', 'My PMS'), manifest));
  writeFileSync(join(folder, 'fake.mjs'), changed(fakeTemplate('My PMS'), fake));
  if (code !== undefined) writeFileSync(join(folder, 'connector.mjs'), code);
  const loaded = await loadSubject(folder);
  if (!loaded.ok) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
  const one = CASES.find((known) => known.name.startsWith(name));
  if (one === undefined) throw new Error(`There is no case "${name}"`);
  return runCase(one, loaded.subject, homes);
}

/** A change that changes nothing would prove nothing. */
function changed(text: string, change: ((text: string) => string) | undefined): string {
  if (change === undefined) return text;
  const now = change(text);
  if (now === text) throw new Error('The change found nothing to change');
  return now;
}

const without = (part: string | RegExp) => (text: string) => text.replace(part, '');
const instead = (part: string | RegExp, by: string) => (text: string) => text.replace(part, by);
const wrapped = (body: string) => `export default (_context, rest) => { const usual = rest(); ${body} };`;

const SPOILED: [what: string, fails: string, because: string, files: Files][] = [
  [
    'takes whoever has the e-mail address',
    'somebody else with the same e-mail address',
    "The other person's record was changed",
    { manifest: without('          confirm: { firstName: firstName, lastName: lastName }\n') },
  ],
  [
    'writes a conditional approval as one',
    'a conditional approval is never written',
    'It reads as an approval',
    {
      code: wrapped(
        'return { ...usual, addNote: (kind, id, note) => usual.addNote(kind, id, { ...note, text: "BoomScreen: approved. " + note.marker }) };',
      ),
    },
  ],
  [
    'does not know a lease',
    'nothing is decided about a record that is on a lease',
    'The decision was changed',
    {
      manifest: (text) =>
        text
          .replace('locked: data.status = "leased"', 'locked: data.status = "never"')
          .replace('open: data.status = "open"', 'open: $exists(data.status)'),
    },
  ],
  [
    'compares telephone numbers as text',
    'a value that the PMS keeps in another form',
    'edited_there',
    { manifest: instead('compare: phone }', 'compare: text }') },
  ],
  [
    'takes a PMS that blanks for one that merges',
    'what staff entered in a field that is not ours',
    'What staff had entered is gone',
    { fake: instead('Object.assign(person, stored(body))', 'Object.assign(person, blank(), stored(body))') },
  ],
  [
    'lets the PMS mail people',
    'nothing is sent that would mail the person',
    'It would e-mail the person',
    {
      manifest: instead(
        'path: /people, body: fields,',
        `path: /people, body: '$merge([fields, { "sendInvitation": true }])',`,
      ),
      fake: instead('const FIELDS = [', "const FIELDS = ['sendInvitation', "),
    },
  ],
  [
    'finds nobody',
    'a record made earlier is found again',
    '2 records of one person',
    { code: wrapped('return { ...usual, find: async () => [] };') },
  ],
  [
    'finds nobody',
    'a create whose answer never comes',
    '2 records of one person',
    { code: wrapped('return { ...usual, find: async () => [] };') },
  ],
  [
    'finds nobody',
    'a process killed at any step of a create',
    'there are 2 records',
    { code: wrapped('return { ...usual, find: async () => [] };') },
  ],
  [
    'finds nobody',
    'a record that staff made is taken',
    '2 records of one person',
    { code: wrapped('return { ...usual, find: async () => [] };') },
  ],
  [
    'takes the first of two that fit',
    'two records that fit are shown',
    'expected to be parked (synced)',
    { code: wrapped('return { ...usual, find: async (...of) => (await usual.find(...of)).slice(0, 1) };') },
  ],
  [
    'believes its own writes',
    'a change that is answered as done and ignored',
    'It was believed',
    {
      code: wrapped(
        'const told = new Map(); return { ...usual, async update(kind, id, changes, ...more) { await usual.update(kind, id, changes, ...more); told.set(id, changes); }, async read(kind, id) { const remote = await usual.read(kind, id); return remote && { ...remote, fields: { ...remote.fields, ...told.get(id) } }; } };',
      ),
    },
  ],
  [
    'cannot read its own notes',
    'a note is written once',
    'The note stands there 3 times',
    { code: wrapped('return { ...usual, notes: async () => [] };') },
  ],
  [
    'keeps to no limits',
    'every request keeps to the limits',
    'does not keep to the windows',
    {
      code: `export default (context, rest) => {
        context.http({ label: context.label, baseUrl: context.server, windows: [] });
        return rest();
      };`,
    },
  ],
  [
    'creates in a preview',
    'preview writes nothing',
    'Something was written',
    {
      code: wrapped(
        'return { ...usual, async find(kind, person) { await usual.create(kind, { firstName: "A", lastName: "B" }, "k", person); return []; } };',
      ),
    },
  ],
  [
    'has faults of its own',
    'a refused key pauses the connection',
    'It is not said to be refused',
    { code: wrapped('return { ...usual, find: async () => { throw new Error("no"); } };') },
  ],
];

describe('the suite', () => {
  it.each(SPOILED)('fails a connector that %s, in "%s…"', async (_, name, because, files) => {
    const result = await resultOf(name, files);
    expect(result).toMatchObject({ outcome: 'failed', why: expect.stringContaining(because) });
  });

  it.each([...new Set(SPOILED.map(([, name]) => name))])(
    'passes the connector that is not spoiled, in "%s…"',
    async (name) => {
      expect(await resultOf(name, {})).toMatchObject({ outcome: 'passed', why: null });
    },
  );

  it('says why a case does not apply', async () => {
    const result = await resultOf('a note is short', {
      manifest: (text) =>
        text.replace('notes: staff', 'notes: none').replace(/ {6}notes: .*\n {6}addNote: .*\n/, ''),
    });
    expect(result).toMatchObject({ outcome: 'not_applicable', why: 'it takes no notes' });
  });

  it('names every case once', () => {
    const names = CASES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what is not even a connector', () => {
  it('is told with its file', async () => {
    const loaded = await loadSubject(join(root, 'nowhere'));
    expect(loaded).toMatchObject({ ok: false, faults: [{ file: join(root, 'nowhere/manifest.yaml') }] });
  });

  it('is told that a fake is missing', async () => {
    const folder = join(root, 'bare');
    mkdirSync(folder);
    writeFileSync(join(folder, 'manifest.yaml'), manifestTemplate('bare', 'Bare'));
    expect(await loadSubject(folder)).toMatchObject({
      ok: false,
      faults: [{ file: join(folder, 'fake.mjs') }],
    });
  });

  it('is told with the line of a fault in its manifest', async () => {
    const folder = join(root, 'faulty');
    mkdirSync(folder);
    const text = manifestTemplate('faulty', 'Faulty').replace('update: merges', 'update: sometimes');
    writeFileSync(join(folder, 'manifest.yaml'), text);
    const line = text.split('\n').findIndex((each) => each.includes('sometimes')) + 1;
    expect(await loadSubject(folder)).toMatchObject({
      ok: false,
      faults: [{ line, path: 'capabilities.update' }],
    });
  });
});
