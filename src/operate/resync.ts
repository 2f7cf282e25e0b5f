/** `resync`: reads from Boom what changed, then works on what is due. */
import type { ResyncReport } from '../read/account.ts';
import type { SyncState } from '../store/sync.ts';
import { type CommandTools, type Done, endWaits, finish, namesOf } from './command.ts';

export interface ResyncAsked {
  /** Also read and compare every record over there. */
  verify: boolean;
  account: string | null;
  since: string | null;
  all: boolean;
  dryRun: boolean;
}

export interface Resynced extends Done {
  /** What reading each account of Boom's came to. */
  boom: ResyncReport[];
  /** With `verify`: records that were not as wanted when they were compared, and what became of each field. */
  drift: Drift[];
}

export type Drift = Pick<SyncState, 'tenantId' | 'connection' | 'kind' | 'place' | 'state' | 'plan'>;

export async function resync({ verify, ...asked }: ResyncAsked, tools: CommandTools): Promise<Resynced> {
  const { stores, reads, settled, connections, now } = tools;
  const boom = await reads.resync(asked);
  if (asked.dryRun)
    return { tenants: 0, events: 0, records: await stores.sync.countByState(), boom, drift: [] };
  await settled();
  const begun = now().toISOString();
  let tenants = await stores.sync.makeDue(verify ? {} : { in: ['retrying', 'creating'] });
  // A file of ours costs nothing to compare, and somebody may have deleted it.
  for (const { name, capabilities } of verify ? [] : connections()) {
    if (capabilities.local) tenants += await stores.sync.makeDue({ connection: name });
  }
  await endWaits(tools, namesOf(tools));
  const done = await finish(tools, tenants, 0);
  return { ...done, boom, drift: verify ? await driftSince(begun, tools) : [] };
}

async function driftSince(begun: string, tools: CommandTools): Promise<Drift[]> {
  const found = await tools.stores.sync.withPlan(begun);
  return found
    .filter(({ connection, plan }) => namesOf(tools).includes(connection) && plan?.record !== 'create')
    .map(({ tenantId, connection, kind, place, state, plan }) => {
      return { tenantId, connection, kind, place, state, plan };
    });
}
