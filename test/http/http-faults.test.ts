import { describe, expect, it } from 'vitest';
import { faultOfTransport } from '../../src/http/http-faults.ts';

const failing = (facts: object) => Object.assign(new Error('private@example.com topsecretkey'), facts);

describe('a connection that could not be made', () => {
  it.each([
    [{ code: 'CERT_HAS_EXPIRED' }, 'its certificate has expired'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'its certificate is for another name'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'its certificate is signed by nobody we trust'],
    [{ code: 'ENOTFOUND' }, 'its name was not found'],
    [{ code: 'EAI_AGAIN' }, 'its name was not found'],
    [{ code: 'ECONNREFUSED' }, 'no connection could be made'],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, 'no connection could be made'],
    [{ code: 'ETIMEDOUT', event: 'connect' }, 'it does not answer'],
    [{ cause: { code: 'CERT_HAS_EXPIRED' } }, 'its certificate has expired'],
  ])('%j has its own diagnosis and was never sent', (facts, why) => {
    const fault = faultOfTransport(failing(facts), 'Buildium', false);
    expect([fault.kind, fault.unreachable, fault.concernsConnection]).toEqual(['transient', true, true]);
    expect(fault.message).toBe(`Buildium cannot be reached: ${why}.`);
    expect(fault.remedy).toMatch(/\.$/);
    expect(fault.cause).toBeUndefined();
  });

  it.each([
    [{ code: 'ETIMEDOUT', event: 'response' }],
    [{ code: 'ETIMEDOUT', event: 'request' }],
    [{ code: 'ECONNRESET' }],
    [{ code: 'EPIPE' }],
    [{}],
  ])('%j may have been sent', (facts) => {
    expect(faultOfTransport(failing(facts), 'Buildium', false).kind).toBe('unknown_outcome');
    expect(faultOfTransport(failing(facts), 'Buildium', true).kind).toBe('transient');
  });

  it('of no form at all is no crash', () => {
    for (const thrown of [null, undefined, 'text', 7])
      expect(faultOfTransport(thrown, 'Buildium', true).kind).toBe('transient');
  });
});
