/** What is kept: copies of the database, and how long what is no longer needed stays in it. */
import path from 'node:path';
import { z } from 'zod';
import { backupState } from '../../../operate/backup/state.ts';
import { retentionState } from '../../../operate/retention/retention.ts';
import { BACKUP_FAULTS } from '../../../store/backup-fault.ts';
import type { At } from '../../contract.ts';
import { lastTry } from './backup-tries.ts';

const time = z.string().describe('UTC ISO 8601');
const fault = z.enum(BACKUP_FAULTS);
/** Null: for good. */
const days = z.number().nullable();

export const backupView = z.object({
  on: z.boolean(),
  overdue: z.boolean(),
  lastAt: time.nullable(),
  lastVerifiedAt: time.nullable(),
  nextAt: time.nullable(),
  failure: z.object({ at: time, kind: fault }).nullable(),
  /** From the home where it is in it. */
  folder: z.string(),
  keep: z.object({ daily: z.number(), weekly: z.number() }),
  encrypted: z.boolean(),
  files: z.array(
    z.object({
      name: z.string(),
      at: time,
      bytes: z.number(),
      encrypted: z.boolean(),
      verified: z.boolean(),
    }),
  ),
  tried: z.object({
    underWay: z.string().nullable(),
    last: z
      .object({
        file: z.string(),
        at: time,
        fault: fault.nullable(),
        tenants: z.number(),
        lastEventAt: time.nullable(),
      })
      .nullable(),
  }),
  retention: z.object({
    on: z.boolean(),
    lastAt: time.nullable(),
    failedAt: time.nullable(),
    /** What was removed then. */
    last: z.object({ bodies: z.number(), attempts: z.number() }).nullable(),
    keptDays: z.object({ bodies: days, failedBodies: days, attempts: days, decisions: days }),
  }),
});
export type BackupView = z.output<typeof backupView>;

const DAY_MS = 24 * 60 * 60_000;
const daysOf = (ms: number | null) => (ms === null ? null : Math.round(ms / DAY_MS));

export async function readBackupView(at: At): Promise<BackupView> {
  const { config } = at;
  const { failure, folder, ...state } = await backupState(at);
  const { on, lastAt, failedAt, last } = await retentionState(at);
  const { bodiesMs, failedBodiesMs, attemptsMs, decisionsMs } = config.retention;
  const inside = path.relative(config.home, folder);
  return {
    ...state,
    failure: failure === null ? null : { at: failure.at, kind: failure.kind },
    folder: inside.startsWith('..') ? folder : inside,
    keep: config.backup.keep,
    encrypted: config.backup.passphrase !== null,
    tried: lastTry(at),
    retention: {
      on,
      lastAt,
      failedAt,
      last: last === null ? null : { bodies: last.bodies, attempts: last.attempts },
      keptDays: {
        bodies: daysOf(bodiesMs),
        failedBodies: daysOf(failedBodiesMs),
        attempts: daysOf(attemptsMs),
        decisions: daysOf(decisionsMs),
      },
    },
  };
}
