import { describe, expect, it } from 'vitest';
import { lifetimeMs, tokenHolder } from '../../../src/boom/api/token.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.signature`;
}

const inMinutes = (minutes: number) => (NOW + minutes * MINUTE) / 1000;

describe('how long a token lives', () => {
  it.each([
    ['until it ends', jwt({ exp: inMinutes(20) }), 20],
    ['the rest of its life', jwt({ iat: inMinutes(-10), exp: inMinutes(20) }), 20],
    ['its whole life, by a clock that is behind', jwt({ iat: inMinutes(60), exp: inMinutes(90) }), 30],
    ['its whole life, by a clock that is ahead', jwt({ iat: inMinutes(-90), exp: inMinutes(-60) }), 30],
    ['25 minutes, where it ended before it came', jwt({ exp: inMinutes(-5) }), 25],
    ['25 minutes, where it does not say', jwt({ sub: 'x' }), 25],
    ['25 minutes, where its end is no number', jwt({ exp: 'soon' }), 25],
    ['25 minutes, where it is no JWT', 'auth_token', 25],
    ['25 minutes, where its middle is nothing', 'a.bnVsbA.c', 25],
  ])('is %s', (_, token, minutes) => {
    expect(lifetimeMs(token, NOW)).toBe(minutes * MINUTE);
  });
});

describe('the token that is held', () => {
  function holder(tokenOf: (count: number) => string = (count) => jwt({ exp: inMinutes(30), count })) {
    const clock = { now: NOW };
    const asked: (() => void)[] = [];
    const held = tokenHolder(
      () => new Promise((resolve) => asked.push(() => resolve(tokenOf(asked.length)))),
      () => new Date(clock.now),
    );
    return { held, asked, clock };
  }

  it('is asked for once, however many wait, and used again until a minute before its end', async () => {
    const { held, asked, clock } = holder();
    const waiting = [held.current(), held.current(), held.fresh()];
    expect(asked).toHaveLength(1);
    asked[0]?.();
    const [token] = await Promise.all(waiting);
    expect(new Set(await Promise.all(waiting)).size).toBe(1);

    clock.now = NOW + 29 * MINUTE - 1;
    expect(await held.current()).toBe(token);
    clock.now = NOW + 29 * MINUTE;
    const next = held.current();
    expect(asked).toHaveLength(2);
    asked[1]?.();
    expect(await next).toBe(await held.current());
  });

  it('is used for half a minute at least, however soon it says that it ends', async () => {
    const { held, asked, clock } = holder(() => jwt({ exp: inMinutes(0.1) }));
    const first = held.current();
    asked[0]?.();
    await first;
    clock.now = NOW + 29_999;
    await held.current();
    expect(asked).toHaveLength(1);
  });

  it('is replaced once, when several requests find it refused', async () => {
    const { held, asked } = holder((count) => `token-${count}`);
    const first = held.current();
    asked[0]?.();
    const refused = await first;
    const both = [held.instead(refused), held.instead(refused)];
    expect(asked).toHaveLength(2);
    asked[1]?.();
    expect(await Promise.all(both)).toEqual(['token-2', 'token-2']);
    expect(await held.instead(refused)).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  it('is asked for again after a failure', async () => {
    let tries = 0;
    const held = tokenHolder(
      async () => {
        tries += 1;
        if (tries === 1) throw new Error('not now');
        return 'token';
      },
      () => new Date(NOW),
    );
    await expect(held.current()).rejects.toThrow('not now');
    expect(await held.current()).toBe('token');
  });
});
