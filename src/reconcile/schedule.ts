/** When a failed attempt is made again. */

const MINUTE = 60_000;
/** Waits after the first, second, … failed attempt; the last one is repeated. Together about a week. */
const WAITS = [1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440, 1440, 1440, 1440].map(
  (minutes) => minutes * MINUTE,
);
/** After this many failed attempts a person is asked. */
export const MAX_ATTEMPTS = WAITS.length;
/** No PMS makes us wait longer than this, whatever it asks for. */
export const LONGEST_WAIT_MS = 6 * 60 * MINUTE;

/** Waits between probes of a connection that does not work. */
const PROBES = [0.25, 0.5, 1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE);

/** Ten per cent either way, so that a thousand tenants that failed together do not come back together. */
function jitter(ms: number, random: () => number): number {
  return Math.round(ms * (0.9 + 0.2 * random()));
}

export function retryWait(attempts: number, random: () => number): number {
  return jitter(WAITS[Math.min(attempts, WAITS.length) - 1] ?? MINUTE, random);
}

export function probeWait(probes: number, random: () => number): number {
  return jitter(PROBES[Math.min(probes, PROBES.length - 1)] ?? MINUTE, random);
}

/** What a PMS asked for, within bounds; a minute where it did not say. */
export function rateLimitWait(asked: number | null, random: () => number): number {
  return Math.min(Math.max(asked ?? MINUTE, 1000), LONGEST_WAIT_MS) + Math.round(random() * 1000);
}
