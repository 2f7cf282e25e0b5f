import { describe, expect, it } from 'vitest';
import { CASES } from '../../src/conform/suite.ts';
import { readDoc } from './generated.ts';

const PAGE = 'docs/security.md';
/** `[words](../test/a.test.ts) (`a title`, `another`)` in the table of claims. */
const NAMED = /\]\(\.\.\/(test\/[a-z/-]+\.test\.ts)\) \((`[^`]+`(?:, `[^`]+`)*)\)/g;

const named = [...readDoc(PAGE).matchAll(NAMED)].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/`([^`]+)`/g)].map(([, title = '']) => [title, file] as const),
);

/** The suite's cases are tests of every connector, whose titles stand in no file of tests. */
function titlesOf(file: string): string {
  const cases = file === 'test/connectors/conformance.test.ts' ? CASES.map(({ name }) => `'${name}'`) : [];
  return [readDoc(file), ...cases].join('\n');
}

describe(PAGE, () => {
  it('names tests', () => {
    expect(named.length).toBeGreaterThan(0);
  });

  it.each(named)('names a test that there is: %s', (title, file) => {
    expect(titlesOf(file)).toContain(`'${title}'`);
  });
});
