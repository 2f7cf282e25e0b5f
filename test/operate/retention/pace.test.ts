import { describe, expect, it } from 'vitest';
import { nextSize, Pace } from '../../../src/operate/retention/pace.ts';

describe('the size of a step', () => {
  it('halves where it took too long, doubles where there was room, and stays within bounds', () => {
    expect(nextSize(100, 8)).toBe(50);
    expect(nextSize(100, 3)).toBe(100);
    expect(nextSize(100, 1)).toBe(200);
    expect(nextSize(1, 1000)).toBe(1);
    expect(nextSize(150, 0)).toBe(200);
  });

  it('comes down to a single row on a slow disk', () => {
    let size = 200;
    for (let step = 0; step < 10; step += 1) size = nextSize(size, 50);
    expect(size).toBe(1);
  });

  it('rests after each step, so that others come in between', async () => {
    const pace = new Pace(new AbortController().signal);
    let others = 0;
    const timer = setInterval(() => {
      others += 1;
    }, 0);
    for (let step = 0; step < 5; step += 1) await pace.step(async () => {});
    clearInterval(timer);
    expect(others).toBeGreaterThan(0);
  });
});
