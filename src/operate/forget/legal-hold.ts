/** Nothing of somebody is removed, because a law or a court wants it kept: until a person says otherwise. */
import { z } from 'zod';
import type { LegalHold } from '../../store/legal-holds.ts';
import { type CommandTools, command, type Refused } from '../command.ts';

type Tools = Pick<CommandTools, 'stores' | 'now'>;

export interface HeldAsked {
  tenantId: string;
  reason: string | null;
  who: string;
}

const LONGEST_REASON = 500;

const asked = z.object({
  tenantId: z.string(),
  reason: z.string().max(LONGEST_REASON).nullable(),
  who: z.string(),
});

export function legalHoldCommands(tools: Tools) {
  return {
    legal_hold: command(
      asked,
      (one) => holdLegally(one, tools),
      () => ({ writes: 'events' }),
    ),
    legal_release: command(
      asked,
      (one) => releaseLegally(one, tools),
      () => ({ writes: 'events' }),
    ),
  };
}

async function holdLegally(
  { tenantId, reason, who }: HeldAsked,
  { stores, now }: Tools,
): Promise<{ hold: LegalHold; already: boolean } | Refused> {
  const id = (await stores.tenants.get(tenantId))?.record.id;
  if (id === undefined) return nobody(tenantId);
  const at = now().toISOString();
  const already = (await stores.legalHolds.of(id)) !== null;
  if (!already) {
    await stores.peopleLog.write({ at, who, what: 'held', tenantId: id, eventId: null, detail: null });
    await stores.legalHolds.add({ tenantId: id, reason, who }, at);
  }
  const hold = await stores.legalHolds.of(id);
  return hold === null ? nobody(tenantId) : { hold, already };
}

async function releaseLegally(
  { tenantId, reason, who }: HeldAsked,
  { stores, now }: Tools,
): Promise<{ released: LegalHold } | Refused> {
  const id = (await stores.tenants.get(tenantId))?.record.id;
  if (id === undefined) return nobody(tenantId);
  const first = await stores.legalHolds.of(id);
  if (first === null) return { error: `${id} is not held`, remedy: 'See who is with: boomsync hold' };
  const at = now().toISOString();
  await stores.peopleLog.write({ at, who, what: 'released', tenantId: id, eventId: null, detail: null });
  // Two who were held apart may be one person by now.
  for (let hold: LegalHold | null = first; hold !== null; hold = await stores.legalHolds.of(id))
    await stores.legalHolds.release([hold.tenantId], { who, reason, at });
  return { released: first };
}

const nobody = (tenantId: string): Refused => ({
  error: `There is no tenant ${tenantId}`,
  remedy: 'List them with: boomsync tenants',
});
