/** How much a property or a harness does: a little in `npm test`, a lot in `npm run test:nightly`. */
export const NIGHTLY = import.meta.env.MODE === 'nightly';

export function runs(usual: number, nightly: number): number {
  return NIGHTLY ? nightly : usual;
}
