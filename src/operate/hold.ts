/** `hold`: a person wants nothing sent of a tenant until they say so; `retry` of that tenant ends it. */
import { type CommandTools, type Done, finish, type Refused } from './command.ts';

export async function hold({ tenantId }: { tenantId: string }, tools: CommandTools): Promise<Done | Refused> {
  const { stores, now } = tools;
  const id = (await stores.tenants.get(tenantId))?.record.id ?? tenantId;
  // A list of ours says what Boom says, always.
  const local = tools.connections().filter(({ capabilities }) => capabilities.local);
  const states = (await stores.sync.states([id])).filter(
    ({ connection }) => !local.some(({ name }) => name === connection),
  );
  if (states.length === 0)
    return {
      error: `boomsync keeps no record of ${id} in a PMS`,
      remedy: 'There is nothing to hold back. Pause the connection to send nothing at all.',
    };
  await stores.sync.hold(states, now().toISOString());
  return await finish(tools, await stores.sync.makeDue({ tenantIds: [id] }), 0);
}
