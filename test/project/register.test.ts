import { describe, expect, it } from 'vitest';
import { RETRY_WINDOW_MS } from '../../src/project/ordering.ts';
import { settle, type Write } from '../../src/project/register.ts';

const base = Date.UTC(2026, 9, 1, 12);
function write(
  value: string,
  rank: number,
  arrivalMs: number,
  time: number | null = null,
  atLeast = false,
): Write<string> {
  const iso = (ms: number) => new Date(base + ms).toISOString();
  return {
    value,
    rank,
    arrival: iso(arrivalMs),
    time: time === null ? null : iso(time),
    eventId: arrivalMs,
    atLeast,
  };
}

describe('settle', () => {
  it('gives nothing for no writes', () => {
    expect(settle([])).toBeNull();
  });

  it("believes the payload's own time over arrival", () => {
    const late = [write('approved', 4, 0, 500_000), write('submitted', 2, 400_000, 100_000)];
    expect(settle(late)?.value).toBe('approved');
  });

  it('lets the rank decide between equal times, whatever came first', () => {
    const a = write('approved', 4, 0, 1000);
    const b = write('declined', 6, 999_000, 1000);
    expect(settle([a, b])?.value).toBe('declined');
    expect(
      settle([
        { ...b, arrival: a.arrival },
        { ...a, arrival: b.arrival },
      ])?.value,
    ).toBe('declined');
  });

  it('lets the rank decide within the retry window where there is no time', () => {
    const [approved, unenrolled] = [write('approved', 2, 0), write('unenrolled', 6, RETRY_WINDOW_MS)];
    expect(settle([approved, unenrolled])?.value).toBe('unenrolled');
    expect(settle([write('unenrolled', 6, 0), write('approved', 2, RETRY_WINDOW_MS)])?.value).toBe(
      'unenrolled',
    );
  });

  it('lets arrival decide beyond the retry window, so that a new approval is not stuck behind an old end', () => {
    expect(settle([write('unenrolled', 6, 0), write('approved', 2, RETRY_WINDOW_MS + 1)])?.value).toBe(
      'approved',
    );
  });

  it('never lowers a register with a write that only raises', () => {
    expect(settle([write('submitted', 2, 0, 0), write('applying', 1, 900_000, 900_000, true)])?.value).toBe(
      'submitted',
    );
    expect(settle([write('invited', 0, 0, 0), write('applying', 1, 900_000, 900_000, true)])?.value).toBe(
      'applying',
    );
  });

  it('ends the same whether the raise comes first or last', () => {
    const raise = write('applying', 1, 0, 500_000, true);
    expect(settle([raise, write('invited', 0, 1000, 600_000)])?.value).toBe('applying');
    expect(settle([raise, write('submitted', 2, 1000, 100_000)])?.value).toBe('submitted');
  });
});
