import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAgenda } from '../../src/simulate/agenda.ts';

it('gives back the earliest, and of one moment what was entered first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const agenda = createAgenda<number>();
      for (const [order, at] of times.entries()) agenda.add(at, order);
      const taken = times.map(() => agenda.take());
      const expected = times.map((at, what) => ({ at, what })).sort((a, b) => a.at - b.at || a.what - b.what);
      expect(taken).toEqual(expected);
      expect(agenda.take()).toBeNull();
      expect(agenda.next()).toBeNull();
    }),
  );
});
