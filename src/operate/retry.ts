/** `retry`: tries again now what failed or waits for a person. */
import { type CommandTools, type Done, endWaits, finish, namesOf } from './command.ts';

/** What a person took back before is sent again only for a tenant who is named. */
export async function retry({ tenantId }: { tenantId: string | null }, tools: CommandTools): Promise<Done> {
  const { stores, reads } = tools;
  const id = tenantId === null ? null : ((await stores.tenants.get(tenantId))?.record.id ?? tenantId);
  const tenants = await stores.sync.makeDue(
    id === null ? { in: ['parked', 'retrying', 'creating'] } : { tenantIds: [id] },
  );
  if (id !== null) await stores.sync.release([id]);
  const events = id === null ? await stores.inbox.requeue('unused') : 0;
  await endWaits(tools, [...namesOf(tools), ...reads.healthNames]);
  return await finish(tools, tenants, events);
}
