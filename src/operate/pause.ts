/** `connection pause` and `resume`: the landlord's own pause. A paused connection does nothing and drops nothing. */
import { type CommandTools, type Done, finish, namesOf, type Refused } from './command.ts';

export interface Paused extends Done {
  /** UTC ISO 8601; null: it is at work. */
  pausedAt: string | null;
  /** False where it stood so before. */
  changed: boolean;
}

export async function pause(connection: string, tools: CommandTools): Promise<Paused | Refused> {
  const { stores, now } = tools;
  if (!namesOf(tools).includes(connection)) return unknownConnection(connection, tools);
  const before = (await stores.connections.get(connection))?.pausedAt ?? null;
  const pausedAt = before ?? now().toISOString();
  if (before === null) await stores.connections.pause(connection, pausedAt);
  const records = await stores.sync.countByState();
  return { tenants: 0, events: 0, records, pausedAt, changed: before === null };
}

export async function resume(connection: string, tools: CommandTools): Promise<Paused | Refused> {
  const { stores } = tools;
  if (!namesOf(tools).includes(connection)) return unknownConnection(connection, tools);
  const health = await stores.connections.get(connection);
  const changed = (health?.pausedAt ?? null) !== null;
  // What a backup knew of the records over there may be old: each is looked at before anything is written.
  const tenants = health?.pausedWhy === 'restored' ? await stores.sync.makeDue({ connection }) : 0;
  if (changed) await stores.connections.pause(connection, null);
  return { ...(await finish(tools, tenants, 0)), pausedAt: null, changed };
}

export function unknownConnection(name: string, tools: CommandTools): Refused {
  const names = namesOf(tools).join(', ') || 'none';
  return {
    error: `There is no connection ${name}`,
    remedy: `They are: ${names}. Changes in config/ count from the next start.`,
  };
}
