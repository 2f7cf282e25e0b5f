/** One connection in a few numbers and by the same words as everything: wherever it stands in short. */
import { z } from 'zod';
import type { ConnectionStatus } from '../../../operate/status.ts';
import type { Verdict } from '../../../operate/verdict.ts';

export const connectionTile = z.object({
  name: z.string(),
  label: z.string(),
  verdict: z.string(),
  mode: z.enum(['preview', 'live']),
  /** Records. */
  inLine: z.number(),
  /** Records that are under way, or tenants that wait for a pass where these are more. */
  waiting: z.number(),
  /** Records, without those that were put aside. */
  needsYou: z.number(),
});

export function tileOf(one: ConnectionStatus): z.output<typeof connectionTile> {
  const { name, label, mode, records, due } = one;
  return {
    name,
    label,
    verdict: verdictOfConnection(one),
    mode,
    inLine: records.synced,
    waiting: Math.max(records.waiting + records.retrying + records.creating, due),
    needsYou: records.parked,
  };
}

function verdictOfConnection({ health, heals, records, due, settling, mode }: ConnectionStatus): Verdict {
  if (health === 'broken' && !heals) return 'stopped';
  if (health === 'paused') return 'paused';
  if (records.parked > 0) return 'needs_you';
  const moving = records.retrying + records.creating + due + settling;
  if (moving > 0 || health === 'broken') return 'catching_up';
  return mode === 'preview' && records.waiting > 0 ? 'not_set_up' : 'in_line';
}
