/**
 * Signed JSON to any address: https://www.standardwebhooks.com. The receiver keeps no records that we could look
 * up, so an id here is the tenant and the place, and the same content always goes out under the same webhook-id.
 */
import { createHash, createHmac } from 'node:crypto';
import type { ConnectorContext, ConnectorFactory, Fields, Kind, Remote } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';

const webhook: ConnectorFactory = (context) => {
  const http = context.http({ label: context.label, baseUrl: context.server ?? '', concurrency: 2 });
  const key = Buffer.from((context.credentials.secret ?? '').replace(/^whsec_/, ''), 'base64');

  async function deliver(kind: Kind, id: string, fields: Fields): Promise<void> {
    const messageId = messageIdOf(context, kind, id, fields);
    const now = new Date();
    const text = JSON.stringify({
      type: `${kind}.changed`,
      timestamp: now.toISOString(),
      data: { id, kind, ...fields },
    });
    const seconds = String(Math.floor(now.getTime() / 1000));
    const signature = createHmac('sha256', key).update(`${messageId}.${seconds}.${text}`).digest('base64');
    await http.send({
      method: 'POST',
      path: '',
      text,
      headers: {
        'webhook-id': messageId,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${signature}`,
      },
      idempotent: true,
      answer: 'ignored',
    });
  }

  return {
    async check() {
      try {
        await http.send({ method: 'GET', path: '', answer: 'ignored' });
      } catch (error) {
        // It answers, if only to say that it takes nothing but a POST: there is no more to prove without a delivery.
        if (!(error instanceof PushError) || !ANSWERED.has(error.kind)) throw error;
      }
      return { name: null };
    },
    find: async () => [],
    read: async () => null,
    async create(kind, fields, _key, person): Promise<Remote> {
      const id = `${person.tenantId}/${person.place}`;
      await deliver(kind, id, fields);
      return { id, fields };
    },
    update: (kind, id, _changes, whole) => deliver(kind, id, whole),
  };
};

export default webhook;

const ANSWERED = new Set(['unauthorized', 'forbidden', 'invalid', 'not_found', 'conflict']);

/** The same for the same content however often it is sent, so that the receiver can drop a repetition. */
function messageIdOf({ connection }: ConnectorContext, kind: Kind, id: string, fields: Fields): string {
  const content = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify([connection, kind, id, content]));
  return `msg_${hash.digest('base64url')}`;
}
