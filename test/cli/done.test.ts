import { expect, it } from 'vitest';
import { ana, tell } from '../support/oak.ts';
import { makeHome } from '../support/process.ts';

const MANIFEST = `contract: 1
id: paper
label: TenantCloud
capabilities:
  kinds: [applicant]
  update: merges
  find: none
  readBack: false
  notes: none
  applicants: applied
  unitId: unused
  byHand: true
limits: { concurrency: 1 }
kinds:
  applicant:
    fields:
      Name: { from: person.lastName }
      Phone: { from: person.phone, compare: phone }
    status: { approved: Approved, declined: Declined }
`;

it('asks a person for what it cannot write, takes their word, and asks again when Boom says more', async () => {
  const home = makeHome();
  home.write('config/paper/manifest.yaml', MANIFEST);
  home.write(
    'config/connections/tenantcloud.yaml',
    'connector: ./paper\ndecisionDelayMinutes: 0\nonEnd: { declined: status }\n',
  );
  const server = await home.start();
  await tell(home, server, ana);
  const errors = await home.run('errors');
  expect(errors.stdout).toContain('▢ In TenantCloud add Ana Ruiz, unit 4B: Name Ruiz, Phone');
  expect(errors.stdout).toContain('▢ In TenantCloud set Ana Ruiz, unit 4B, to Approved');
  expect(errors.stdout).toContain('boomsync done t1');
  expect((await home.run('status')).code).toBe(3);

  expect((await home.run('done', 't1')).stdout).toBe('Noted as done for t1 Ana Ruiz in tenantcloud.\n');
  expect((await home.run('status')).code).toBe(0);
  expect((await home.run('done', 't1')).stderr).toContain('Nothing is to be done by hand for t1');

  await tell(home, server, { ...ana, event: 'application_declined' });
  const next = await home.run('errors');
  expect(next.stdout).toContain('▢ In TenantCloud set Ana Ruiz, unit 4B, to Declined');
  expect(next.stdout).not.toContain('add Ana Ruiz');
  expect((await home.run('done', 't1', 'tenantcloud', '--json')).json()).toMatchObject({
    acknowledged: [{ connection: 'tenantcloud', plan: { decision: { to: 'Declined' } } }],
  });
  expect((await home.run('done', 't9')).stderr).toContain('There is no tenant t9');
});
