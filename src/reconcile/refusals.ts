/** Errors after which nothing was written: there is no outcome to look up, and nothing to take back. */
import type { PushErrorKind } from '../http/push-error.ts';

const REFUSALS: ReadonlySet<string> = new Set<PushErrorKind>([
  'invalid',
  'forbidden',
  'unauthorized',
  'rate_limited',
  'not_found',
  'unmapped_unit',
]);

/** `outcome` of an attempt, or the kind of an error. */
export function isRefusal(outcome: string): boolean {
  return REFUSALS.has(outcome);
}
