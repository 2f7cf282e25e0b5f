/** A sign-in whose token is good for a time: one at a time, renewed before it is over. */
import type { HttpClient } from '../http/http.ts';
import type { CompiledToken } from './compile-manifest.ts';
import { filled, filledAll } from './placeholders.ts';
import { noToken } from './rest-faults.ts';

/** Some use numbers (a user's id). */
export type Token = string | number;

export interface Tokens {
  now(): Promise<Token>;
  /** Another than `refused`, which was not taken any more. */
  insteadOf(refused: Token): Promise<Token>;
}

/** A tenth of its time is left for the requests that carry it. */
const GOOD_FOR = 0.9;

export function tokensOf(
  { spec, body, value }: CompiledToken,
  http: HttpClient,
  credentials: Readonly<Record<string, string>>,
  label: string,
  clock: () => number = Date.now,
): Tokens {
  let held: { token: Token; until: number } | null = null;
  let underWay: Promise<Token> | null = null;

  async function signIn(): Promise<Token> {
    const begun = clock();
    const sent = await body?.evaluate({ credentials });
    const answer = await http.send({
      method: spec.method,
      path: filled(spec.path, credentials, encodeURIComponent),
      query: filledAll(spec.query, credentials),
      headers: filledAll(spec.headers, credentials),
      ...(sent === undefined ? {} : { json: sent }),
      // It writes nothing that could stand there twice.
      idempotent: true,
      answer: 'json',
    });
    const token = await value.evaluate(answer.body);
    if ((typeof token !== 'string' && typeof token !== 'number') || token === '') throw noToken(label);
    held = { token, until: begun + spec.seconds * 1000 * GOOD_FOR };
    return token;
  }

  async function renewed(): Promise<Token> {
    underWay ??= signIn().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  return {
    async now() {
      return held !== null && clock() < held.until ? held.token : renewed();
    },
    async insteadOf(refused) {
      if (held?.token === refused) held = null;
      return this.now();
    },
  };
}
