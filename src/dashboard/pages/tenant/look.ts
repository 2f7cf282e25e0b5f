/** What every connection shows of one tenant now: a look that writes nothing and keeps nothing. */
import type { Refused } from '../../../operate/command.ts';
import type { Preview, PreviewedRecord } from '../../../operate/preview.ts';
import { recordKeyOf } from '../../../operate/tenant-fields.ts';
import type { At } from '../../contract.ts';

/** Nobody waits longer for a page; the look ends by itself. */
const PATIENCE_MS = 10_000;

export interface Looked {
  /** UTC ISO 8601. */
  at: string;
  /** By `recordKeyOf`. */
  records: Map<string, PreviewedRecord>;
  /** `why`: null where it did not answer in time. */
  failures: { label: string; why: string | null }[];
}

export async function lookNow(
  tenantId: string,
  { commands, connections, now }: Pick<At, 'commands' | 'connections' | 'now'>,
): Promise<Looked> {
  // Each by itself: one that is silent hides nothing that the others show.
  const looks = connections().map(async ({ name, label }) => {
    const asked = commands.run('preview', { tenantId, connection: name }) as Promise<Preview | Refused>;
    const answer = await inTime(asked.catch(() => null));
    if (answer === null) return { records: [], failure: { label, why: null } };
    if ('error' in answer) return { records: [], failure: { label, why: answer.error } };
    const failure = answer.connections.find((one) => one.failure !== null)?.failure ?? null;
    return { records: answer.records, failure: failure && { label, why: failure.message } };
  });
  const found = await Promise.all(looks);
  return {
    at: now().toISOString(),
    records: new Map(found.flatMap(({ records }) => records).map((one) => [recordKeyOf(one), one])),
    failures: found.flatMap(({ failure }) => failure ?? []),
  };
}

async function inTime<Result>(work: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
