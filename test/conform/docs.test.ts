import { describe, it } from 'vitest';
import { CASES } from '../../src/conform/suite.ts';
import { expectPart } from '../docs/generated.ts';

describe('docs/connectors/write-your-own.md', () => {
  it('lists every case of the suite', () => {
    const list = CASES.map(({ name }) => `- ${name}`).join('\n');
    expectPart('docs/connectors/write-your-own.md', 'cases', list, 'test/conform/docs.test.ts');
  });
});
