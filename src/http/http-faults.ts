/**
 * What an answer, or the want of one, means. Messages are made here from the status and the PMS's name alone:
 * got's errors hold the request with its keys, so nothing of them is kept, not even as a cause.
 */
import { PushError } from './push-error.ts';
import { retryAfterMs } from './retry-after.ts';

/** What a landlord is told to look at: where the address and the keys stand, and what else may be wrong. */
export interface Words {
  /** The other side's address, and the setting that holds it. */
  address: string;
  setting: string;
  /** What to do where the key is refused, where it has no right, and where what was sent is refused. */
  refusedKey: string;
  noRight: string;
  refusedRequest: string;
  refusedFields: string;
}

function connectionWords(label: string): Words {
  return {
    address: 'the address of this connection',
    setting: '`server`',
    refusedKey:
      'Check the credentials of this connection: they may have expired, have been replaced, or belong to another environment.',
    noRight: `Give the key in ${label} the right to view and edit these records.`,
    refusedRequest: 'Compare the field map of this connection with the record.',
    refusedFields: 'Correct these fields in Boom, or change the field map of this connection.',
  };
}

export interface RefusedAnswer {
  status: number;
  label: string;
  words?: Words | undefined;
  idempotent: boolean;
  fields: string[];
  retryAfter: string | undefined;
  saysMaintenance: boolean;
}

const WAIT = 'Nothing to do: it is tried again by itself.';

export function faultOfAnswer(answer: RefusedAnswer): PushError {
  const { status, label, fields, words = connectionWords(label) } = answer;
  const wait = retryAfterMs(answer.retryAfter);
  const pause = wait === null ? {} : { retryAfterMs: wait };
  if (status >= 300 && status < 400)
    return new PushError('transient', `${label} sent us on to another address, which we never follow.`, {
      remedy: `Check ${words.address} (${words.setting}): it must be the API itself.`,
      unreachable: true,
    });
  if (status >= 500) return serverFault(answer, pause);
  switch (status) {
    case 401:
      return new PushError('unauthorized', `${label} refused our key.`, {
        remedy: words.refusedKey,
      });
    case 403:
    case 405:
      return new PushError('forbidden', `${label} accepts our key but does not allow it to do this.`, {
        remedy: words.noRight,
      });
    case 404:
    case 410:
      return new PushError('not_found', `${label} has no such record any more.`, {
        remedy: `Look whether the record was deleted or merged in ${label}.`,
      });
    case 409:
      return new PushError('conflict', `${label} says that this contradicts what it holds.`, {
        remedy: `Open the record in ${label}: it may be locked or already exist.`,
        fields,
      });
    case 408:
      return lost(label, answer.idempotent, 'gave up waiting for our request');
    case 429:
      return new PushError('rate_limited', `${label} asked us to slow down.`, { remedy: WAIT, ...pause });
    default:
      return refused(status, label, fields, words);
  }
}

function refused(status: number, label: string, fields: string[], words: Words): PushError {
  if (status < 300) return lost(label, false, `answered in a way that we do not expect (${status})`);
  const names = fields.length === 0 ? '' : `: ${fields.join(', ')}`;
  return new PushError('invalid', `${label} did not accept what we sent${names} (${status}).`, {
    remedy: fields.length === 0 ? words.refusedRequest : words.refusedFields,
    fields,
  });
}

function serverFault(answer: RefusedAnswer, pause: { retryAfterMs?: number }): PushError {
  const { status, label, idempotent } = answer;
  if (status === 533 || (status === 503 && (answer.saysMaintenance || pause.retryAfterMs !== undefined)))
    return new PushError('maintenance', `${label} is down for maintenance.`, { remedy: WAIT, ...pause });
  // A 503 turns a request away; the others may come after the work was done.
  if (status === 503)
    return new PushError('transient', `${label} cannot take requests at the moment.`, { remedy: WAIT });
  return lost(label, idempotent, `failed on its side (${status})`);
}

/** Our own count says that what the PMS allows is used up, for longer than anybody should wait in line. */
export function usedUp(label: string, retryAfterMs: number): PushError {
  return new PushError('rate_limited', `As many requests as ${label} allows were sent.`, {
    remedy: 'Nothing to do: it goes on by itself when more are allowed.',
    retryAfterMs,
  });
}

/** An answer with a good status that we cannot read. A create may have happened nevertheless. */
export function unreadable(
  label: string,
  idempotent: boolean,
  what: string,
  words = connectionWords(label),
): PushError {
  if (!idempotent) return lost(label, false, `gave an answer that ${what}`);
  const page = what === 'is a web page';
  return new PushError('transient', `${label} gave an answer that ${what}, where we expect data.`, {
    remedy: page
      ? `Check ${words.address} (${words.setting}); a sign-in or maintenance page may stand before it.`
      : WAIT,
    unreachable: page,
  });
}

function lost(label: string, idempotent: boolean, what: string): PushError {
  if (idempotent) return new PushError('transient', `${label} ${what}.`, { remedy: WAIT });
  return new PushError(
    'unknown_outcome',
    `${label} ${what}: we cannot know whether the record was written.`,
    {
      remedy: 'Nothing to do: we look for the record before anything is sent again.',
    },
  );
}

const CERTIFICATE: Record<string, string> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by nobody we trust',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by nobody we trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is signed by nobody we trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by nobody we trust',
};
const NO_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ENODATA']);
const NO_WAY = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EPROTO']);
const BEFORE_SENDING = new Set(['lookup', 'connect', 'secureConnect']);

interface TransportError {
  code?: unknown;
  syscall?: unknown;
  /** The phase in which got's patience ended. */
  event?: unknown;
}

export function faultOfTransport(
  error: unknown,
  label: string,
  idempotent: boolean,
  words = connectionWords(label),
): PushError {
  const { code, syscall, event } = facts(error);
  const text = String(code);
  const certificate = CERTIFICATE[text];
  if (certificate !== undefined)
    return unreachable(label, `its certificate ${certificate}`, [
      `Check the clock of this machine and ${words.address}.`,
      `If both are right, ask ${label}: we never connect without a valid certificate.`,
    ]);
  if (NO_NAME.has(text))
    return unreachable(label, 'its name was not found', [
      `Check this machine’s connection to the internet and ${words.address} (${words.setting}).`,
    ]);
  if (NO_WAY.has(text) || text.startsWith('ERR_TLS') || text.startsWith('ERR_SSL') || syscall === 'connect')
    return unreachable(label, 'no connection could be made', [
      'Check this machine’s connection to the internet; if it is good, this mends itself.',
    ]);
  if (typeof event === 'string') {
    if (BEFORE_SENDING.has(event)) return unreachable(label, 'it does not answer', [WAIT]);
    return lost(label, idempotent, 'did not answer in time');
  }
  return lost(label, idempotent, 'broke off the connection');
}

function facts(error: unknown): TransportError {
  if (typeof error !== 'object' || error === null) return {};
  const cause: object =
    'cause' in error && typeof error.cause === 'object' && error.cause !== null ? error.cause : {};
  return { ...pick(cause), ...pick(error) };
}

function pick(source: object): TransportError {
  const found: TransportError = {};
  if ('code' in source && source.code !== undefined) found.code = source.code;
  if ('syscall' in source && source.syscall !== undefined) found.syscall = source.syscall;
  if ('event' in source && source.event !== undefined) found.event = source.event;
  return found;
}

function unreachable(label: string, why: string, remedy: string[]): PushError {
  return new PushError('transient', `${label} cannot be reached: ${why}.`, {
    remedy: remedy.join(' '),
    unreachable: true,
  });
}
