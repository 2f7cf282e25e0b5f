/** `reload`: a running server takes the connections, the keys for Boom and who is told as the files say now, and goes on receiving meanwhile. */
import type { Fault } from '../config/fault.ts';
import type { CommandTools } from './command.ts';

export interface Reloaded {
  /** False where there was nothing to reload, or faults: the connections are then those of before. */
  reloaded: boolean;
  faults: Fault[];
}

export async function reload({ reload: load, connectAnew }: CommandTools): Promise<Reloaded> {
  if (load === null) return { reloaded: false, faults: [] };
  const loaded = await load();
  if ('faults' in loaded) return { reloaded: false, faults: loaded.faults };
  await connectAnew(loaded.connections);
  return { reloaded: true, faults: [] };
}
