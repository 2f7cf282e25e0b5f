/** Posts a delivery as Boom does: JSON, the key in `X-API-Key`, no redirects, and nothing tried again by itself. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

export interface Poster {
  /** Whether it was taken: false where nobody answered or the answer was no 2xx. */
  post(body: Record<string, unknown>): Promise<boolean>;
  close(): void;
}

const TIME_LIMIT_MS = 30_000;

/** Loads got. */
export async function createPoster({ url, key }: { url: string; key: string }): Promise<Poster> {
  const { got } = await import('got');
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const client = got.extend({
    method: 'POST',
    headers: { 'x-api-key': key, 'user-agent': 'Boom (simulated)' },
    agent: agents,
    retry: { limit: 0 },
    timeout: { request: TIME_LIMIT_MS },
    followRedirect: false,
    throwHttpErrors: false,
  });
  return {
    async post(body) {
      try {
        const { statusCode } = await client(url, { json: body });
        return statusCode >= 200 && statusCode < 300;
      } catch {
        return false;
      }
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
