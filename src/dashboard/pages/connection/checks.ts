/** What the last test of each connection came to: nobody's data, and not kept over a restart. */
import { z } from 'zod';
import type { Connection } from '../../../connect/connection.ts';
import { KINDS } from '../../../connect/contract.ts';
import { type Checked, checkConnection } from '../../../operate/connector-check.ts';
import type { Words } from '../../../words/words.ts';
import type { Said, Tools } from '../../contract.ts';

export const rightsView = z.object({
  at: z.string(),
  checks: z.array(
    z.object({
      right: z.enum(['files', 'sign_in', 'find', 'units']),
      kind: z.enum(KINDS).nullable(),
      ok: z.boolean(),
      message: z.string().nullable(),
      remedy: z.string().nullable(),
      tookMs: z.number(),
    }),
  ),
});
export type RightsView = z.output<typeof rightsView>;

const lastOf = new WeakMap<Tools['stores'], Map<string, RightsView>>();

export function lastCheck(stores: Tools['stores'], name: string): RightsView | null {
  return lastOf.get(stores)?.get(name) ?? null;
}

export async function test(connection: Connection, { stores, now }: Tools): Promise<Checked[]> {
  const checks = await checkConnection(connection);
  const kept = lastOf.get(stores) ?? new Map<string, RightsView>();
  lastOf.set(stores, kept.set(connection.name, { at: now().toISOString(), checks }));
  return checks;
}

/** One sentence: how fast it answered and what we may do, or the first right that fails and what to do about it. */
export function checkSaid(checks: readonly Checked[], label: string, { connection }: Words): Said {
  const failed = checks.find(({ ok }) => !ok);
  const [first] = checks;
  if (failed === undefined) return { ok: true, text: connection.answered(label, first?.tookMs ?? 0, checks) };
  const text = `${connection.refusedRight(label, failed.right, failed.kind)} ${failed.message ?? ''}`.trim();
  return { ok: false, text, ...(failed.remedy === null ? {} : { remedy: failed.remedy }) };
}
