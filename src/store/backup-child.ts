/** A process of its own for what backup-work.ts does: it is told one task, answers, and ends. */
import { setPriority } from 'node:os';
import { type BackupFaultKind, backupFaultOf } from './backup-fault.ts';
import { type BackupResult, type BackupTask, carryOut } from './backup-work.ts';

export type BackupAnswer = { result: BackupResult } | { fault: BackupFaultKind };

const NICE = 10;

process.umask(0o077);
try {
  setPriority(NICE);
} catch {
  // Where it may not be set it competes with the server.
}
// Whoever asked is gone: nobody takes what comes of it.
process.once('disconnect', () => process.exit(1));
process.once('message', async (task) => {
  const answer: BackupAnswer = await carryOut(task as BackupTask).then(
    (result) => ({ result }),
    (error: unknown) => ({ fault: backupFaultOf(error) }),
  );
  process.send?.(answer, () => process.exit(0));
});
