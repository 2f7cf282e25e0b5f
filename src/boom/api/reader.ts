/** GET of Boom's API with what every read needs: a token that Boom takes, and patience. Nothing else is ever sent. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PushError } from '../../http/push-error.ts';
import { authenticate } from './authenticate.ts';
import { patience } from './patience.ts';
import { createSender, type SenderOptions } from './sender.ts';
import { tokenHolder } from './token.ts';

export interface ReaderOptions extends SenderOptions {
  now?: () => Date;
  /** How a pause is spent. */
  wait?: (ms: number) => Promise<void>;
}

export type Query = Record<string, string | number>;

export interface Reader {
  /** `path`: under `/partner/v1`; `id` fills its `{id}`. @throws PushError */
  get(path: string, id: string | null, query: Query): Promise<unknown>;
  /** Shows Boom the keys. @throws PushError */
  authenticate(): Promise<void>;
}

export function createReader(options: ReaderOptions): Reader {
  const { config, account, log, now = () => new Date(), wait = (ms: number) => sleep(ms) } = options;
  const send = createSender(options);
  const token = tokenHolder(() => authenticate(send, config, account), now);
  const patiently = patience({
    wait,
    now,
    onSlowDown: (waitMs) => log.info({ account, waitMs }, 'Boom asked us to slow down'),
  });

  return {
    get(path, id, query) {
      const template = `/partner/v1${path}`;
      const filled = id === null ? template : template.replace('{id}', encodeURIComponent(id));
      const getWith = (bearer: string) => {
        const headers = { authorization: `Bearer ${bearer}` };
        return send(template, { method: 'GET', path: filled, query, headers });
      };
      return patiently(async () => {
        const bearer = await token.current();
        try {
          return await getWith(bearer);
        } catch (error) {
          if (!(error instanceof PushError) || error.kind !== 'unauthorized') throw error;
          return getWith(await token.instead(bearer));
        }
      });
    },
    async authenticate() {
      await patiently(() => token.fresh());
    },
  };
}
