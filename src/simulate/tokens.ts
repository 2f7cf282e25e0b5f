/** The partner API's tokens: JWTs that end. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Tokens {
  issue(): string;
  /** Whether it is one of ours and has not ended. */
  accepts(token: string): boolean;
  /** Every token given so far has ended. */
  expireAll(): void;
}

export function createTokens(secret: string, seconds: number): Tokens {
  let generation = 0;
  let given = 0;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    issue() {
      given += 1;
      const now = Math.floor(Date.now() / 1000);
      const claims = { sub: 'partner', jti: String(given), gen: generation, iat: now, exp: now + seconds };
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
      return `${text}.${signature(text)}`;
    },
    accepts(token) {
      const [header = '', claims = '', sent = ''] = token.split('.');
      const [expected, actual] = [Buffer.from(signature(`${header}.${claims}`)), Buffer.from(sent)];
      if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return false;
      const { exp, gen } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, number>;
      return gen === generation && (exp ?? 0) * 1000 > Date.now();
    },
    expireAll() {
      generation += 1;
    },
  };
}
