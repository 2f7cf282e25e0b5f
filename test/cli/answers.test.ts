/** What a landlord answers on the command line, through a running server and a Buildium that shows what became of it. */
import { expect, it } from 'vitest';
import { ana, makeOak, type Oak, tell, UNITS } from '../support/oak.ts';

const ANA = { FirstName: 'Ana', LastName: 'Ruiz', Email: ana.email };

function recordOf(oak: Oak) {
  const [record] = oak.buildium.records.values();
  if (record === undefined) throw new Error('nobody is there');
  return record;
}

it('keep, use-boom and snooze answer what was edited over there', async () => {
  const oak = await makeOak('live', UNITS);
  const server = await oak.start();
  await tell(oak, server, ana);
  const record = recordOf(oak);
  record.LastName = 'Ruiz-Lopez';
  await oak.run('retry', 't1');
  const quiet = await oak.run('snooze', 't1', '--days', '7', '--why', 'the manager is on it');
  expect(quiet.stdout).toContain('t1 in oak');
  expect((await oak.run('errors')).stdout).toBe('Nothing needs you.\n');
  const all = (await oak.run('errors', '--all')).stdout;
  expect(all).toContain('the manager is on it');
  expect(all).toContain('boomsync keep t1');
  const status = await oak.run('status', '--json');
  expect(status.code).toBe(0);
  expect(status.json()).toMatchObject({
    connections: expect.arrayContaining([expect.objectContaining({ name: 'oak', quiet: 1 })]),
  });
  expect((await oak.run('snooze', 't1', '--off')).stdout).toContain('told again');

  const kept = await oak.run('keep', 't1', '--field', 'LastName');
  expect(kept.stdout).toContain('LastName in oak stays Ruiz-Lopez, while Boom says Ruiz.');
  expect([record.LastName, (await oak.run('status')).code]).toEqual(['Ruiz-Lopez', 0]);
  const nothing = await oak.run('keep', 't1', '--json');
  expect([nothing.code, nothing.json()]).toMatchObject([1, { error: { code: 'nothing_asked' } }]);

  const used = await oak.run('use-boom', 't1', '--field', 'LastName', '--json');
  expect(used.json()).toMatchObject({
    tenantId: 't1',
    take: 'boom',
    records: [{ connection: 'oak', settled: [{ field: 'LastName' }], record: { state: 'synced' } }],
  });
  expect(record.LastName).toBe('Ruiz');
});

it('candidates and choose say which of two records it is', async () => {
  const oak = await makeOak('live', UNITS);
  const server = await oak.start();
  const first = oak.buildium.add(ANA);
  const second = oak.buildium.add(ANA);
  await tell(oak, server, ana);
  expect((await oak.run('errors')).stdout).toContain('boomsync candidates t1');
  const shown = await oak.run('candidates', 't1');
  expect(shown.stdout).toMatch(new RegExp(`Boom says.*${first.Id}.*${second.Id}`));
  expect((await oak.run('choose', 't1', '999999')).code).toBe(1);
  const chosen = await oak.run('choose', 't1', String(second.Id));
  expect(chosen.stdout).toContain(`Record ${second.Id} in oak is t1’s.`);
  expect([first.UnitId ?? null, second.UnitId]).toEqual([null, 10231]);
  expect((await oak.run('candidates', 't1')).stderr).toContain('You are not asked which record is t1’s');
});

it('choose --not leaves a record alone, without a server too, and one of their own is made', async () => {
  const oak = await makeOak('live', UNITS);
  const server = await oak.start();
  const maria = oak.buildium.add({ ...ANA, FirstName: 'Maria' });
  await tell(oak, server, ana);
  await server.kill('SIGTERM');
  const said = await oak.run('choose', 't1', String(maria.Id), '--not');
  expect(said.stdout).toContain('somebody else’s, and left alone');
  expect([...oak.buildium.records.values()].map(({ FirstName }) => FirstName)).toEqual(['Maria', 'Ana']);
});
