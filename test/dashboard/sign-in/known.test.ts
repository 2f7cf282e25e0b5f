import type { ParameterizedContext } from 'koa';
import { expect, it } from 'vitest';
import { createKnown } from '../../../src/dashboard/sign-in/known.ts';
import type { User } from '../../../src/store/people.ts';

const ana: User = {
  id: 1,
  name: 'Ana',
  passwordHash: 'scrypt$15$8$1$salt$key',
  role: 'owner',
  createdAt: '',
  disabledAt: null,
};

it('knows a browser for the one who signed in there, until they have another password', () => {
  let cookie: string | null = null;
  const known = createKnown({
    get: () => cookie,
    set: (_, text) => {
      cookie = text;
    },
  });
  const ctx = {} as ParameterizedContext;
  expect(known.isKnown(ctx, ana)).toBe(false);
  known.remember(ctx, ana);
  expect(cookie).not.toContain('key');
  expect(known.isKnown(ctx, ana)).toBe(true);
  expect(known.isKnown(ctx, { ...ana, id: 2 })).toBe(false);
  expect(known.isKnown(ctx, { ...ana, passwordHash: 'scrypt$15$8$1$salt$other' })).toBe(false);
  expect(known.isKnown(ctx, { ...ana, passwordHash: null })).toBe(false);
  cookie = 'short';
  expect(known.isKnown(ctx, ana)).toBe(false);
});
