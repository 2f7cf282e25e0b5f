/** Messages to the landlord, one row a channel, kept until they are sent. */
import type { Knex } from 'knex';

/**
 * `opened` something needs you · `more` further tasks of an open one · `reminder` what is still open · `ended` it is over ·
 * `weekly` how things stand.
 */
export type AlertKind = 'opened' | 'more' | 'reminder' | 'ended' | 'weekly';

/** What a message says. Made when it is decided, so that a crash changes nothing about it. */
export interface AlertMessage {
  kind: AlertKind;
  /** Null where it is about several, or none. */
  cause: string | null;
  title: string;
  /** Without anybody's data: these go everywhere. */
  lines: string[];
  /** These may name people and go by mail only. */
  personal: string[];
  remedy: string | null;
  link: string | null;
}

export interface OutboxRow {
  id: number;
  channel: string;
  message: AlertMessage;
  createdAt: string;
  /** Tries that were begun. */
  attempts: number;
}

/** How a channel fares. */
export interface ChannelState {
  channel: string;
  /** Messages that wait to be sent. */
  waiting: number;
  lastSentAt: string | null;
  /** Of the message that has failed last and still waits: one word, and when it is tried again. */
  failing: { error: string; attempts: number; nextAttemptAt: string } | null;
  /** When a message was last given up. */
  gaveUpAt: string | null;
}

export interface OutboxStore {
  /** What is to be sent now, oldest first. */
  due(channel: string, at: string): Promise<OutboxRow[]>;
  /** A try begins; should nothing more be heard of it, the next is at `nextAttemptAt`. */
  begin(id: number, nextAttemptAt: string): Promise<void>;
  sent(id: number, at: string): Promise<void>;
  /** `error`: one word. With `giveUpAt` it is tried no more. */
  failed(id: number, error: string, giveUpAt: string | null): Promise<void>;
  /** Nobody is told by a channel that is no longer there. */
  keepChannels(channels: readonly string[]): Promise<void>;
  channels(): Promise<ChannelState[]>;
}

interface Row {
  id: number;
  channel: string;
  message: string;
  created_at: string;
  attempts: number;
  next_attempt_at: string;
  error: string | null;
}

/** How long it is known what was sent when. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

export function createOutboxStore(knex: Knex): OutboxStore {
  const open = () => knex<Row>('outbox').whereNotNull('message');
  return {
    async due(channel, at) {
      const rows: Row[] = await open()
        .where({ channel })
        .where('next_attempt_at', '<=', at)
        .orderBy('id')
        .select('id', 'channel', 'message', 'created_at', 'attempts');
      return rows.map(({ id, message, created_at, attempts, ...row }) => ({
        ...row,
        id: Number(id),
        message: JSON.parse(message) as AlertMessage,
        createdAt: created_at,
        attempts,
      }));
    },
    async begin(id, nextAttemptAt) {
      await knex('outbox')
        .where({ id })
        .update({ attempts: knex.raw('attempts + 1'), next_attempt_at: nextAttemptAt });
    },
    async sent(id, at) {
      await knex('outbox').where({ id }).update({ sent_at: at, message: null, error: null });
      const long = new Date(Date.parse(at) - KEPT_MS).toISOString();
      await knex('outbox').whereNull('message').where('created_at', '<', long).delete();
    },
    async failed(id, error, giveUpAt) {
      const end = giveUpAt === null ? {} : { gave_up_at: giveUpAt, message: null };
      await knex('outbox')
        .where({ id })
        .update({ error, ...end });
    },
    async keepChannels(channels) {
      await knex('outbox').whereNotIn('channel', channels).delete();
    },
    async channels() {
      const rows: { channel: string; waiting: number | string; sent: string | null; given: string | null }[] =
        await knex('outbox')
          .groupBy('channel')
          .orderBy('channel')
          .select(
            'channel',
            knex.raw('count(message) as waiting'),
            knex.raw('max(sent_at) as sent'),
            knex.raw('max(gave_up_at) as given'),
          );
      const states: ChannelState[] = [];
      for (const { channel, waiting, sent, given } of rows) {
        const row = await open()
          .where({ channel })
          .whereNotNull('error')
          .orderBy('id', 'desc')
          .first('error', 'attempts', 'next_attempt_at');
        states.push({
          channel,
          waiting: Number(waiting),
          lastSentAt: sent,
          failing:
            row?.error == null
              ? null
              : { error: row.error, attempts: row.attempts, nextAttemptAt: row.next_attempt_at },
          gaveUpAt: given,
        });
      }
      return states;
    },
  };
}

/** Part of a decision's transaction. */
export async function enqueue(
  trx: Knex.Transaction,
  messages: readonly AlertMessage[],
  channels: readonly string[],
  at: string,
): Promise<void> {
  for (const message of messages) {
    const untold = new Set<string>();
    // Of what was over before a word of it was sent, nothing is said.
    if (message.kind === 'ended')
      for (const channel of await withdraw(trx, message.cause)) untold.add(channel);
    // One that tells what is open now makes an earlier one that is still to be sent pointless.
    if (message.kind === 'reminder' || message.kind === 'weekly')
      await trx('outbox').where({ kind: message.kind }).whereNotNull('message').delete();
    const { kind, cause } = message;
    const row = { kind, cause, message: JSON.stringify(message), created_at: at, next_attempt_at: at };
    const rows = channels.filter((channel) => !untold.has(channel)).map((channel) => ({ channel, ...row }));
    if (rows.length > 0) await trx('outbox').insert(rows);
  }
}

/** Takes out what nobody can have got yet; returns the channels that were to tell that it began. */
async function withdraw(trx: Knex.Transaction, cause: string | null): Promise<string[]> {
  const untried = () => trx('outbox').where({ cause, attempts: 0 }).whereNotNull('message');
  const opened: { channel: string }[] = await untried().where({ kind: 'opened' }).select('channel');
  await untried().delete();
  return opened.map(({ channel }) => channel);
}
