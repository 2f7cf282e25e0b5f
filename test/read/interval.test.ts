import { describe, expect, it } from 'vitest';
import { intervalOf } from '../../src/read/interval.ts';

const NEVER = { coveredUntil: null, firstEventAt: null };
const FIRST = '2026-11-01T08:00:00.000Z';
const COVERED = '2026-11-20T13:00:00.000Z';
const NOW = '2026-11-23T12:00:00.000Z';
const PLAIN = { since: null, all: false };

describe('intervalOf', () => {
  it('goes on where nothing was left out', () => {
    expect(intervalOf(PLAIN, { coveredUntil: COVERED, firstEventAt: FIRST }, NOW)).toEqual({
      since: COVERED,
      until: NOW,
      baseline: false,
      covers: true,
    });
  });

  it('begins the first time with the first event, and now where there is none', () => {
    const first = { ...NEVER, firstEventAt: FIRST };
    expect(intervalOf(PLAIN, first, NOW)).toMatchObject({ since: FIRST, baseline: true, covers: true });
    expect(intervalOf(PLAIN, NEVER, NOW)).toMatchObject({ since: NOW, baseline: true, covers: true });
  });

  it('counts as covered only what leaves nothing out', () => {
    const soFar = { coveredUntil: COVERED, firstEventAt: FIRST };
    const since = (day: string) => intervalOf({ since: day, all: false }, soFar, NOW);
    expect(since('2026-11-22T00:00:00.000Z')).toMatchObject({ covers: false });
    expect(since('2026-11-20T00:00:00.000Z')).toMatchObject({
      since: '2026-11-20T00:00:00.000Z',
      covers: true,
    });
    const first = { ...NEVER, firstEventAt: FIRST };
    expect(intervalOf({ since: COVERED, all: false }, first, NOW)).toMatchObject({ covers: false });
    expect(intervalOf({ since: null, all: true }, NEVER, NOW)).toEqual({
      since: null,
      until: NOW,
      baseline: false,
      covers: true,
    });
  });
});
