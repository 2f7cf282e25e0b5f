/**
 * The real server in a process of its own, as `boomsync serve` runs it, but by a clock that its parent sets: a year
 * passes in minutes, and what arrives together in a retry window must not be what arrived within the same second.
 * Messages in: `{at}` sets the clock, `{command, args}` is carried out. Each is answered once it is done.
 */
const { createBoomApi } = await import('../../dist/src/boom/api/client.js');
const { ensureHome } = await import('../../dist/src/config/create.js');
const { loadConfig } = await import('../../dist/src/config/load.js');
const { loadConnections } = await import('../../dist/src/connect/load.js');
const { createLog } = await import('../../dist/src/operate/log.js');
const { serve } = await import('../../dist/src/serve.js');
const { migrate, openDatabase } = await import('../../dist/src/store/database.js');
const { createStores } = await import('../../dist/src/store/stores.js');

const ASK_EVERY_MS = 10;

let clock = Number(process.env.CLOCK);
await ensureHome();
const { config, faults } = await loadConfig();
if (faults) throw new Error(JSON.stringify(faults));
const { connections } = await loadConnections(config.connections, { dataDir: config.dataDir });
const knex = await openDatabase(config.databaseFile);
await migrate(knex);
const stores = createStores(knex);
const log = createLog('silent');
const [account] = config.accounts;
// Boom's limit counts real time, of which a simulated year has little.
const source = account.api && createBoomApi({ config: account.api, account: account.name, log, windows: [] });
const { port } = await serve({
  config,
  connections,
  stores,
  log,
  now: () => new Date(clock),
  schemaCurrent: async () => true,
  ...(source ? { sources: new Map([[account.name, source]]) } : {}),
});

async function carryOut(name, args) {
  const id = await stores.commands.ask(name, args, new Date(clock).toISOString());
  for (;;) {
    const result = await stores.commands.take(id);
    if (result !== undefined) return result;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

process.on('message', async ({ at, command, args }) => {
  if (at !== undefined) clock = at;
  const result = command === undefined ? null : await carryOut(command, args);
  process.send({ result });
});
process.send({ port });
