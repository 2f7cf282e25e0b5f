/** Boom's own push into a PMS: its status is an open string, and only its failures concern a landlord. Pure. */
import type { BoomEvent } from '../boom/event.ts';

const FAILING = /fail|error|reject|refus|unable|invalid|denied|timed?[ _-]?out/i;

export function boomPushFailed({ status, error }: NonNullable<BoomEvent['push']>): boolean {
  return error !== null || FAILING.test(status ?? '');
}
