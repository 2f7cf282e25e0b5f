/** Errors after which nothing was written: there is no outcome to look up, and nothing to take back. */
import type { PushErrorKind } from '../http/push-error.ts';

export const REFUSALS: readonly PushErrorKind[] = [
  'invalid',
  'forbidden',
  'unauthorized',
  'rate_limited',
  'not_found',
  'unmapped_unit',
];

/** `outcome` of an attempt, or the kind of an error. */
export function isRefusal(outcome: string): boolean {
  return REFUSALS.some((kind) => kind === outcome);
}
