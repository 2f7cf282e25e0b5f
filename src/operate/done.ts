/** `done`: a person did by hand what was to be done in a PMS without an API. */
import { acknowledged, isTask } from '../reconcile/acknowledge.ts';
import type { RecordName, SyncState } from '../store/sync.ts';
import { type CommandTools, type Done, finish, type Refused } from './command.ts';

export interface Acknowledged extends Done {
  acknowledged: Pick<SyncState, 'connection' | 'kind' | 'place' | 'plan'>[];
}

export interface DoneAsked {
  tenantId: string;
  /** Null: the tasks of every connection. */
  connection: string | null;
  /** The one record that it is said of; null: all of them there. */
  record: Pick<RecordName, 'kind' | 'place'> | null;
}

export async function done(
  { tenantId, connection, record }: DoneAsked,
  tools: CommandTools,
): Promise<Acknowledged | Refused> {
  const { stores, now } = tools;
  const id = (await stores.tenants.get(tenantId))?.record.id ?? tenantId;
  const tasks = (await stores.sync.states([id], connection ?? undefined)).filter(
    (state) =>
      isTask(state) && (record === null || (state.kind === record.kind && state.place === record.place)),
  );
  if (tasks.length === 0)
    return { error: `Nothing is to be done by hand for ${id}`, remedy: 'See what is with: boomsync errors' };
  for (const task of tasks) {
    await tools.alone(task.connection, async () => {
      await stores.sync.saveState(acknowledged(task, now().toISOString()));
    });
  }
  const tenants = await stores.sync.makeDue({ tenantIds: [id] });
  return {
    ...(await finish(tools, tenants, 0)),
    acknowledged: tasks.map(({ connection, kind, place, plan }) => ({ connection, kind, place, plan })),
  };
}
