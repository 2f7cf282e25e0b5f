/** What `npm pack` takes along: never what a landlord wrote or keeps secret. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

describe('the package', () => {
  it('takes examples and schemas of the configuration, and no folder of it', () => {
    const { files } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { files: string[] };
    const ofConfig = files.filter((one) => one.startsWith('config'));
    expect(ofConfig).not.toEqual([]);
    for (const one of ofConfig) expect(one).toMatch(/\*\.(example\.yaml|schema\.json)$/);
    expect(files.filter((one) => /^(data|\*|\.)/.test(one))).toEqual([]);
  });
});
