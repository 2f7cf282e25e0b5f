/** JSON by POST, signed by https://www.standardwebhooks.com where a secret is given. Names nobody. */
import { createHmac } from 'node:crypto';
import type { ChannelConfig } from '../../config/config.ts';
import { post, postClient } from './post.ts';
import type { Send } from './send.ts';
import { bodyOf, titleOf } from './text.ts';

export function urlSender({ name, url, secret }: Extract<ChannelConfig, { kind: 'url' }>): Send {
  const http = postClient(name, url);
  return ({ id, message, at }) => {
    const text = JSON.stringify({
      type: `alert.${message.kind}`,
      timestamp: at.toISOString(),
      data: {
        cause: message.cause,
        title: titleOf(message),
        text: bodyOf(message, false),
        link: message.link,
      },
    });
    const seconds = String(Math.floor(at.getTime() / 1000));
    const headers = { 'webhook-id': id, 'webhook-timestamp': seconds };
    if (secret === null) return post(http, text, headers);
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest('base64');
    return post(http, text, { ...headers, 'webhook-signature': `v1,${signature}` });
  };
}
