/** Reads a whole account into an empty database, and says how long that took and how much memory at the peak. */

import { createApp } from '../src/app.ts';
import { createBoomApi } from '../src/boom/api/client.ts';
import type { Config } from '../src/config/config.ts';
import { createLog } from '../src/operate/log.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { createStores } from '../src/store/stores.ts';

const [, , file = '', baseUrl = ''] = process.argv;
const knex = await openDatabase(file);
await migrate(knex);
const log = createLog('silent');
const api = { baseUrl, accessKey: 'a', secretKey: 's', sendAccessKey: false };
const account = {
  name: 'main',
  environment: 'sandbox' as const,
  webhookKeys: ['k'],
  bareRent: 'dollars' as const,
  currency: 'USD',
  country: 'US',
  api,
};
const app = createApp({
  config: { timezone: 'UTC', accounts: [account], dataDir: '/nowhere' } as unknown as Config,
  connections: [],
  stores: createStores(knex),
  log,
  // Boom's 650 a minute would be all that is measured.
  sources: new Map([['main', createBoomApi({ config: api, account: 'main', log, windows: [] })]]),
});
const before = performance.now();
const [report] = await app.reads.resync({
  account: null,
  since: null,
  all: true,
  dryRun: false,
});
const seconds = (performance.now() - before) / 1_000;
await app.stop();
await knex.destroy();
process.stdout.write(
  JSON.stringify({
    outcome: report?.outcome,
    seen: report?.seen,
    seconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  }),
);
