/** How much a property or a harness does: a little in `npm test`, a lot in `npm run test:nightly`. */
export const NIGHTLY = import.meta.env.MODE === 'nightly';

export function runs(usual: number, nightly: number): number {
  return NIGHTLY ? nightly : usual;
}

/** For fast-check: the same inputs at every landing, which must not depend on luck, and new ones every night. */
export function tries(usual: number, nightly: number): { numRuns: number; seed?: number } {
  return NIGHTLY ? { numRuns: nightly } : { numRuns: usual, seed: 20_261_124 };
}
