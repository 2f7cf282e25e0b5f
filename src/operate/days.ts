/** Keeps how each day went, for the page that shows the last ninety. */
import { faultName } from '../fault-name.ts';
import type { DayStore } from '../store/days.ts';
import type { Log } from './log.ts';
import type { Status } from './status.ts';
import type { Verdict } from './verdict.ts';

const EVERY_MS = 10 * 60_000;

/** From worst to best: a day shows the worst that it saw. */
export const WORST_FIRST: readonly Verdict[] = [
  'stopped',
  'needs_you',
  'unconfirmed',
  'paused',
  'quiet',
  'catching_up',
  'in_line',
  'not_set_up',
];

export function worse(one: Verdict, other: string | null): Verdict {
  const at = (WORST_FIRST as readonly (string | null)[]).indexOf(other);
  return at < 0 ? one : (WORST_FIRST[Math.min(at, WORST_FIRST.indexOf(one))] ?? one);
}

/** `2026-11-23`: the day on which that was, where the properties are. */
export function dayIn(timezone: string): (at: string) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: timezone,
  });
  return (at) => format.format(new Date(at));
}

export interface DaysTools {
  days: DayStore;
  status: () => Promise<Pick<Status, 'verdict' | 'tenants' | 'connections'>>;
  timezone: string;
  now: () => Date;
  log: Log;
}

export interface Days {
  /** `checked`: everything that was due has just been gone through. */
  look(checked: boolean): Promise<void>;
  stop(): Promise<void>;
}

export function keepDays({ days, status, timezone, now, log }: DaysTools): Days {
  const dayOf = dayIn(timezone);
  const once = async (checked: boolean) => {
    try {
      await days.countMessages(dayOf);
      const { verdict, tenants, connections } = await status();
      // Nothing is due anywhere: everything has been gone through since it last changed.
      const through = checked || connections.every(({ due, health }) => due === 0 && health === 'working');
      const at = now().toISOString();
      const day = dayOf(at);
      const worst = worse(verdict, await days.worstOf(day));
      const checkedAt = through ? at : null;
      await days.note(day, { worst, inLine: tenants.inLine, total: tenants.total, checkedAt });
    } catch (error) {
      log.error(faultName(error), 'keeping how the day went failed; it is tried again');
    }
  };
  let looking = Promise.resolve();
  const look = (checked: boolean) => {
    looking = looking.then(() => once(checked));
    return looking;
  };
  const timer = setInterval(() => void look(false), EVERY_MS);
  void look(false);
  return {
    look,
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
