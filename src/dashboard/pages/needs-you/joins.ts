/** People of whom somebody has to say whether they are one or two, where no record asks it. */
import { z } from 'zod';
import type { Status } from '../../../operate/status.ts';
import { unitText } from '../../../operate/tenant-words.ts';
import type { Tenant, TenantApplication } from '../../../project/tenant.ts';
import type { At } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { countOf } from './count-of.ts';

const SHOWN = 20;

export const weakJoins = z.object({
  /** As the verdict counts. */
  count: z.number(),
  /** The first of them. */
  items: z.array(
    z.object({
      tenantId: z.string(),
      who: z.string(),
      /** Units that the applications are for, and those that rent is reported for. */
      applied: z.array(z.string()),
      reported: z.array(z.string()),
      since: z.string(),
    }),
  ),
});

export async function readJoins({ tenants }: Status, at: At): Promise<z.output<typeof weakJoins>> {
  const connections = at.connections().map(({ name }) => name);
  const joins = await at.stores.weakJoins.open({ connections, limit: SHOWN });
  const items = joins.map(({ record, since }) => ({
    tenantId: record.id,
    who: nameOf(record.person, at.words),
    ...unitsOf(record),
    since,
  }));
  return { count: countOf(items.length, SHOWN, tenants.weaklyJoined), items };
}

function unitsOf({ applications, residencies }: Tenant): { applied: string[]; reported: string[] } {
  return {
    applied: namesOf(applications),
    reported: namesOf(residencies.filter(({ enrollmentId }) => enrollmentId !== null)),
  };
}

function namesOf(places: readonly Pick<TenantApplication, 'unit'>[]): string[] {
  return [...new Set(places.flatMap(({ unit }) => unitText(unit) ?? []))];
}
