import type { At, Said } from '../../contract.ts';

/** What a command answers that was not carried out; null where it was. */
export function refusal(answer: object, { words: { tenant } }: Pick<At, 'words'>): Said | null {
  return 'error' in answer ? { ok: false, text: tenant.notDone, remedy: String(answer.error) } : null;
}
