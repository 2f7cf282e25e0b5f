/** A landlord's correction: into the inbox like everything else that the records are made from. */
import { createHash } from 'node:crypto';
import type { Inbox } from '../store/inbox.ts';

export interface Correction {
  account: string;
  /** `tenants_same` or `tenants_different`. */
  event: string;
  /** As src/boom/correction.ts writes it. */
  body: string;
}

export interface CorrectionResult {
  eventId: number;
  /** `projected`, or `failed` with the reason. */
  status: string;
  detail: string | null;
}

/** `settled` resolves when it has been projected. */
export async function correct(
  { account, event, body }: Correction,
  inbox: Inbox,
  settled: () => Promise<unknown>,
  now: () => Date,
): Promise<CorrectionResult> {
  const [appended] = await inbox.appendAll([
    {
      account,
      source: 'correction',
      requestId: null,
      wireEvent: event,
      bodyHash: createHash('sha256').update(body).digest('hex'),
      body,
      receivedAt: now().toISOString(),
    },
  ]);
  const eventId = appended?.id ?? 0;
  await settled();
  const [row] = await inbox.byIds([eventId]);
  return { eventId, status: row?.status ?? 'received', detail: row?.detail ?? null };
}
