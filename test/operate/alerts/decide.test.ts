import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../src/operate/alerts/causes.ts';
import { decide } from '../../../src/operate/alerts/decide.ts';
import type { OpenAlert } from '../../../src/store/alerts.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour)).toISOString();
const cause = (key: string, changes: Partial<Cause> = {}): Cause => ({
  kind: 'backup',
  key,
  title: key,
  lines: [],
  remedy: null,
  states: [],
  items: [],
  ...changes,
});
/** What is kept after a decision. */
function keptAfter(before: OpenAlert[], now: Cause[], hour: number): OpenAlert[] {
  const { kept, ended } = decide(before, now, at(hour));
  const left = before.filter((one) => ![...kept, ...ended].some(({ cause: key }) => key === one.cause));
  return [...left, ...kept];
}
const keys = (causes: Cause[]) => causes.map(({ key }) => key);

describe('a decision', () => {
  it('opens a cause once', () => {
    const first = decide([], [cause('a'), cause('b')], at(0));
    expect(keys(first.opened)).toEqual(['a', 'b']);
    const open = keptAfter([], [cause('a'), cause('b')], 0);
    expect(decide(open, [cause('a'), cause('b')], at(1))).toEqual({
      opened: [],
      more: [],
      reminded: [],
      ended: [],
      kept: [],
    });
  });

  it('says when it has ended, and opens it anew when it comes back', () => {
    const open = keptAfter([], [cause('a')], 0);
    expect(decide(open, [], at(1)).ended).toMatchObject([{ cause: 'a', openedAt: at(0) }]);
    const gone = keptAfter(open, [], 1);
    expect(gone).toEqual([]);
    expect(keys(decide(gone, [cause('a')], at(2)).opened)).toEqual(['a']);
  });

  it('reminds of all that is open after a day, and once a day at most', () => {
    let open = keptAfter([], [cause('a')], 0);
    open = keptAfter(open, [cause('a'), cause('b')], 12);
    const both = [cause('a'), cause('b')];
    expect(decide(open, both, at(23)).reminded).toEqual([]);
    expect(keys(decide(open, both, at(24)).reminded)).toEqual(['a', 'b']);
    open = keptAfter(open, both, 24);
    for (const hour of [25, 36, 47]) expect(decide(open, both, at(hour)).reminded).toEqual([]);
    expect(keys(decide(open, both, at(48)).reminded)).toEqual(['a', 'b']);
  });

  it('tells of each task once', () => {
    const open = keptAfter([], [cause('a', { items: ['x'] })], 0);
    const more = cause('a', { items: ['x', 'y'] });
    expect(decide(open, [more], at(1)).more).toEqual([{ cause: more, items: ['y'] }]);
    expect(decide(keptAfter(open, [more], 1), [more], at(2)).more).toEqual([]);
    expect(decide(keptAfter(open, [more], 1), [cause('a', { items: ['y'] })], at(2)).more).toEqual([]);
  });

  it('keeps the words of now, for when it is over', () => {
    const open = keptAfter([], [cause('a', { title: '2 records need you' })], 0);
    expect(keptAfter(open, [cause('a', { title: '3 records need you' })], 1)).toMatchObject([
      { title: '3 records need you', openedAt: at(0), saidAt: at(0) },
    ]);
  });
});
