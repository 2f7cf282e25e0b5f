/** Chance with a seed: the same seed draws the same, on every computer. */
import { createHash } from 'node:crypto';

export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** `share` of 1: true that often. */
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** A random UUID's form. */
  uuid(): string;
}

/** Mulberry32, seeded with a hash so that neighbouring seeds have nothing in common. */
export function createRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join('');
  return {
    next,
    chance: (share) => next() < share,
    int,
    pick(list) {
      const [picked] = list.slice(int(0, list.length - 1));
      if (picked === undefined) throw new Error('There is nothing to pick from');
      return picked;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}
