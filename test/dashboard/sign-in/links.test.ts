import { describe, expect, it, vi } from 'vitest';
import { hashPassword, PasswordsBusy } from '../../../src/operate/people/password.ts';
import { makeSecret } from '../../../src/operate/people/secrets.ts';
import { PASSWORD, startSignIn } from './rig.ts';

vi.mock(import('../../../src/operate/people/password.ts'), async (original) => {
  const real = await original();
  return { ...real, hashPassword: vi.fn(real.hashPassword) };
});

const DAY = 24 * 60 * 60_000;

describe('where too many passwords wait to be looked at', () => {
  const busyOnce = () => vi.mocked(hashPassword).mockRejectedValueOnce(new PasswordsBusy());

  it('the first user is asked to come back, and the link works on', async () => {
    const at = await startSignIn();
    const { secret, hash } = makeSecret();
    await at.stores.signInLinks.add({ hash, userId: null }, DAY, at.clock.now);
    const form = { name: 'Ana', password: PASSWORD, again: PASSWORD };
    busyOnce();
    const busy = await at.ask(`/first-run/${secret}`, { form });
    expect(busy.status).toBe(503);
    expect(busy.headers.get('retry-after')).toBe('60');
    expect(await busy.text()).toContain('role="alert"');
    expect(await at.stores.people.any()).toBe(false);
    expect((await at.ask(`/first-run/${secret}`, { form })).status).toBe(303);
  });

  it('whoever has a link is asked to come back, and the link works on', async () => {
    const at = await startSignIn();
    const bo = await at.add('Bo', 'helper', null);
    const { secret, hash } = makeSecret();
    await at.stores.signInLinks.add({ hash, userId: bo.id }, DAY, at.clock.now);
    const form = { password: PASSWORD, again: PASSWORD };
    busyOnce();
    expect((await at.ask(`/link/${secret}`, { form })).status).toBe(503);
    expect((await at.ask(`/link/${secret}`, { form })).status).toBe(303);
  });
});
