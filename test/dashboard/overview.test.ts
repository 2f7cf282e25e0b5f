/** The first page: the verdict, and what it is made of. */
import { expect, it } from 'vitest';
import { startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { signedIn } from '../support/signed-in.ts';

it('says what to do first where nothing has arrived', async () => {
  const { get } = await signedIn(await startLandlord());
  const { status, text } = await get('/');
  expect(status).toBe(200);
  expect(text).toContain('Nothing has arrived from Boom yet.');
  expect(text).toContain('Send Boom our address');
  expect(text).toContain('<title>Not set up: Overview');
});

it('says that all are in line, what was written last, and how many messages came', async () => {
  const landlord = await startLandlord({ oak: UNITS });
  const { get, api } = await signedIn(landlord);
  await landlord.tell(ana, ben);
  const { text } = await get('/');
  expect(text).toContain('All 2 tenants are in line.');
  expect(text).toContain('Ana Ruiz was added to Buildium');
  expect(text).toContain('2 messages on 1 day of the last 30.');
  expect(text).toContain('<title>In line: Overview');
  expect(text).toContain('Nobody is told when something needs you');
  expect(text).toContain('Made by themselves, and each is tried out.');
  const { json } = await api('overview');
  expect(json).toMatchObject({
    verdict: 'in_line',
    connections: [{ verdict: 'in_line' }, { verdict: 'in_line' }],
    alerts: { channels: 0, lastSentAt: null, failing: 0 },
    backup: { on: true, bad: false },
  });
});

it('says what stopped, and where to look', async () => {
  const landlord = await startLandlord({ oak: UNITS });
  const { get } = await signedIn(landlord);
  landlord.buildium.switches.expiredKey = true;
  await landlord.tell(ana);
  const { text } = await get('/');
  expect(text).toContain('<title>Stopped: Overview');
  expect(text).toContain('Check the connection');
});

it('says in words that there is no such page, and to a program in the shape of every error', async () => {
  const landlord = await startLandlord();
  const { get, cookie } = await signedIn(landlord);
  const page = await get('/nothing-here');
  expect(page.status).toBe(404);
  expect(page.text).toContain('There is nothing here');
  expect(page.text).toContain('To the overview');
  const headers = { cookie: `${cookie.name}=${cookie.value}`, accept: 'application/json' };
  const program = await fetch(`${landlord.url}/nothing-here`, { headers });
  expect(await program.json()).toMatchObject({ error: { code: 'not_found' } });
});
