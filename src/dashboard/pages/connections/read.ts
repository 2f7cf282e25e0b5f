/** Every connection in a tile: how it stands, when it last and when it next is looked at, and what waits. */
import { z } from 'zod';
import { draftNames } from '../../../config/drafts.ts';
import { nextRun } from '../../../operate/schedule.ts';
import type { At } from '../../contract.ts';
import { connectionTile, tileOf } from './tile.ts';

export const connectionsView = z.object({
  connections: z.array(
    connectionTile.extend({
      local: z.boolean(),
      byHand: z.boolean(),
      lastConfirmedAt: z.string().nullable(),
      /** While it fails: when it is asked again; null: it does not fail, or at once. */
      nextTryAt: z.string().nullable(),
    }),
  ),
  /** When everything is gone through again; null: only when asked. */
  nextCheckAt: z.string().nullable(),
  /** Connections that were begun and are not set up yet. */
  drafts: z.array(z.string()),
});
export type ConnectionsView = z.output<typeof connectionsView>;

export async function readConnections(at: At): Promise<ConnectionsView> {
  const { stores, config, now } = at;
  const status = await at.status();
  const health = new Map((await stores.connections.all()).map((one) => [one.name, one]));
  const able = new Map(at.connections().map(({ name, capabilities }) => [name, capabilities]));
  const list: ConnectionsView['connections'] = [];
  for (const one of status.connections) {
    const { name } = one;
    list.push({
      ...tileOf(one),
      local: able.get(name)?.local ?? false,
      byHand: able.get(name)?.byHand ?? false,
      lastConfirmedAt: await stores.connections.lastConfirmed(name),
      nextTryAt: one.health === 'broken' ? (health.get(name)?.waitUntil ?? null) : null,
    });
  }
  return {
    connections: list,
    nextCheckAt: await nextRun(config, now()),
    drafts: await draftNames(config.configDir),
  };
}
