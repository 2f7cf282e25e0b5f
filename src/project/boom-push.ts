/** Boom's own push into a PMS: its status is an open string, and only its failures concern a landlord. Pure. */
import type { BoomEvent } from '../boom/event.ts';
import type { Dossier } from './dossiers.ts';
import { type FoldEvent, write } from './fold-event.ts';
import type { Merges } from './merges.ts';
import { BOOM_PUSH_RANK, withinWindow } from './ordering.ts';
import { settle, stampOf, type Write } from './register.ts';
import type { Tenant } from './tenant.ts';

const FAILING = /fail|error|reject|refus|unable|invalid|denied|timed?[ _-]?out/i;

type Push = NonNullable<Tenant['boomPush']>;

function failedOf({ status, error }: NonNullable<BoomEvent['push']>): boolean {
  return error !== null || FAILING.test(status ?? '');
}

/** A delivery's own time is the application's last change, which a push is none: its arrival counts. */
function pushWrite(item: FoldEvent): Write<Omit<Push, 'at'>> | null {
  const { push, people } = item.event;
  if (push === null || (item.positions.length === 0 && people.length > 0)) return null;
  const failed = failedOf(push);
  const value = { status: push.status, error: push.error, failed };
  const next = write(item, value, failed ? BOOM_PUSH_RANK.failed : BOOM_PUSH_RANK.worked);
  return next.read ? next : { ...next, time: null };
}

/** The newest push for one application. */
function newestOf(events: readonly FoldEvent[]): Push | null {
  const writes = events.flatMap((item) => pushWrite(item) ?? []);
  const counts = settle(writes)?.counts;
  if (counts === undefined) return null;
  const { value } = counts;
  const same = writes.filter((one) => one.value.status === value.status && one.value.error === value.error);
  const delivered = same.filter((one) => withinWindow(one, counts)).map(stampOf);
  return { ...value, at: counts.read ? stampOf(counts) : (delivered.sort()[0] ?? stampOf(counts)) };
}

/** Of the newest push for each application the newest; but one that failed comes first. */
export function boomPushOf(dossiers: readonly Dossier[], merges: Merges): Push | null {
  const byApplication = new Map<string | Dossier, FoldEvent[]>();
  for (const dossier of dossiers) {
    const key = dossier.id === null ? dossier : merges.targetOf(dossier.id);
    byApplication.set(key, [...(byApplication.get(key) ?? []), ...dossier.own]);
  }
  const newest = [...byApplication.values()].flatMap((events) => newestOf(events) ?? []);
  newest.sort((a, b) => Number(b.failed) - Number(a.failed) || (a.at < b.at ? 1 : -1));
  return newest[0] ?? null;
}
