/** The events that name a tenant, or that there is none. */
import { type Held, heldBy as heldByTenant } from '../operate/tenant-events.ts';
import type { Stores } from '../store/stores.ts';
import { Failure } from './failure.ts';

/** Throws `Failure` for an id that nobody has. */
export async function heldBy(stores: Pick<Stores, 'tenants' | 'projection'>, id: string): Promise<Held> {
  const held = await heldByTenant(stores, id);
  if (held !== null) return held;
  throw new Failure('unknown_tenant', `There is no tenant ${id}`, 'List them with: boomsync tenants');
}
