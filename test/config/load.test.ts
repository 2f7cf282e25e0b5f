import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import { configOf, KEY, MAIN, makeHome } from './home.ts';

const DAY_MS = 24 * 60 * 60_000;
const RENT_ROLL = 'connector: rent-roll\n';
const secretFile = (text: string, mode = 0o600) => ({ text, mode });

describe('loadConfig', () => {
  it('fills in what a short file leaves out', async () => {
    const { home, config } = await configOf({
      'boomsync.yaml': MAIN,
      'connections/rent-roll.yaml': RENT_ROLL,
    });
    expect(config).toEqual({
      home,
      configDir: path.join(home, 'config'),
      dataDir: path.join(home, 'data'),
      databaseFile: path.join(home, 'data', 'boomsync.sqlite'),
      host: '127.0.0.1',
      port: 8787,
      trustedProxies: [],
      publicUrl: null,
      timezone: 'America/Chicago',
      accounts: [
        {
          name: 'main',
          environment: 'production',
          webhookKeys: [KEY],
          bareRent: 'dollars',
          currency: 'USD',
          country: 'US',
          api: null,
        },
      ],
      resyncSchedule: '0 */6 * * *',
      backup: {
        schedule: '30 2 * * *',
        keep: { daily: 7, weekly: 4 },
        folder: path.join(home, 'data', 'backups'),
        passphrase: null,
      },
      retention: {
        schedule: '30 3 * * *',
        bodiesMs: 30 * DAY_MS,
        failedBodiesMs: 90 * DAY_MS,
        attemptsMs: 2 * 365.25 * DAY_MS,
        decisionsMs: 5 * 365.25 * DAY_MS,
        applicantsMs: (25 / 12) * 365.25 * DAY_MS,
      },
      alerts: { channels: [], quietHours: null, weekly: null, heartbeat: null },
      connections: [
        {
          name: 'rent-roll',
          file: path.join(home, 'config', 'connections', 'rent-roll.yaml'),
          connector: 'rent-roll',
          label: null,
          mode: null,
          server: null,
          credentials: {},
          takes: null,
          create: 'applicant',
          notes: null,
          createsPerDay: 20,
          decisionDelayMinutes: 5,
          onEnd: { declined: 'annotate', canceled: 'annotate', merged: 'annotate', moved_out: 'annotate' },
          units: {},
          fields: {},
        },
      ],
      logLevel: 'info',
    });
  });

  it('reads what a landlord writes', async () => {
    const { config } = await configOf(
      {
        'boomsync.yaml': `publicUrl: https://sync.example.com/
timezone: America/Toronto
country: CA
boom:
  - name: main
    environment: sandbox
    webhookKeys: [env:KEY, file:secrets/old]
    api: { accessKey: env:A, secretKey: env:B }
    bareRent: cents
resync: { schedule: off }
backup: { schedule: off, keep: { weekly: 8 }, folder: /mnt/usb, passphrase: env:PASS }
retention: { bodies: 8w, failedBodies: off }
server: { port: 9000, trustedProxies: [127.0.0.1, "fd00::/8"] }
logLevel: debug
`,
        'secrets/old': secretFile('\ufeffold-key\n'),
        'connections/oak-street.yaml': `connector: buildium
mode: live
credentials: { clientId: id-in-the-open, clientSecret: env:OAK_SECRET }
takes: unit.property = "Oak Street"
create: never
units: { "Oak Street / 4B": 10231, Oak Street / 4C: 0042, "7": "A7" }
fields: { Email: { owner: pms }, Phone: { off: true }, Name: { from: person.lastName } }
`,
      },
      { A: 'a', B: 'b', OAK_SECRET: 'oak', PASS: 'correct horse' },
    );
    expect(config).toMatchObject({
      publicUrl: 'https://sync.example.com',
      resyncSchedule: null,
      backup: {
        schedule: null,
        keep: { daily: 7, weekly: 8 },
        folder: path.resolve('/mnt/usb'),
        passphrase: 'correct horse',
      },
      retention: { schedule: '30 3 * * *', bodiesMs: 56 * DAY_MS, failedBodiesMs: null },
      host: '127.0.0.1',
      port: 9000,
      trustedProxies: [
        { address: '127.0.0.1', prefix: 32, family: 'ipv4' },
        { address: 'fd00::', prefix: 8, family: 'ipv6' },
      ],
      logLevel: 'debug',
      accounts: [
        {
          environment: 'sandbox',
          webhookKeys: [KEY, 'old-key'],
          bareRent: 'cents',
          currency: 'CAD',
          country: 'CA',
        },
      ],
      connections: [
        {
          name: 'oak-street',
          label: null,
          mode: 'live',
          credentials: { clientId: 'id-in-the-open', clientSecret: 'oak' },
          takes: 'unit.property = "Oak Street"',
          create: 'never',
          units: { 'Oak Street / 4B': '10231', 'Oak Street / 4C': '0042', '7': 'A7' },
          fields: { Email: { owner: 'pms' }, Phone: { off: true }, Name: { from: 'person.lastName' } },
        },
      ],
    });
  });

  it('freezes all of it', async () => {
    const { config } = await configOf({ 'boomsync.yaml': MAIN, 'connections/rent-roll.yaml': RENT_ROLL });
    expect(Object.isFrozen(config)).toBe(true);
    expect(() => config.accounts[0]?.webhookKeys.push('x')).toThrow(TypeError);
    expect(() => Object.assign(config.connections[0]?.units ?? {}, { a: 'b' })).toThrow(TypeError);
  });

  it('lets the environment win', async () => {
    const { config } = await configOf(
      { 'boomsync.yaml': `${MAIN}server: { host: 10.0.0.1, port: 9000 }\nlogLevel: warn\n` },
      {
        BOOMSYNC_PORT: '0',
        BOOMSYNC_HOST: '0.0.0.0',
        BOOMSYNC_LOG: 'silent',
        BOOM_WEBHOOK_KEY: ' given-key ',
      },
    );
    expect(config).toMatchObject({ port: 0, host: '0.0.0.0', logLevel: 'silent' });
    expect(config.accounts[0]?.webhookKeys).toEqual(['given-key']);
  });

  it('takes a given key instead of the first account’s own, which then need not be there', async () => {
    const main = `boom:
  - { name: main, webhookKeys: [file:secrets/not-there] }
  - { name: second, webhookKeys: [env:KEY] }
`;
    const { config } = await configOf({ 'boomsync.yaml': main }, { BOOM_WEBHOOK_KEY: 'given-key' });
    expect(config.accounts.map(({ webhookKeys }) => webhookKeys)).toEqual([['given-key'], [KEY]]);
  });

  it('counts a variable that is empty as not set', async () => {
    const { config } = await configOf(
      { 'boomsync.yaml': MAIN },
      { BOOM_WEBHOOK_KEY: '', BOOMSYNC_PORT: ' ' },
    );
    expect(config.accounts[0]?.webhookKeys).toEqual([KEY]);
    expect(config.port).toBe(8787);
  });

  it('reads no example, no hidden file and nothing that is not YAML', async () => {
    const { config } = await configOf({
      'boomsync.yaml': MAIN,
      'connections/rent-roll.yaml': RENT_ROLL,
      'connections/buildium.example.yaml': 'nonsense',
      'connections/.rent-roll.yaml': 'nonsense',
      'connections/rent-roll.yaml~': 'nonsense',
      'connections/notes.txt': 'nonsense',
    });
    expect(config.connections.map(({ name }) => name)).toEqual(['rent-roll']);
  });

  it('lives in the clone unless told otherwise', async () => {
    expect(JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8'))).toMatchObject({
      name: 'boomsync',
    });
    const loaded = await loadConfig({ BOOMSYNC_HOME: '' });
    const home =
      'faults' in loaded ? path.dirname(path.dirname(loaded.faults[0]?.file ?? '')) : loaded.config.home;
    expect(home.startsWith(packageRoot())).toBe(true);
  });
});

it('makes no home of its own', async () => {
  const home = makeHome();
  expect(await loadConfig({ BOOMSYNC_HOME: home })).toHaveProperty('faults');
});
