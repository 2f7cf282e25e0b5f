/** The whole pipeline with a connection to the PMS in memory. */
import type { Capabilities, Connection } from '../../src/connect/connection.ts';
import { type MemoryPms, memoryPms } from '../fakes/memory-pms.ts';
import { type EngineRig, engineRig } from './engine.ts';
import { openTestStore } from './store.ts';

export interface MemoryRig extends EngineRig {
  pms: MemoryPms;
}

export async function memoryRig(
  own: Partial<Connection> = {},
  capabilities: Partial<Capabilities> = {},
): Promise<MemoryRig> {
  const store = await openTestStore();
  const clock: { rig?: EngineRig } = {};
  const pms = memoryPms(() => clock.rig?.now() ?? new Date(0));
  const rig = engineRig(store, pms.connection(own, capabilities));
  clock.rig = rig;
  return Object.assign(rig, { pms });
}
