/** Mail by SMTP. Plain text and nothing else: what stands in a name stays text. */
import { once } from 'node:events';
import { connect, type LookupFunction, type Socket } from 'node:net';
import nodemailer from 'nodemailer';
import type { ChannelConfig } from '../../config/config.ts';
import { guardedLookup, type Lookup } from '../../http/guarded-lookup.ts';
import { alerts as words } from '../../words/en/alerts.ts';
import { SEND_MS, type Send, SendFailure } from './send.ts';
import { bodyOf, oneLine, titleOf } from './text.ts';

type Mail = Extract<ChannelConfig, { kind: 'mail' }>;

const HERE = new Set(['localhost', '127.0.0.1', '::1']);

/** `lookup`: a test's own. */
export function mailSender(mail: Mail, lookup?: Lookup): Send {
  const { host, from, to } = mail;
  return async ({ id, message, at }) => {
    const transport = transportOf(mail, lookup);
    const parts = [`${titleOf(message)}.`, bodyOf(message, true), message.link ?? '', FOOT];
    try {
      const { response } = await transport.sendMail({
        from: { name: 'boomsync', address: from },
        to,
        subject: oneLine(`boomsync: ${titleOf(message)}`),
        text: parts.filter((part) => part !== '').join('\n\n'),
        date: at,
        messageId: `<${id}@${from.slice(from.indexOf('@') + 1)}>`,
        // So that nobody's holiday answers it.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return oneLine(response);
    } catch (error) {
      throw failureOf(error, host);
    } finally {
      transport.close();
    }
  };
}

/** Reaches the server and signs in, and sends nothing. Rejects with a `SendFailure`. */
export async function verifyMail(mail: Mail): Promise<void> {
  const transport = transportOf(mail);
  try {
    await transport.verify();
  } catch (error) {
    throw failureOf(error, mail.host);
  } finally {
    transport.close();
  }
}

function transportOf({ host, port, secure, login }: Mail, lookup?: Lookup) {
  return nodemailer.createTransport({
    host,
    port,
    secure,
    // A password goes over no wire that others may listen on.
    requireTLS: login !== null && !secure && !HERE.has(host),
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: SEND_MS,
    greetingTimeout: SEND_MS,
    socketTimeout: SEND_MS,
    dnsTimeout: SEND_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options, done) => {
      reach(host, port, lookup).then(
        (connection) => done(null, { connection }),
        () => done(Object.assign(new Error('It cannot be reached'), { code: 'ECONNECTION' })),
      );
    },
  });
}

/**
 * A server in the landlord's own network is as good as any; a name that leads to where a cloud hands out its keys is
 * not connected to.
 */
async function reach(host: string, port: number, lookup?: Lookup): Promise<Socket> {
  const socket = connect({ host, port, lookup: guardedLookup(lookup) as LookupFunction });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(SEND_MS) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

const FOOT = `-- \n${words.foot}`;

const UNREACHABLE = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'EPROXY']);

function failureOf(error: unknown, host: string): SendFailure {
  const { code, responseCode, response } = error as {
    code?: unknown;
    responseCode?: unknown;
    response?: unknown;
  };
  const answered = typeof response === 'string' ? ` It answered: ${oneLine(response).slice(0, 300)}` : '';
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return new SendFailure(
      'unauthorized',
      `${host} refused the user or the password.${answered}`,
      'Check `user` and `password` of this channel; many providers want a password made for programs.',
    );
  if (code === 'ETLS')
    return new SendFailure(
      'no_tls',
      `${host} does not speak TLS as it should, and a password is not sent without.${answered}`,
      'Check `port` and `secure` of this channel: 587 with false, or 465 with true.',
    );
  if (typeof responseCode === 'number' && responseCode >= 500)
    return new SendFailure(
      'rejected',
      `${host} does not take this mail.${answered}`,
      'Check `from` and `to` of this channel: most servers take only mail from your own address.',
    );
  if (typeof responseCode === 'number' && responseCode >= 400)
    return new SendFailure(
      'busy',
      `${host} cannot take mail at the moment.${answered}`,
      'Nothing to do: it is tried again.',
    );
  if (typeof code === 'string' && UNREACHABLE.has(code))
    return new SendFailure(
      'unreachable',
      `${host} cannot be reached, or breaks off.${answered}`,
      'Check `host`, `port` and `secure` of this channel, and this computer’s connection to the internet.',
    );
  return new SendFailure('failed', `Sending by ${host} failed.${answered}`, 'Try it: boomsync alerts test');
}
