/** How long something is kept, as a landlord writes it: `30d`, `8w`, `25m` (months), `5y`, or `off`. */

const DAY_MS = 24 * 60 * 60_000;
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 365.25 / 12, y: 365.25 };

/** In milliseconds; null for `off`: for good. `text` was checked by the schema. */
export function keptForMs(text: string): number | null {
  if (text === 'off') return null;
  return Math.round(Number(text.slice(0, -1)) * (DAYS[text.slice(-1)] ?? 1) * DAY_MS);
}
