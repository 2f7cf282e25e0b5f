/** One connection: how it fares, what it may do, what it can do, and whether it writes. */
import { z } from 'zod';
import { connectionFile, readConnection } from '../../../config/drafts.ts';
import { manifestFor } from '../../../connect/catalogue.ts';
import { KINDS } from '../../../connect/contract.ts';
import { usedLimits } from '../../../operate/limits.ts';
import { nextRun } from '../../../operate/schedule.ts';
import type { At } from '../../contract.ts';
import { connectionTile, tileOf } from '../connections/tile.ts';
import { ableOf } from './able.ts';
import { lastCheck, rightsView } from './checks.ts';

export const connectionView = connectionTile.extend({
  connector: z.string(),
  /** From the home. */
  file: z.string(),
  health: z.object({
    state: z.enum(['working', 'broken', 'paused']),
    /** Of the failure, as PushErrors are called; null while it works. */
    kind: z.string().nullable(),
    /** `restored`: since a backup was restored. */
    pausedWhy: z.string().nullable(),
    since: z.string().nullable(),
    nextTryAt: z.string().nullable(),
    message: z.string().nullable(),
  }),
  lastConfirmedAt: z.string().nullable(),
  nextCheckAt: z.string().nullable(),
  /** What the last test came to; null: none since the start. */
  rights: rightsView.nullable(),
  create: z.enum(['never', 'applicant', 'tenant']),
  /** Null: no limit. */
  createsPerDay: z.number().nullable(),
  concurrency: z.number(),
  limits: z.array(z.object({ requests: z.number(), seconds: z.number(), used: z.number().nullable() })),
  able: z
    .object({
      creates: z.array(z.enum(KINDS)),
      updates: z.array(z.enum(KINDS)),
      decides: z.boolean(),
      notes: z.enum(['staff', 'unproven', 'none']),
      units: z.boolean(),
      byHand: z.boolean(),
      local: z.boolean(),
      readBack: z.boolean(),
    })
    .nullable(),
});
export type ConnectionView = z.output<typeof connectionView>;

export async function readOne(name: string, at: At): Promise<ConnectionView | null> {
  const { stores, config, now } = at;
  const connection = at.connections().find((one) => one.name === name);
  const status = (await at.status()).connections.find((one) => one.name === name);
  if (connection === undefined || status === undefined) return null;
  const health = await stores.connections.get(name);
  const manifest = await manifestOf(name, at);
  const broken = status.health === 'broken';
  return {
    ...tileOf(status),
    // The status may be some seconds old, and this says what would be written.
    mode: connection.mode,
    connector: connection.connectorId,
    file: `config/connections/${name}.yaml`,
    health: {
      state: status.health,
      kind: broken ? (health?.kind ?? null) : null,
      pausedWhy: health?.pausedWhy ?? null,
      since: status.since === '' ? null : status.since,
      nextTryAt: broken ? (health?.waitUntil ?? null) : null,
      message: broken ? status.message : null,
    },
    lastConfirmedAt: await stores.connections.lastConfirmed(name),
    nextCheckAt: await nextRun(config, now()),
    rights: lastCheck(stores, name),
    create: connection.create,
    createsPerDay: Number.isFinite(connection.createsPerDay) ? connection.createsPerDay : null,
    concurrency: connection.concurrency,
    limits: manifest === null ? [] : await usedLimits(name, manifest.limits, stores, now()),
    // Whether staff alone read notes may be the landlord's word.
    able:
      manifest === null
        ? null
        : {
            ...ableOf(manifest),
            ...(connection.capabilities.notes === 'staff' ? { notes: 'staff' as const } : {}),
          },
  };
}

async function manifestOf(name: string, { config: { configDir } }: At) {
  const one = await readConnection(configDir, name);
  if (one === null || 'faults' in one) return null;
  return manifestFor(one.config.connector, connectionFile(configDir, name));
}
