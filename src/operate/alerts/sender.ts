/** One message by one channel. What carries it is loaded when something is first sent. */
import type { ChannelConfig } from '../../config/config.ts';
import type { Send } from './send.ts';

export function sender(channel: ChannelConfig): Send {
  let made: Promise<Send> | null = null;
  return async (envelope) => {
    made ??= load(channel);
    return await (await made)(envelope);
  };
}

async function load(channel: ChannelConfig): Promise<Send> {
  switch (channel.kind) {
    case 'mail':
      return (await import('./mail.ts')).mailSender(channel);
    case 'ntfy':
      return (await import('./ntfy.ts')).ntfySender(channel);
    case 'url':
      return (await import('./url.ts')).urlSender(channel);
    default:
      return channel satisfies never;
  }
}
