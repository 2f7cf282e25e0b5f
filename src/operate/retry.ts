/** `retry`: tries again now what failed or waits for a person. */
import { type CommandTools, type Done, endWaits, finish, namesOf } from './command.ts';

/** Null: all that failed or waits. What a person took back before is sent again only for tenants who are named. */
export async function retry(
  { tenantIds }: { tenantIds: string[] | null },
  tools: CommandTools,
): Promise<Done> {
  const { stores, reads } = tools;
  const ids = tenantIds === null ? null : await knownBy(tenantIds, tools);
  const tenants = await stores.sync.makeDue(
    ids === null ? { in: ['parked', 'retrying', 'creating'] } : { tenantIds: ids },
  );
  if (ids !== null) await stores.sync.release(ids);
  const events = ids === null ? await stores.inbox.requeue('unused') : 0;
  await endWaits(tools, [...namesOf(tools), ...reads.healthNames]);
  return await finish(tools, tenants, events);
}

/** Those who were merged since go by the id that they are known by now. */
async function knownBy(tenantIds: readonly string[], { stores }: CommandTools): Promise<string[]> {
  const ids = new Set<string>();
  for (const id of tenantIds) ids.add((await stores.tenants.get(id))?.record.id ?? id);
  return [...ids];
}
