/** A backup now, and whether one can be restored. */
import { z } from 'zod';
import type { BackedUp } from '../../../operate/backup/backup.ts';
import { backupFacts } from '../../../operate/backup/state.ts';
import type { Refused } from '../../../operate/command.ts';
import { listBackups } from '../../../store/backup.ts';
import type { BackupFaultKind } from '../../../store/backup-fault.ts';
import { type Action, type At, action, type Said } from '../../contract.ts';
import { dateTime } from '../../parts/moment.tsx';
import { tryBackup } from './backup-tries.ts';

export const backupActions: readonly Action[] = [
  action({
    name: 'backup_now',
    role: 'owner',
    about: 'Copies the database into the folder of backups, and checks the copy',
    input: z.object({}),
    async run(_, at) {
      const made = (await at.commands.run('backup', { to: null })) as BackedUp | Refused;
      if ('error' in made) return faultSaid((await backupFacts(at)).failure?.kind ?? 'failed', at);
      return { ok: true, text: at.words.settings.backedUp(made.counts.tenants ?? 0) };
    },
  }),
  action({
    name: 'test_backup',
    role: 'owner',
    about: 'Restores a backup into a folder of its own, and says whether that works; nothing is changed',
    input: z.object({ file: z.string() }),
    async run({ file }, at) {
      const { config, words } = at;
      // By its name in the folder alone, so that no path leads elsewhere.
      if (!listBackups(config.backup.folder).some(({ name }) => name === file))
        return { ok: false, text: words.settings.backupGone };
      const tried = await tryBackup(file, at);
      if (tried === null) return { ok: false, text: words.settings.otherTry };
      if (tried.fault !== null) return faultSaid(tried.fault, at);
      const last =
        tried.lastEventAt === null ? null : dateTime(tried.lastEventAt, config.timezone, words.locale);
      return { ok: true, text: words.settings.whole(tried.tenants, last) };
    },
  }),
];

function faultSaid(kind: BackupFaultKind, { words }: At): Said {
  const [text, remedy] = words.settings.backupFaults[kind];
  return { ok: false, text, remedy };
}
