/** The clock, against the time that Boom's API tells with every answer. */
import { doctor as words } from '../../words/en/doctor.ts';
import { ask } from './ask.ts';
import { broken, type Finding, good, look, unknown } from './finding.ts';

/** An answer tells whole seconds, and takes a moment. */
const EXACT_MS = 2000;
/** From here on signatures begin to be refused, and times are told wrong. */
const OFF_MS = 60_000;
const FAR_OFF_MS = 5 * OFF_MS;

/** `from`: addresses that tell the time; the first that does counts. */
export async function checkClock(from: readonly string[], now: () => Date): Promise<Finding> {
  for (const url of from) {
    const answer = await ask(url, 'GET', now);
    if (typeof answer === 'string' || answer.aheadMs === null) continue;
    return judged(answer.aheadMs);
  }
  return unknown('clock', words.clock.unknown);
}

function judged(aheadMs: number): Finding {
  const off = Math.abs(aheadMs);
  const seconds = Math.round(off / 1000);
  if (off < OFF_MS) return good('clock', words.clock.good(off < EXACT_MS ? 0 : seconds));
  const says = words.clock.off(seconds, aheadMs > 0);
  return off < FAR_OFF_MS
    ? look('clock', says, words.clock.remedy)
    : broken('clock', says, words.clock.remedy);
}
