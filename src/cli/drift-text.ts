/** What was not as wanted over there when every record was compared, for a terminal. */
import type { Drift } from '../operate/resync.ts';
import type { FieldDifference } from '../store/sync.ts';
import { plain } from './plain.ts';

const WINS: Record<FieldDifference['does'], string> = {
  write: 'Boom’s was sent',
  keep: 'theirs stays',
  ask: 'edited there, you are asked: boomsync errors',
};

/** How many records differ, in which fields, and who wins. */
export function driftLines(drift: readonly Drift[]): string[] {
  if (drift.length === 0) return ['None differed from what boomsync wants there.'];
  const counts = new Map<string, number>();
  for (const { connection, plan } of drift) {
    const found = [
      ...(plan?.fields ?? []).map(({ field, does }) => `${field} in ${connection}: ${WINS[does]}`),
      ...(plan?.decision ? [`the decision in ${connection}`] : []),
      ...(plan?.notes.length ? [`notes in ${connection}`] : []),
    ];
    for (const one of found) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const records = drift.length === 1 ? '1 record differed' : `${drift.length} records differed`;
  const lines = [...counts].map(([what, count]) => plain(`  ${count} × ${what}`));
  return [
    `${records} from what boomsync wants there:`,
    ...lines,
    'One by one: boomsync resync --verify --json',
  ];
}
