/** Which of the records that a preview showed are let be made by going live. */
import type { ApproveAsked } from './approve.ts';
import type { Preview } from './preview.ts';

/** Tenants are let be made one by one: they wait, and not for this. */
export function shownCreates({ records }: Pick<Preview, 'records'>): NonNullable<ApproveAsked['shown']> {
  return records
    .filter(({ plan, cause }) => plan?.record === 'create' && cause === 'preview')
    .map(({ tenantId, kind, place }) => ({ tenantId, kind, place }));
}
