import { describe, expect, it } from 'vitest';
import { connected, manifest } from './own-connector.ts';
import { faultOf, printed, scopeOf } from './support.ts';

describe('what Boom has', () => {
  const desired = async (length: number) => {
    const connection = await connected(manifest());
    const person = { ...scopeOf().person, firstName: 'x'.repeat(length) };
    return connection.desire('applicant', scopeOf({ person }));
  };

  it('is sent up to ten thousand characters', async () => {
    expect(String((await desired(10_000)).firstName)).toHaveLength(10_000);
  });

  it('is refused where it is longer, by the name of its field', async () => {
    const fault = await faultOf(desired(10_001));
    expect([fault.kind, fault.fields]).toEqual(['invalid', ['firstName']]);
    expect(printed(fault)).not.toContain('xxx');
  });
});
