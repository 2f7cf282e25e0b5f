import { expect, it } from 'vitest';
import { ana, ben, makeOak, tell, UNITS } from '../support/oak.ts';

it('more than a day’s share of new records waits, says so, and goes on once it is approved', async () => {
  const oak = await makeOak('live', [...UNITS, 'createsPerDay: 1']);
  const server = await oak.start();
  await tell(oak, server, ana, ben);
  expect(oak.buildium.records.size).toBe(1);
  const errors = await oak.run('errors');
  expect(errors.stdout).toContain('over quota');
  expect(errors.stdout).toContain('boomsync approve oak');
  expect((await oak.run('status')).code).toBe(3);

  const nobody = await oak.run('approve', 'oak', 't1');
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('Nobody of these waits')]);
  expect((await oak.run('approve', 'oak', 't9')).stderr).toContain('There is no tenant t9');
  const approved = await oak.run('approve', 'oak');
  expect(approved.stdout).toContain('Let through in oak:\n  t2  Ben Sosa');
  expect(oak.buildium.records.size).toBe(2);
  expect((await oak.run('status')).code).toBe(0);
  expect((await oak.run('approve', 'oak', '--json')).json()).toMatchObject({ approved: [], unnamed: [] });
});

it('makes nobody where the connection is not to, but who is named', async () => {
  const oak = await makeOak('live', [...UNITS, 'create: never']);
  const server = await oak.start();
  await tell(oak, server, ana, ben);
  const refused = await oak.run('approve', 'oak');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('Name those whom it may make')]);
  expect(oak.buildium.records.size).toBe(0);
  expect((await oak.run('approve', 'oak', 't2')).stdout).toContain('Let through in oak:\n  t2  Ben Sosa');
  expect([...oak.buildium.records.values()]).toMatchObject([{ FirstName: 'Ben' }]);
});
