/** `Retry-After`: seconds or a date. A PMS that asks for more than a day is asked again after one. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  if (Number.isNaN(ms)) return null;
  return Math.round(Math.min(Math.max(ms, 0), LONGEST_MS));
}
