import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeDenied } from '../../src/boom/denied.ts';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { sampleOf } from '../../src/boom/samples.ts';
import { delivery } from './fixtures.ts';

const DENIED = [
  'dob',
  'DOB',
  'customer_dob',
  'date_of_birth',
  'dateOfBirth',
  'birthDate',
  'BIRTHDAY',
  'access_key',
  'accessKey',
  'X-Access-Key',
  'score',
  'creditScore',
  'vantage_score_3',
  'recommendation',
  'adverse_action_reasons',
  'adverseActionReasons',
  'evaluated_rule_set',
  'evaluatedRuleSets',
  'has_voucher',
  'hasVoucher',
  'voucher_amount',
  'grouped_income_rent_ratio',
  'monthlyIncome',
  'verifications',
  'Verifications',
  'verification_report',
  'phone_from_plaid',
  'phoneFromPlaid',
  'ssn',
  'SSN',
  'ssn_last4',
  'ssnLast4',
  'SSNLast4',
  'last_4_ssn',
  'applicantSsn',
  'applicantSSNLast4',
  'applicantssnlast4',
  'employee_ssn_hash',
  'socialSecurityNumber',
  'social-security-no',
  'SOCIAL SECURITY',
];

const KEPT = [
  'business_name',
  'businessName',
  'address_number',
  'class_notes',
  'process_name',
  'access_notes',
  'verification_id',
  'rental_verifications',
  'identity_verification_finished',
  'enrollment_id',
  'dobermann',
  'underscored',
  'created_at',
  'constructor',
  'toString',
  'hasOwnProperty',
];

describe('removing denied keys', () => {
  it.each(DENIED)('removes %s at any depth', (key) => {
    const body = { event: 'x', a: [{ [key]: 'secret', b: { [key]: { deeper: 'secret' }, kept: 1 } }] };
    const before = JSON.stringify(body);
    expect(removeDenied(body)).toEqual({ body: { event: 'x', a: [{ b: { kept: 1 } }] }, removed: true });
    expect(JSON.stringify(body)).toBe(before);
  });

  it.each(KEPT)('keeps %s', (key) => {
    const body = { [key]: 'kept', list: [{ [key]: 1 }] };
    const result = removeDenied(body);
    expect(result.body).toBe(body);
    expect(result.removed).toBe(false);
  });

  it.each(EVENT_NAMES.filter((name) => name !== 'boomreport_plaid_link_requested'))(
    'leaves the documented payload of %s as it is',
    (name) => {
      for (const body of [delivery(name), sampleOf(name)]) {
        expect(removeDenied(body)).toEqual({ body, removed: false });
        expect(removeDenied(body).body).toBe(body);
      }
    },
  );

  it.each(['plaid_connect_url', 'plaidConnectUrl', 'PLAID-CONNECT-URL'])('redacts %s', (key) => {
    const { body, removed } = removeDenied({ data: { [key]: 'https://example.com/secret', other: 1 } });
    expect(body).toEqual({ data: { [key]: '[redacted]', other: 1 } });
    expect(removed).toBe(true);
    expect(removeDenied(body)).toEqual({ body, removed: false });
    expect(removeDenied({ [key]: null }).removed).toBe(false);
    expect(removeDenied({ [key]: { href: 'https://example.com/secret' } }).body).toEqual({
      [key]: '[redacted]',
    });
  });

  it('removes a key __proto__, and changes no prototype', () => {
    const body = JSON.parse(
      '{"a":{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}},"ssn":1}',
    );
    const clean = removeDenied(body).body as { a: object };
    expect(JSON.stringify(clean)).toBe('{"a":{"constructor":{"prototype":{"admin":true}}}}');
    expect(Object.getPrototypeOf(clean.a)).toBe(Object.prototype);
    expect('admin' in {}).toBe(false);
  });

  it('does not overflow the stack, however deep the body is', () => {
    const depth = 120_000;
    const clean = JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`) as object;
    expect(removeDenied(clean).body).toBe(clean);
    const dirty = JSON.parse(`${'{"a":['.repeat(depth)}{"ssn":1,"b":2}${']}'.repeat(depth)}`) as object;
    let at: unknown = removeDenied(dirty).body;
    for (let i = 0; i < depth; i++) at = (at as { a: unknown[] }).a[0];
    expect(at).toEqual({ b: 2 });
  });

  it('takes time in proportion to a key, not to its square', () => {
    const started = performance.now();
    removeDenied({ [`${'A'.repeat(500_000)}b`]: 1, [`${'a'.repeat(500_000)}ssn`]: 1 });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('remembers keys without end in bounded space, and still decides rightly', () => {
    for (let i = 0; i < 5_000; i++) removeDenied({ [`invented_${i}`]: 1 });
    expect(removeDenied({ ssn: 1, invented_1: 1 }).body).toEqual({ invented_1: 1 });
  });

  it('leaves nothing denied behind, and everything else in its place', () => {
    const key = fc.oneof(fc.constantFrom(...DENIED, ...KEPT), fc.string());
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree), (body) => {
        const once = removeDenied(body);
        const text = JSON.stringify(once.body);
        for (const denied of DENIED) expect(text).not.toContain(`${JSON.stringify(denied)}:`);
        expect(removeDenied(once.body)).toEqual({ body: once.body, removed: false });
        expect(once.removed).toBe(text !== JSON.stringify(body));
      }),
      { numRuns: 300 },
    );
  });
});
