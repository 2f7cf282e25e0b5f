import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../../src/config/config.ts';
import { mailSender } from '../../../src/operate/alerts/mail.ts';
import { SendFailure } from '../../../src/operate/alerts/send.ts';
import { sender } from '../../../src/operate/alerts/sender.ts';
import { testChannel } from '../../../src/operate/alerts/test-channel.ts';
import type { AlertMessage } from '../../../src/store/outbox.ts';
import { startMailbox, startPostbox } from './mailbox.ts';

const AT = new Date(Date.UTC(2026, 10, 23, 8));
const MESSAGE: AlertMessage = {
  kind: 'opened',
  cause: 'parked-tc-by_hand',
  title: 'One thing is to be done by hand in TenantCloud',
  lines: ['A line for all.'],
  personal: ['In TenantCloud set Jane Doe, unit 4B, to Approved'],
  remedy: 'When you have done it: boomsync done t1',
  link: 'https://sync.example.com/needs-you/at/parked-tc-by_hand',
};
const envelope = (message: Partial<AlertMessage> = {}) => ({
  id: 'alert-abc-7',
  message: { ...MESSAGE, ...message },
  at: AT,
});
const failureOf = async (channel: ChannelConfig): Promise<SendFailure> => {
  const thrown = await sender(channel)(envelope()).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SendFailure);
  return thrown as SendFailure;
};

describe('mail', () => {
  it('carries the sentence, what to do and the link, as plain text alone', async () => {
    const box = await startMailbox();
    const answer = await sender(box.channel({ to: ['you@example.com', 'two@example.com'] }))(envelope());
    expect(answer).toMatch(/^250 /);
    const [mail] = box.mails;
    expect(mail).toMatchObject({ from: 'boomsync@example.com', to: ['you@example.com', 'two@example.com'] });
    expect(mail?.headers).toMatchObject({
      subject: 'boomsync: One thing is to be done by hand in TenantCloud',
      from: 'boomsync <boomsync@example.com>',
      'message-id': '<alert-abc-7@example.com>',
      'auto-submitted': 'auto-generated',
      'content-type': expect.stringMatching(/^text\/plain/),
    });
    expect(mail?.text).toContain('A line for all.\nIn TenantCloud set Jane Doe, unit 4B, to Approved\n');
    expect(mail?.text).toContain('What to do: When you have done it');
    expect(mail?.text).toContain('https://sync.example.com/needs-you/at/parked-tc-by_hand');
  });

  it('lets no name become a header, a recipient, a line of its own, or markup', async () => {
    const box = await startMailbox();
    const evil = 'Jane\r\nBcc: thief@example.com\r\n\r\n.\r\nMAIL FROM:<x@example.com>\u2028\u202eDoe';
    await sender(box.channel())(
      envelope({ title: evil, personal: [evil, '<img src=x onerror=alert(1)>, unit 4B: needs you'] }),
    );
    expect(box.mails).toHaveLength(1);
    const [mail] = box.mails;
    expect(mail?.to).toEqual(['you@example.com']);
    expect(Object.keys(mail?.headers ?? {})).not.toContain('bcc');
    expect(Object.keys(mail?.headers ?? {})).not.toContain('mail from');
    const lines = mail?.text.split('\n') ?? [];
    expect(lines.some((line) => /^(Bcc|MAIL FROM|\.$)/.test(line))).toBe(false);
    expect(mail?.text).not.toMatch(/[\u2028\u202e]/);
    expect(mail?.headers['content-type']).toMatch(/^text\/plain/);
    expect(mail?.raw).not.toContain('text/html');
    expect(lines).toContain('<img src=x onerror=alert(1)>, unit 4B: needs you');
  });

  it('shows user and password where they are set, and says where they are refused', async () => {
    const box = await startMailbox();
    await sender(box.channel({ login: { user: 'me', password: 'right' } }))(envelope());
    expect(box.mails).toHaveLength(1);
    const failure = await failureOf(box.channel({ login: { user: 'me', password: 'very-secret' } }));
    expect(failure).toMatchObject({ word: 'unauthorized', remedy: expect.stringContaining('password') });
    expect(JSON.stringify(failure) + failure.message).not.toContain('very-secret');
  });

  it('sends no password without TLS to another computer', async () => {
    const box = await startMailbox();
    // Another name for the same server, which speaks no TLS.
    const away = box.channel({ host: '::ffff:127.0.0.1', login: { user: 'me', password: 'right' } });
    expect(await failureOf(away)).toMatchObject({ word: 'no_tls' });
    expect(box.mails).toEqual([]);
  });

  it.each([
    [550, 'rejected', '<you@example.com> is unknown'],
    [451, 'busy', 'Try again later'],
  ])('says what a server answered that took it not: %i', async (code, word, text) => {
    const box = await startMailbox();
    box.refuse = { code, text };
    const failure = await failureOf(box.channel());
    expect(failure.word).toBe(word);
    expect(failure.message).toContain(text);
  });

  it('goes to no address where a cloud hands out its keys, whatever the name says', async () => {
    const box = await startMailbox();
    const byName = box.channel({ host: 'mail.example.com' }) as Extract<ChannelConfig, { kind: 'mail' }>;
    const asking: string[] = [];
    const leads = (address: string) =>
      mailSender(byName, (name, _options, done) => {
        asking.push(name);
        done(null, [{ address, family: 4 }]);
      })(envelope());
    const thrown: unknown = await leads('169.254.169.254').catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'SendFailure', word: 'unreachable' });
    expect(box.mails).toEqual([]);
    await leads('127.0.0.1');
    expect(box.mails).toHaveLength(1);
    expect(asking).toEqual(['mail.example.com', 'mail.example.com']);
  });

  it('says that a server is not there', async () => {
    const box = await startMailbox();
    expect(await failureOf(box.channel({ port: 1 }))).toMatchObject({ word: 'unreachable' });
  });
});

describe('ntfy', () => {
  const channel = (url: string): ChannelConfig => ({
    kind: 'ntfy',
    name: 'phone',
    where: 'x',
    url: `${url}/my-topic`,
    token: 'tk_secret',
  });

  it('gets the title and the link in JSON, and nobody’s name', async () => {
    const box = await startPostbox();
    expect(await sender(channel(box.url))(envelope())).toBe('HTTP 200');
    const [post] = box.posts;
    expect(post).toMatchObject({ method: 'POST', path: '/', headers: { authorization: 'Bearer tk_secret' } });
    expect(JSON.parse(post?.text ?? '')).toEqual({
      topic: 'my-topic',
      title: 'One thing is to be done by hand in TenantCloud',
      message: 'A line for all.\n\nWhat to do: When you have done it: boomsync done t1',
      tags: ['warning'],
      click: 'https://sync.example.com/needs-you/at/parked-tc-by_hand',
    });
    expect(post?.text).not.toContain('Jane');
  });

  it('says that the key was refused', async () => {
    const box = await startPostbox();
    box.answer = { status: 401 };
    const failure = await failureOf(channel(box.url));
    expect(failure).toMatchObject({ word: 'unauthorized', remedy: 'Check the key of this channel.' });
    expect(failure.message).not.toContain('tk_secret');
  });
});

describe('a URL', () => {
  const RAW = Buffer.alloc(32, 7);
  const channel = (url: string, secret: string | null): ChannelConfig => ({
    kind: 'url',
    name: 'chat',
    where: 'x',
    url: `${url}/hook?key=in-address`,
    secret,
  });

  it('gets JSON that names nobody, signed by the published scheme', async () => {
    const box = await startPostbox();
    await sender(channel(box.url, `whsec_${RAW.toString('base64')}`))(envelope());
    const [post] = box.posts;
    const { headers, text = '' } = post ?? {};
    expect(post?.path).toBe('/hook?key=in-address');
    expect(JSON.parse(text)).toEqual({
      type: 'alert.opened',
      timestamp: AT.toISOString(),
      data: {
        cause: 'parked-tc-by_hand',
        title: 'One thing is to be done by hand in TenantCloud',
        text: 'A line for all.\n\nWhat to do: When you have done it: boomsync done t1',
        link: 'https://sync.example.com/needs-you/at/parked-tc-by_hand',
      },
    });
    const signed = `alert-abc-7.${AT.getTime() / 1000}.${text}`;
    expect(headers?.['webhook-id']).toBe('alert-abc-7');
    expect(headers?.['webhook-signature']).toBe(
      `v1,${createHmac('sha256', RAW).update(signed).digest('base64')}`,
    );
  });

  it('is not signed without a secret', async () => {
    const box = await startPostbox();
    await sender(channel(box.url, null))(envelope());
    expect(Object.keys(box.posts[0]?.headers ?? {})).not.toContain('webhook-signature');
  });

  it('is never followed elsewhere', async () => {
    const [box, other] = [await startPostbox(), await startPostbox()];
    box.answer = { status: 302, headers: { location: other.url } };
    const failure = await failureOf(channel(box.url, null));
    expect(failure.message).toContain('another address, which we never follow');
    expect(failure.message + failure.remedy).not.toContain('in-address');
    expect(other.posts).toEqual([]);
  });
});

describe('a test', () => {
  const tools = { base: 'https://sync.example.com', now: () => AT };

  it('sends a real one and says what was answered', async () => {
    const box = await startMailbox();
    expect(await testChannel(box.channel(), tools)).toMatchObject({
      channel: 'mail',
      ok: true,
      answer: expect.stringMatching(/^250 /),
    });
    expect(box.mails[0]?.headers.subject).toBe('boomsync: This is a test');
    box.refuse = { code: 550, text: 'no such user' };
    expect(await testChannel(box.channel(), tools)).toMatchObject({
      ok: false,
      answer: expect.stringContaining('no such user'),
      remedy: expect.stringContaining('`from` and `to`'),
    });
  });
});
