/** A notice that may be due: listed beside what needs the landlord, not counted, and seen to. */
import { expect, it } from 'vitest';
import { makeHome } from '../support/process.ts';

const declined = {
  event: 'application_declined',
  first_name: 'Ana',
  last_name: 'Ruiz',
  email: 'ana@example.com',
  unit: '4B',
  application_id: 'a1',
};

it('is listed by errors without being counted, and no longer once it was seen to', async () => {
  const home = makeHome();
  const server = await home.start();
  await home.post(server, declined);
  await home.run('retry');
  const listed = await home.run('errors');
  expect(listed.stdout).toContain('Nothing needs you.');
  expect(listed.stdout).toMatch(/A notice may be due.*\n.*t1 \(Ana Ruiz\)/);
  expect((await home.run('errors', '--json')).json()).toMatchObject({
    total: 0,
    notices: [{ kind: 'notice_due', id: 't1', who: 'Ana Ruiz' }],
  });
  expect((await home.run('errors', 'noticed', 't1')).stdout).toContain('Noted for t1');
  expect((await home.run('errors', '--json')).json()).toMatchObject({ notices: [] });
  const again = await home.run('errors', 'noticed', 't1');
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('seen to it already');
});
