import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DO_NO_HARM } from '../../src/conform/do-no-harm.ts';
import { CASES } from '../../src/conform/suite.ts';
import { expectPart, markdownTable, ROOT } from '../docs/generated.ts';

const FILE = 'docs/connectors/write-your-own.md';
const names = CASES.map(({ name }) => name);

describe('docs/connectors/write-your-own.md', () => {
  it('lists every case of the suite', () => {
    const list = names.map((name) => `- ${name}`).join('\n');
    expectPart(FILE, 'cases', list, 'test/conform/docs.test.ts');
  });

  it('says what holds each sentence of doing no harm', () => {
    const rows = DO_NO_HARM.map(({ sentence, cases, tests }) => [
      sentence,
      [...cases, ...tests.map((file) => `[${file}](../../${file})`)].join('; '),
    ]);
    expectPart(FILE, 'do-no-harm', markdownTable(['promise', 'held by'], rows), 'test/conform/docs.test.ts');
  });
});

describe('each sentence of doing no harm', () => {
  it.each(DO_NO_HARM)('$sentence', ({ cases, tests }) => {
    expect(cases.length + tests.length).toBeGreaterThan(0);
    expect(cases.filter((name) => !names.includes(name))).toEqual([]);
    expect(tests.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
