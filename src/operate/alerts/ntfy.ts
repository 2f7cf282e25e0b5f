/** A message on a telephone: https://docs.ntfy.sh/publish/#publish-as-json. In JSON, so that no text is a header. */
import type { ChannelConfig } from '../../config/config.ts';
import { post, postClient } from './post.ts';
import type { Send } from './send.ts';
import { bodyOf, titleOf } from './text.ts';

/** ntfy makes a file of what is longer than 4,096 bytes. */
const MOST = 1000;

/** Names nobody: whoever knows the topic can read it. */
export function ntfySender({ url, token }: Extract<ChannelConfig, { kind: 'ntfy' }>): Send {
  const { origin, pathname } = new URL(url);
  const http = postClient('ntfy', `${origin}/`);
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  return ({ message }) => {
    const body = {
      topic: decodeURIComponent(pathname.slice(1)),
      title: titleOf(message).slice(0, MOST),
      message: bodyOf(message, false).slice(0, MOST),
      tags: [TAGS[message.kind]],
      ...(message.link === null ? {} : { click: message.link }),
    };
    return post(http, JSON.stringify(body), authorization);
  };
}

const TAGS = {
  opened: 'warning',
  more: 'warning',
  reminder: 'alarm_clock',
  ended: 'white_check_mark',
  weekly: 'calendar',
};
