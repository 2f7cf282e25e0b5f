/** `quiet` and `unquiet`: a person does not want to hear of what needs them, for a while or for good. */
import type { RecordName } from '../store/sync.ts';
import type { CommandTools, Refused } from './command.ts';

export interface QuietAsked {
  records: RecordName[];
  /** UTC ISO 8601; null: for good. Another trouble of the same record is told all the same. */
  until: string | null;
  why: string;
}

export interface Quieted {
  /** Those that needed a person; another one is not quiet. */
  quiet: RecordName[];
}

export async function quiet(
  { records, until, why }: QuietAsked,
  { stores, now }: CommandTools,
): Promise<Quieted | Refused> {
  const end = until === null ? null : new Date(until).toISOString();
  if (end !== null && end <= now().toISOString())
    return { error: 'That time has been already', remedy: 'Say a time that is to come.' };
  const done = await stores.sync.quiet(records, { until: end, why });
  if (done.length === 0)
    return { error: 'None of these needs you', remedy: 'See what does with: boomsync errors' };
  return { quiet: done };
}

export async function unquiet(
  records: readonly RecordName[],
  { stores }: CommandTools,
): Promise<{ ended: number }> {
  return { ended: await stores.sync.unquiet(records) };
}
