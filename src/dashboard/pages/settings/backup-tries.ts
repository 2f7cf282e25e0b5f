/** Whether a backup can be restored, tried in a folder of its own: one at a time, and the last that was found out is kept. */
import { join } from 'node:path';
import { BackupFault, type BackupFaultKind } from '../../../store/backup-fault.ts';
import { checkBackup } from '../../../store/backup-restore.ts';
import type { At } from '../../contract.ts';

export interface TriedBackup {
  file: string;
  /** UTC ISO 8601. */
  at: string;
  /** Null: it can be restored. */
  fault: BackupFaultKind | null;
  tenants: number;
  /** When the last message came that it holds; null: none. */
  lastEventAt: string | null;
}

interface Tries {
  underWay: string | null;
  last: TriedBackup | null;
}

type Tools = Pick<At, 'stores' | 'config' | 'now'>;

/** Of each running boomsync its own. */
const tries = new WeakMap<At['stores'], Tries>();

export const lastTry = ({ stores }: Pick<At, 'stores'>): Tries =>
  tries.get(stores) ?? { underWay: null, last: null };

/** `name`: one of the folder of backups. Null where another is being tried now. */
export async function tryBackup(name: string, at: Tools): Promise<TriedBackup | null> {
  const { stores, config, now } = at;
  const before = lastTry(at);
  if (before.underWay !== null) return null;
  tries.set(stores, { ...before, underWay: name });
  let last: TriedBackup = {
    file: name,
    at: now().toISOString(),
    fault: 'failed',
    tenants: 0,
    lastEventAt: null,
  };
  try {
    const file = join(config.backup.folder, name);
    const { counts, lastEventAt } = await checkBackup(file, config.dataDir, config.backup.passphrase);
    last = { ...last, fault: null, tenants: counts.tenants ?? 0, lastEventAt };
  } catch (error) {
    last = { ...last, fault: error instanceof BackupFault ? error.kind : 'failed' };
  } finally {
    tries.set(stores, { underWay: null, last });
  }
  return last;
}
