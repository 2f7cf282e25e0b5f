/** The suite finds what is wrong: a connector that passes it, spoiled in one place, fails the case of that place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestTemplate } from '../../src/cli/connector-template-manifest.ts';
import { createHomes } from '../../src/conform/home.ts';
import { loadSubject, type Subject } from '../../src/conform/subject.ts';
import { CASES, runCase } from '../../src/conform/suite.ts';
import { newSubject, runSpoiled, type Spoil, shippedSubject } from './spoil.ts';
import { SPOILS } from './spoils.ts';

const homes = await createHomes();
const root = mkdtempSync(join(tmpdir(), 'boomsync-conform-test-'));
afterAll(() => {
  homes.remove();
  rmSync(root, { recursive: true, force: true });
});

let count = 0;
const folder = () => {
  count += 1;
  return join(root, `pms-${count}`);
};
const sound = await newSubject(folder());

async function subjectOf({ on, manifest }: Spoil): Promise<Subject> {
  if (manifest !== undefined) return await newSubject(folder(), changing(manifest));
  return on === undefined ? sound : await shippedSubject(on);
}

/** A change that changes nothing would prove nothing. */
const changing = (change: (text: string) => string) => (text: string) => {
  const now = change(text);
  if (now === text) throw new Error('The change found nothing to change');
  return now;
};

describe('the suite', () => {
  it('has something spoiled for each case, and for nothing else', () => {
    expect(Object.keys(SPOILS).sort()).toEqual(CASES.map(({ name }) => name).sort());
  });

  it.each(CASES.map((one) => [one.name, one] as const))(
    'fails what is spoiled, in "%s"',
    async (name, one) => {
      const [what, because, spoil] = SPOILS[name] ?? ['', '', {}];
      const result = await runSpoiled(one, await subjectOf(spoil), spoil, homes);
      expect(result, what).toMatchObject({ outcome: 'failed', why: expect.stringContaining(because) });
    },
  );

  // Those that are shipped pass in test/connectors/conformance.test.ts.
  it.each(CASES.map((one) => [one.name, one] as const))(
    'does not fail the connector that is not spoiled, in "%s"',
    async (name, one) => {
      const { outcome, why } = await runCase(one, sound, homes);
      expect(outcome === 'failed' ? why : null).toBeNull();
      const [, , spoil] = SPOILS[name] ?? ['', '', {}];
      if (spoil.on === undefined) expect(outcome).toBe('passed');
    },
  );

  it('says why a case does not apply', async () => {
    const one = CASES.find(({ name }) => name.startsWith('a note is short'));
    if (one === undefined) throw new Error('There is no such case');
    const noteless = await newSubject(folder(), (text) =>
      text.replace('notes: staff', 'notes: none').replace(/ {6}notes: .*\n {6}addNote: .*\n/, ''),
    );
    expect(await runCase(one, noteless, homes)).toMatchObject({
      outcome: 'not_applicable',
      why: 'it takes no notes',
    });
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
    const bare = join(root, 'bare');
    mkdirSync(bare);
    writeFileSync(join(bare, 'manifest.yaml'), manifestTemplate('bare', 'Bare'));
    expect(await loadSubject(bare)).toMatchObject({ ok: false, faults: [{ file: join(bare, 'fake.mjs') }] });
  });

  it('is told with the line of a fault in its manifest', async () => {
    const faulty = join(root, 'faulty');
    mkdirSync(faulty);
    const text = manifestTemplate('faulty', 'Faulty').replace('update: merges', 'update: sometimes');
    writeFileSync(join(faulty, 'manifest.yaml'), text);
    const line = text.split('\n').findIndex((each) => each.includes('sometimes')) + 1;
    expect(await loadSubject(faulty)).toMatchObject({
      ok: false,
      faults: [{ line, path: 'capabilities.update' }],
    });
  });
});
