/** The conformance suite over every connector that is shipped. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatFaults } from '../../src/config/fault.ts';
import { createHomes } from '../../src/conform/home.ts';
import { loadSubject } from '../../src/conform/subject.ts';
import { CASES, runCase } from '../../src/conform/suite.ts';

const FOLDER = join(import.meta.dirname, '../../connectors');
const ids = readdirSync(FOLDER).filter((id) => existsSync(join(FOLDER, id, 'manifest.yaml')));
const homes = await createHomes();
afterAll(() => homes.remove());

describe.each(ids)('%s', async (id) => {
  const loaded = await loadSubject(id);

  it('has a manifest that is right, and a fake', () => {
    expect(loaded.ok ? '' : formatFaults(loaded.faults)).toBe('');
  });

  it.runIf(loaded.ok).concurrent.for(CASES.map((one) => [one.name, one] as const))(
    '%s',
    async ([, one], { skip }) => {
      if (!loaded.ok) return;
      const { why, outcome } = await runCase(one, loaded.subject, homes);
      if (outcome === 'not_applicable') skip(why ?? '');
      expect(outcome === 'failed' ? why : null).toBeNull();
    },
  );
});
