/** Whether there is something to restore. */
import { doctor as words } from '../../words/en/doctor.ts';
import type { BackupFacts } from '../backup/state.ts';
import { type Finding, good, look } from './finding.ts';

const HOUR_MS = 60 * 60_000;

export function checkBackups({ on, lastVerifiedAt, failure, overdue }: BackupFacts, now: Date): Finding {
  const said = words.backup;
  if (!on) return look('backup', said.off, said.offRemedy);
  if (failure !== null) return look('backup', said.failed(`${failure.message}.`), failure.remedy);
  const age =
    lastVerifiedAt === null ? null : words.age((now.getTime() - Date.parse(lastVerifiedAt)) / HOUR_MS);
  if (overdue) return look('backup', said.overdue(age), said.overdueRemedy);
  return good('backup', age === null ? said.first : said.good(age));
}
