/** Units of Boom's that a connection does not know, where theirs cannot be listed: a person types which it is. */
import { z } from 'zod';
import { unitWords } from '../../../connect/units.ts';
import type { At } from '../../contract.ts';

const SHOWN = 50;

export const unitsView = z.object({
  connection: z.string(),
  label: z.string(),
  /** Whether what is typed is an id over there, or the landlord's own words for the unit. */
  types: z.enum(['id', 'words']),
  /** As they would stand under `units:`. */
  open: z.array(z.string()),
  /** Records of which Boom names no unit at all. */
  unnamed: z.number(),
});
export type UnitsView = z.output<typeof unitsView>;

export async function readUnits(
  { connection: name }: { connection: string },
  at: At,
): Promise<UnitsView | null> {
  const connection = at.connections().find((one) => one.name === name);
  if (connection === undefined) return null;
  const parked = await parkedUnits(name, at);
  const open = [...new Set(parked.flatMap((words) => words ?? []))];
  return {
    connection: name,
    label: connection.label,
    types: connection.capabilities.unitId === 'unused' ? 'words' : 'id',
    open,
    unnamed: parked.filter((words) => words === null).length,
  };
}

/** Null for one whose unit Boom does not name. */
async function parkedUnits(connection: string, { stores, now }: At): Promise<(string | null)[]> {
  const group = { connection, cause: 'unmapped_unit' };
  const needs = await stores.needs.page(group, { now: now().toISOString(), limit: SHOWN });
  const words: (string | null)[] = [];
  for (const { state } of needs) {
    const tenant = (await stores.tenants.get(state.tenantId))?.record;
    const about = [...(tenant?.residencies ?? []), ...(tenant?.applications ?? [])];
    const unit = about.find(({ place }) => place === state.place)?.unit ?? null;
    words.push(unit === null ? null : (unitWords(unit)[0] ?? null));
  }
  return words;
}
