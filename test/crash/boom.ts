/** Boom as the server sees it: sends each message again until it is taken, and knows which were. */
import type { Message } from './load.ts';
import type { Server } from './server.ts';

/** Messages that are under way at once. */
const AT_ONCE = 3;
const HEADERS = { 'content-type': 'application/json', 'x-api-key': 'test-key' };

export class Boom {
  /** Request ids that were answered with 202. */
  readonly acknowledged = new Set<string>();
  #waiting: Message[] = [];

  tell(messages: readonly Message[]): void {
    this.#waiting.push(...messages);
  }

  async send(server: Server): Promise<void> {
    const messages = this.#waiting.splice(0);
    while (messages.length > 0) {
      const some = messages.splice(0, AT_ONCE);
      const took = await Promise.all(some.map((message) => this.#post(server, message)));
      this.#waiting.push(...some.filter((_, at) => !took[at]));
    }
  }

  async #post({ url, isDead }: Server, { requestId, body }: Message): Promise<boolean> {
    if (url === null || isDead()) return false;
    const answer = await fetch(`${url}/webhooks/boom`, { method: 'POST', headers: HEADERS, body }).catch(
      () => null,
    );
    if (answer?.status !== 202) return false;
    this.acknowledged.add(requestId);
    return true;
  }
}
