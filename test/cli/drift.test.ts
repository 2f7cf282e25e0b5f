/** `resync --verify`: what differs over there, and who wins. */
import { expect, it } from 'vitest';
import type { Resynced } from '../../src/operate/resync.ts';
import { ana, ben, makeOak, tell, UNITS } from '../support/oak.ts';

it('says how many records differ over there, in which fields, and who wins', async () => {
  const oak = await makeOak('live', [...UNITS, 'fields: { LastName: { owner: boom } }']);
  const server = await oak.start();
  await tell(oak, server, ana, ben);
  const even = await oak.run('resync', '--verify');
  expect(even.stdout).toContain('None differed from what boomsync wants there.');

  const [anaThere, benThere] = [...oak.buildium.records.values()].sort((a, b) =>
    a.FirstName < b.FirstName ? -1 : 1,
  );
  if (!anaThere || !benThere) throw new Error('Both were to be made');
  anaThere.LastName = 'Rui';
  benThere.PhoneNumbers = [{ Number: '(512) 555-9999', Type: 'Cell' }];
  const { drift } = (await oak.run('resync', '--verify', '--json')).json() as Resynced;
  expect(drift).toMatchObject([
    {
      tenantId: 't1',
      state: 'synced',
      plan: { fields: [{ field: 'LastName', there: 'Rui', does: 'write' }] },
    },
    {
      tenantId: 't2',
      state: 'parked',
      plan: {
        fields: [
          { field: 'PhoneNumbers.Mobile', pushed: '(512) 555-0188', there: '(512) 555-9999', does: 'ask' },
        ],
      },
    },
  ]);
  expect(anaThere.LastName).toBe('Ruiz');

  anaThere.LastName = 'Rui';
  const shown = await oak.run('resync', '--verify');
  expect(shown.stdout).toContain('2 records differed from what boomsync wants there:');
  expect(shown.stdout).toContain('1 × LastName in oak: Boom’s was sent');
  expect(shown.stdout).toContain('1 × PhoneNumbers.Mobile in oak: edited there, you are asked');
});
