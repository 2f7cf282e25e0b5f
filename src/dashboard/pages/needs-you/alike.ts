/** All that need a person for one cause in one connection, a page at a time. */
import { z } from 'zod';
import { KINDS } from '../../../connect/contract.ts';
import type { After } from '../../../store/needs.ts';
import type { At } from '../../contract.ts';
import { itemsOf, needItem } from './item.ts';
import { decoded } from './token.ts';

export const PAGE = 50;

export const alikeQuery = z.object({
  connection: z.string(),
  cause: z.string(),
  /** The last of the page before: `t1/applicant/p1`. */
  after: z.string().nullish(),
});

export const alikeView = z.object({
  connection: z.string(),
  label: z.string(),
  cause: z.string(),
  count: z.number(),
  items: z.array(needItem),
  first: z.boolean(),
  next: z.string().nullable(),
});
export type AlikeView = z.output<typeof alikeView>;

export async function readAlike(
  { connection, cause, after = null }: z.output<typeof alikeQuery>,
  at: At,
): Promise<AlikeView | null> {
  const label = at.connections().find(({ name }) => name === connection)?.label;
  const from = readAfter(after);
  if (label === undefined || from === undefined) return null;
  const now = at.now().toISOString();
  const groups = await at.stores.needs.groups(now);
  const count = groups.find((one) => one.connection === connection && one.cause === cause)?.count ?? 0;
  const needs = await at.stores.needs.page({ connection, cause }, { now, limit: PAGE + 1, after: from });
  const shown = needs.slice(0, PAGE);
  const last = needs.length > PAGE ? shown.at(-1) : undefined;
  return {
    connection,
    label,
    cause,
    count,
    items: await itemsOf(shown, at),
    first: from === null,
    next: last === undefined ? null : afterOf(last.state),
  };
}

export function afterOf({ tenantId, kind, place }: After): string {
  return [tenantId, kind, place].map(encodeURIComponent).join('/');
}

/** Undefined where it is no such place. */
function readAfter(text: string | null): After | null | undefined {
  if (text === null) return null;
  const [tenantId, kind, place] = text.split('/').map(decoded);
  const of = KINDS.find((one) => one === kind);
  if (!tenantId || of === undefined || !place) return undefined;
  return { tenantId, kind: of, place };
}
