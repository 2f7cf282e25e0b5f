import { describe, expect, expectTypeOf, it } from 'vitest';
import { EVENT_NAMES, FAMILIES, type Family, type FamilyOf, isIn } from '../../src/boom/events.ts';
import { keysReader, squash } from '../../src/boom/keys.ts';
import { DOCUMENTED_KEYS, type PayloadOf, SCHEMAS } from '../../src/boom/schemas.ts';
import { delivery } from './fixtures.ts';

const families = Object.keys(FAMILIES) as Family[];

describe('the schemas', () => {
  it.each(EVENT_NAMES)('take the documented payload of %s', (name) => {
    const family = families.find((one) => isIn(one, name)) as Family;
    expect(SCHEMAS[family].safeParse(delivery(name)).error).toBeUndefined();
  });

  it('let fields pass that nobody has documented yet', () => {
    const body = { event: 'application_merged', target_application_id: 1, new_in_2027: { a: 1 } };
    expect(SCHEMAS.merged.parse(body)).toEqual(body);
  });

  it('refuse a number that stands for another id than Boom wrote', () => {
    expect(SCHEMAS.report.safeParse({ customer_id: Number('90071992547409931') }).success).toBe(false);
    expect(SCHEMAS.report.safeParse({ customer_id: 1.5 }).success).toBe(false);
  });

  it('give every event the payload of its family', () => {
    expectTypeOf<FamilyOf<'application_merged'>>().toEqualTypeOf<'merged'>();
    expectTypeOf<FamilyOf<'issue_pending' | 'applicant_receipt'>>().toEqualTypeOf<'report' | 'group'>();
    const read = (payload: PayloadOf<'furnishment_finished'>) => {
      const name: 'furnishment_finished' = payload.event;
      const bureau: string | null | undefined = payload.bureau;
      // @ts-expect-error a furnishment is not about an application
      const target: string | number | null | undefined = payload.target_application_id;
      return [name, bureau, target];
    };
    // @ts-expect-error no such event
    type Unknown = PayloadOf<'application_framed'>;
    expectTypeOf<Unknown>().not.toBeString();
    expect(read({ event: 'furnishment_finished', bureau: 'equifax' })).toEqual([
      'furnishment_finished',
      'equifax',
      undefined,
    ]);
  });
});

describe('the documented keys', () => {
  it('stay apart when case and separators are ignored', () => {
    expect(new Set([...DOCUMENTED_KEYS].map(squash)).size).toBe(DOCUMENTED_KEYS.size);
  });

  it('count before another spelling of theirs in the same body, in either order', () => {
    const read = keysReader(DOCUMENTED_KEYS);
    expect(read({ firstName: 'Camel', first_name: 'Snake' })).toEqual({ first_name: 'Snake' });
    expect(read({ first_name: 'Snake', firstName: 'Camel' })).toEqual({ first_name: 'Snake' });
  });
});
