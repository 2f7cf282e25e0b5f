/** The pipeline at work, as behind a running server. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/config/config.ts';
import { createLog } from '../src/operate/log.ts';
import { anApplication, bookSource } from './read/source.ts';
import { openTestStore } from './support/store.ts';

const ACCOUNT = { name: 'main', bareRent: 'dollars', currency: 'USD', country: 'US', api: null };

it('a command is done when what was read has been projected, and what that names has been read', async () => {
  const store = await openTestStore();
  const boom = bookSource();
  boom.book.leads.push({ id: '601', first_name: 'Ana', last_name: 'Nr1', application_id: '1' });
  boom.book.applications.push(anApplication('1', { status: 'rejected' }));
  const application = boom.application;
  boom.application = async (id) => {
    // Boom takes its time.
    for (let turns = 0; turns < 200; turns += 1) await turn();
    return await application(id);
  };
  const app = createApp({
    config: { timezone: 'UTC', accounts: [ACCOUNT], dataDir: '/nowhere' } as unknown as Config,
    connections: [],
    stores: store.stores,
    log: createLog('silent'),
    sources: new Map([['main', boom]]),
  });
  // It was read before: the first reading would find the application as well.
  const at = new Date().toISOString();
  const times = { since: null, until: at, startedAt: at };
  const before = await store.stores.resyncs.begin({
    account: 'main',
    gapId: null,
    baseline: false,
    covers: true,
    ...times,
  });
  await store.stores.resyncs.save({ ...before, finishedAt: at });
  app.start();
  onTestFinished(() => app.stop());
  const expired = {
    event: 'identity_verification_expired',
    lead_id: '601',
    first_name: 'Ana',
    last_name: 'Nr1',
  };
  await store.deliver(expired, new Date());
  await app.commands.run('retry', { tenantIds: null });
  expect(await store.tenants()).toMatchObject([{ applications: [{ id: '1', leasing: 'declined' }] }]);
});
