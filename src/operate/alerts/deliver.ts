/** Sends what waits in the outbox. A try is kept before it is made: a crash loses nothing, and repeats at most that one. */
import type { ChannelConfig } from '../../config/config.ts';
import { faultName } from '../../fault-name.ts';
import { MAX_ATTEMPTS, retryWait } from '../../reconcile/schedule.ts';
import type { OutboxRow, OutboxStore } from '../../store/outbox.ts';
import type { Log } from '../log.ts';
import { type Send, SendFailure } from './send.ts';

export interface DeliverTools {
  outbox: OutboxStore;
  installation: () => Promise<string>;
  now: () => Date;
  random: () => number;
  log: Log;
}

/** All that is due of one channel, oldest first, until one fails. */
export async function deliver(
  { name }: Pick<ChannelConfig, 'name'>,
  send: Send,
  tools: DeliverTools,
): Promise<void> {
  const { outbox, now } = tools;
  for (const row of await outbox.due(name, now().toISOString())) {
    if (!(await deliverOne(row, send, tools))) return;
  }
}

async function deliverOne(
  { id, channel, message, attempts: before }: OutboxRow,
  send: Send,
  { outbox, installation, now, random, log }: DeliverTools,
): Promise<boolean> {
  const attempts = before + 1;
  const next = now().getTime() + retryWait(attempts, random);
  await outbox.begin(id, new Date(next).toISOString());
  const envelope = { id: `alert-${await installation()}-${id}`, message, at: now() };
  try {
    await send(envelope);
  } catch (error) {
    const given = attempts >= MAX_ATTEMPTS ? now().toISOString() : null;
    const fault = error instanceof SendFailure ? { error: error.word } : faultName(error);
    await outbox.failed(id, error instanceof SendFailure ? error.word : 'failed', given);
    const what = given === null ? 'could not be sent; it is tried again' : 'was given up';
    log.warn({ channel, kind: message.kind, attempts, ...fault }, `an alert ${what}`);
    return false;
  }
  await outbox.sent(id, now().toISOString());
  return true;
}
