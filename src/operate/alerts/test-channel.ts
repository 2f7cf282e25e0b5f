/** Sends a real message by one channel, now, and says what was answered. It is not kept, and does not wait for quiet hours. */
import { randomUUID } from 'node:crypto';
import type { ChannelConfig } from '../../config/config.ts';
import { alerts as words } from '../../words/en/alerts.ts';
import { type Send, SendFailure } from './send.ts';
import { sender } from './sender.ts';

export interface TestedChannel {
  channel: string;
  ok: boolean;
  /** What the other side answered, or why it did not. It may quote an address: to be shown and not logged. */
  answer: string;
  remedy: string | null;
}

export async function testChannel(
  channel: ChannelConfig,
  { base, now }: { base: string | null; now: () => Date },
  send: Send = sender(channel),
): Promise<TestedChannel> {
  const message = {
    kind: 'opened' as const,
    cause: null,
    title: words.test,
    lines: [words.testAbout],
    personal: [],
    remedy: null,
    link: base,
  };
  try {
    const answer = await send({ id: `test-${randomUUID()}`, message, at: now() });
    return { channel: channel.name, ok: true, answer, remedy: null };
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error;
    return { channel: channel.name, ok: false, answer: error.message, remedy: error.remedy };
  }
}
