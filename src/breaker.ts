/**
 * Pauses whatever speaks to another system when that system itself fails, and probes until it answers. Nobody's
 * attempts are used up meanwhile.
 */
import { asPushError, type PushError } from './http/push-error.ts';
import type { ConnectionHealth, ConnectionStore } from './store/connections.ts';

const MINUTE = 60_000;
/** Waits between probes of what does not work. */
const PROBES = [0.25, 0.5, 1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE);
/** Nobody makes us wait longer than this, whatever is asked for. */
export const LONGEST_WAIT_MS = 6 * 60 * MINUTE;

/** Ten per cent either way, so that a thousand that failed together do not come back together. */
export function jitter(ms: number, random: () => number): number {
  return Math.round(ms * (0.9 + 0.2 * random()));
}

function probeWait(probes: number, random: () => number): number {
  return jitter(PROBES[Math.min(probes, PROBES.length - 1)] ?? MINUTE, random);
}

/** What was asked for, within bounds; a minute where nothing was said. */
function rateLimitWait(asked: number | null, random: () => number): number {
  return Math.min(Math.max(asked ?? MINUTE, 1000) + Math.round(random() * 1000), LONGEST_WAIT_MS);
}

export interface BreakerTools {
  connections: ConnectionStore;
  log: {
    info(fields: Record<string, unknown>, message: string): void;
    warn(fields: Record<string, unknown>, message: string): void;
  };
  now: () => Date;
  random: () => number;
}

export class Breaker {
  readonly #name: string;
  readonly #check: () => Promise<unknown>;
  readonly #tools: BreakerTools;

  /** `check` proves that the other side answers and changes nothing. */
  constructor(name: string, check: () => Promise<unknown>, tools: BreakerTools) {
    this.#name = name;
    this.#check = check;
    this.#tools = tools;
  }

  /** How long to leave it alone, in milliseconds; 0 when it works, which it is asked first after a failure. */
  async wait(): Promise<number> {
    const { connections, now } = this.#tools;
    const health = await connections.get(this.#name);
    const left = health?.waitUntil ? Date.parse(health.waitUntil) - now().getTime() : 0;
    // Nobody makes us wait longer: the clock was set back since, and this time would not come for as long.
    if (left > 0 && left <= LONGEST_WAIT_MS) return left;
    // Where only a right is lacking, the check cannot tell whether it has been given: what needs it is tried again.
    if (health?.state !== 'broken' || health.kind === 'forbidden') return 0;
    return (await this.#probe()) ? 0 : 1;
  }

  /** What it is there for went through: an earlier failure is over, and the next one is a first one. */
  async succeed(): Promise<void> {
    const health = await this.#tools.connections.get(this.#name);
    if (health === null || (health.state === 'working' && health.probes === 0)) return;
    await this.#works({ ...health, probes: 0 });
  }

  /** Something else went through: the next failure is a first one, and what a right is lacking for stays refused. */
  async countAnew(): Promise<void> {
    const { connections } = this.#tools;
    const health = await connections.get(this.#name);
    if (health?.state === 'working' && health.probes > 0) await connections.save({ ...health, probes: 0 });
  }

  /** It was refused, unreachable, or asked for time. */
  async fail(error: PushError): Promise<void> {
    const { connections, now, random, log } = this.#tools;
    const known = await connections.get(this.#name);
    const limited = error.kind === 'rate_limited';
    const probes = (known?.probes ?? 0) + (limited ? 0 : 1);
    const wait = limited
      ? rateLimitWait(error.retryAfterMs, random)
      : Math.min(Math.max(probeWait(probes - 1, random), error.retryAfterMs ?? 0), LONGEST_WAIT_MS);
    await connections.save({
      name: this.#name,
      state: limited ? 'working' : 'broken',
      kind: limited ? null : error.kind,
      message: limited ? null : error.message,
      remedy: limited ? null : error.remedy,
      since: known?.state === 'broken' ? known.since : now().toISOString(),
      waitUntil: new Date(now().getTime() + wait).toISOString(),
      probes,
    });
    log.warn(
      { connection: this.#name, kind: error.kind, waitMs: wait },
      limited ? 'asked to wait' : 'connection paused',
    );
  }

  /** A check that passes proves little of what is sent afterwards: the probes are counted on. */
  async #probe(): Promise<boolean> {
    try {
      await this.#check();
    } catch (thrown) {
      await this.fail(asPushError(thrown));
      return false;
    }
    const health = await this.#tools.connections.get(this.#name);
    if (health !== null) await this.#works(health);
    return true;
  }

  async #works(health: ConnectionHealth): Promise<void> {
    const { connections, now, log } = this.#tools;
    const wasBroken = health.state === 'broken';
    await connections.save({
      ...health,
      state: 'working',
      kind: null,
      message: null,
      remedy: null,
      since: wasBroken ? now().toISOString() : health.since,
      waitUntil: wasBroken ? null : health.waitUntil,
    });
    if (wasBroken) log.info({ connection: this.#name }, 'connection works again');
  }
}
