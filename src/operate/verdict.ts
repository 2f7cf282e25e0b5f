/** One word and one sentence for how things stand: the first of these that is true. Pure. */
import { moment } from './moment.ts';
import type { Status, Verdict } from './status.ts';

type Facts = Omit<Status, 'verdict' | 'sentence' | 'next'>;
type Said = Pick<Status, 'verdict' | 'sentence' | 'next'>;

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export function verdictOf(status: Facts, timezone: string): Said {
  const sum = (state: keyof Status['connections'][number]['records']) =>
    status.connections.reduce((n, c) => n + c.records[state], 0);
  const { total, inLine } = status.tenants;
  const held = status.connections.reduce((n, c) => n + c.due, 0);
  if (!status.server.running) {
    return {
      verdict: 'stopped',
      sentence: 'boomsync is not running: nothing that Boom sends now is received.',
      next: 'npm start',
    };
  }
  const broken = status.connections.find((c) => c.health === 'broken');
  if (broken) {
    return {
      verdict: 'stopped',
      sentence: `${(broken.message ?? `${broken.label} does not answer`).replace(/\.$/, '')}. ${plural(held, 'tenant waits', 'tenants wait')} and will be sent when it works again. Nothing is lost.`,
      next: broken.remedy,
    };
  }
  const needs = sum('parked') + status.events.failed + status.events.quarantined + status.boom.pushFailures;
  if (needs > 0) {
    return {
      verdict: 'needs_you',
      sentence: `${plural(needs, 'thing needs', 'things need')} you. ${inLine} of ${plural(total, 'tenant', 'tenants')} in line. Nothing has been lost.`,
      next: 'npx boomsync errors',
    };
  }
  const moving = sum('retrying') + sum('creating') + status.events.received + held;
  if (moving > 0) {
    return {
      verdict: 'catching_up',
      sentence: `Catching up: ${plural(moving, 'update is', 'updates are')} under way. ${inLine} of ${plural(total, 'tenant', 'tenants')} in line.`,
      next: null,
    };
  }
  const silent = status.boom.accounts.find((account) => account.api === 'broken');
  if (silent) {
    return {
      verdict: 'catching_up',
      sentence: `${(silent.message ?? 'Boom’s API does not answer').replace(/\.$/, '')}. What Boom sends is received all the same.`,
      next: silent.remedy,
    };
  }
  if (status.events.total === 0) {
    return {
      verdict: 'not_set_up',
      sentence: 'Nothing has arrived from Boom yet.',
      next: 'Give Boom the address and the key that npm start prints, or try it: npx boomsync send application_approved',
    };
  }
  if (status.tenants.waitingForBoom > 0) {
    return {
      verdict: 'catching_up',
      sentence: `${inLine} of ${plural(total, 'tenant', 'tenants')} in line. For the others we wait until Boom says who they are, or where they live. Nothing needs you.`,
      next: null,
    };
  }
  const unconfirmed = unconfirmedOf(status, timezone);
  if (unconfirmed !== null) return unconfirmed;
  const preview = status.connections.filter((c) => c.mode === 'preview');
  if (preview.length > 0 && sum('waiting') > 0) {
    const names = preview.map((c) => c.label).join(' and ');
    return {
      verdict: 'in_line',
      sentence: `Preview: nothing is written to ${names} yet. ${plural(sum('waiting'), 'record', 'records')} would be changed or added.`,
      next: 'npx boomsync tenants',
    };
  }
  return {
    verdict: 'in_line',
    sentence: total === 1 ? 'The one tenant is in line.' : `All ${total} tenants are in line.`,
    next: null,
  };
}

/** Over a gap that could not be read back nothing is called in line. */
function unconfirmedOf({ boom }: Facts, timezone: string): Said | null {
  const [gap] = boom.gaps;
  if (gap === undefined) return null;
  const when = `from ${moment(gap.from, timezone)} to ${moment(gap.to, timezone)}`;
  const verdict: Verdict = 'unconfirmed';
  if (gap.state === 'reading' || (gap.state === 'unread' && boom.accounts.every(({ api }) => api !== 'none')))
    return { verdict, sentence: `Boom could not reach us ${when}; it is being read back.`, next: null };
  const what =
    gap.state === 'unread'
      ? `What Boom sent ${when} may be missing: we were not reachable, and have no API keys to ask.`
      : `Reporting after ${moment(gap.from, timezone)} is unconfirmed for ${plural(gap.unconfirmed.reporting, 'tenant', 'tenants')}: we were not reachable ${when}, and Boom cannot be asked about it.`;
  return { verdict, sentence: what, next: 'npx boomsync gaps' };
}
