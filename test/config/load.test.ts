import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import { configOf, faultsOf, KEY, MAIN, makeHome } from './home.ts';

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
        },
      ],
      resyncSchedule: '0 */6 * * *',
      connections: [
        {
          name: 'rent-roll',
          file: path.join(home, 'config', 'connections', 'rent-roll.yaml'),
          connector: 'rent-roll',
          mode: null,
          server: null,
          credentials: {},
          takes: null,
          create: 'applicant',
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
server: { port: 9000 }
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
      { A: 'a', B: 'b', OAK_SECRET: 'oak' },
    );
    expect(config).toMatchObject({
      publicUrl: 'https://sync.example.com',
      resyncSchedule: null,
      host: '127.0.0.1',
      port: 9000,
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

describe('faults of config/boomsync.yaml', () => {
  it('says where the file is missing', async () => {
    expect(await faultsOf({})).toEqual([
      {
        file: 'boomsync.yaml',
        line: null,
        path: '',
        message: 'there is no such file',
        suggestion: 'Run npm start: it makes one. Or say in BOOMSYNC_HOME where it is',
      },
    ]);
  });

  it.each([
    ['resync:\n  shedule: "0 0 * * *"\n  schedule: off', 5, 'resync', 'Did you mean `schedule`?'],
    ['publicURL: https://x.example.com', 4, '', 'Did you mean `publicUrl`?'],
    ['logLevel: inf', 4, 'logLevel', 'Did you mean `info`?'],
    ['country: USA', 4, 'country', 'Did you mean `US`?'],
  ])('asks of %j whether something else was meant', async (text, line, where, suggestion) => {
    expect(await faultsOf({ 'boomsync.yaml': `${MAIN}${text}\n` })).toMatchObject([
      { line, path: where, suggestion },
    ]);
  });

  it.each([
    ['timezone: America/Springfield', 4, 'timezone', 'expected a time zone like `America/Chicago`'],
    ['timezone: "+05:00"', 4, 'timezone', 'expected a time zone like `America/Chicago`'],
    [
      'publicUrl: sync.example.com',
      4,
      'publicUrl',
      'expected an address like `https://sync.example.com`, without user, `?` or `#`',
    ],
    [
      'publicUrl: https://me:secret@sync.example.com',
      4,
      'publicUrl',
      'expected an address like `https://sync.example.com`, without user, `?` or `#`',
    ],
    [
      'resync:\n  schedule: hourly',
      5,
      'resync.schedule',
      'expected a cron expression of five fields, or `off`',
    ],
    [
      'resync:\n  schedule: "61 * * * *"',
      5,
      'resync.schedule',
      'expected a cron expression of five fields, or `off`',
    ],
    [
      'resync:\n  schedule: "2030-01-01T00:00:00"',
      5,
      'resync.schedule',
      'expected a cron expression of five fields, or `off`',
    ],
    ['resync:\n  schedule: "0 0 30 2 *"', 5, 'resync.schedule', 'this date never comes'],
    ['server: { port: 70000 }', 4, 'server.port', 'expected a number that is at most 65535'],
    ['server: { port: "8787" }', 4, 'server.port', 'expected a number, found text'],
  ])('says of %j what was expected', async (text, line, where, message) => {
    expect(await faultsOf({ 'boomsync.yaml': `${MAIN}${text}\n` })).toMatchObject([
      { line, path: where, message },
    ]);
  });

  it('wants an account, and a key in it', async () => {
    expect(await faultsOf({ 'boomsync.yaml': 'boom: []' })).toMatchObject([
      { line: 1, path: 'boom', message: 'expected at least one account' },
    ]);
    expect(await faultsOf({ 'boomsync.yaml': 'country: US' })).toMatchObject([{ path: 'boom' }]);
    expect(await faultsOf({ 'boomsync.yaml': 'boom:\n  - name: main\n    webhookKeys: []' })).toMatchObject([
      { line: 3, path: 'boom[0].webhookKeys', message: 'expected at least one key' },
    ]);
  });

  it('wants account names that differ and fit into an address', async () => {
    const main = 'boom:\n  - { name: a, webhookKeys: [env:KEY] }\n  - { name: a, webhookKeys: [env:KEY] }\n';
    expect(await faultsOf({ 'boomsync.yaml': main })).toMatchObject([
      { line: 3, path: 'boom[1].name', message: 'another account has this name already' },
    ]);
    expect(await faultsOf({ 'boomsync.yaml': MAIN.replace('main', 'Main Street') })).toMatchObject([
      { line: 2, path: 'boom[0].name' },
    ]);
  });

  it('refuses a variable of the environment that makes no sense', async () => {
    expect(
      await faultsOf(
        { 'boomsync.yaml': MAIN },
        { BOOMSYNC_PORT: 'eighty', BOOMSYNC_LOG: 'warm', BOOM_WEBHOOK_KEY: 'two words' },
      ),
    ).toMatchObject([
      {
        file: 'environment',
        line: null,
        path: 'BOOMSYNC_PORT',
        message: 'expected a port: a whole number from 0 to 65535',
      },
      { path: 'BOOM_WEBHOOK_KEY' },
      { path: 'BOOMSYNC_LOG', suggestion: 'Did you mean `warn`?' },
    ]);
  });
});

describe('secrets', () => {
  const main = (key: string) => ({
    'boomsync.yaml': `boom:\n  - name: main\n    webhookKeys:\n      - ${key}\n`,
  });
  const where = { file: 'boomsync.yaml', line: 4, path: 'boom[0].webhookKeys[0]' };

  it('does not take a secret that stands in the file, and does not repeat it', async () => {
    const faults = await faultsOf(main('hunter2-hunter2'));
    expect(faults).toMatchObject([where]);
    expect(faults[0]?.message).toContain('a secret does not stand in this file: expected `env:NAME`');
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('names the variable that is not set', async () => {
    expect(await faultsOf(main('env:NOT_THERE'))).toMatchObject([
      { ...where, message: 'the variable NOT_THERE is not set' },
    ]);
  });

  it('names the file that is not there', async () => {
    const faults = await faultsOf(main('file:secrets/key'));
    expect(faults).toMatchObject([{ ...where, message: 'there is no file config/secrets/key' }]);
    expect(faults[0]?.suggestion).toMatch(
      /^Put the secret into .*secrets\/key and run: chmod 600 .*secrets\/key$/,
    );
  });

  it.each([0o640, 0o604, 0o610, 0o666, 0o755])(
    'refuses a file that others can read (mode %o)',
    async (mode) => {
      const faults = await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile('k', mode) });
      expect(faults).toMatchObject([
        { ...where, message: 'others on this computer can read config/secrets/key' },
      ]);
      expect(faults[0]?.suggestion).toMatch(/^Run: chmod 600 \/.*\/config\/secrets\/key$/);
    },
  );

  it.each([0o600, 0o400])('takes a file that only its owner can read (mode %o)', async (mode) => {
    const { config } = await configOf({
      ...main('file:secrets/key'),
      'secrets/key': secretFile('k\r\n', mode),
    });
    expect(config.accounts[0]?.webhookKeys).toEqual(['k']);
  });

  it('refuses a file that is empty, a folder, or no key', async () => {
    expect(await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile(' \n') })).toMatchObject([
      { message: 'config/secrets/key is empty' },
    ]);
    expect(await faultsOf({ ...main('file:secrets'), 'secrets/key': secretFile('k') })).toMatchObject([
      { message: expect.stringMatching(/^config\/secrets (is no file|cannot be read)/) },
    ]);
    expect(
      await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile('two lines\nof text') }),
    ).toMatchObject([{ ...where, message: expect.stringContaining('without spaces') }]);
    expect(
      await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile('x'.repeat(70_000)) }),
    ).toMatchObject([{ message: 'config/secrets/key is too large for a secret' }]);
  });

  it('checks the API keys too', async () => {
    expect(
      await faultsOf({
        'boomsync.yaml': `${MAIN}    api:\n      accessKey: env:KEY\n      secretKey: env:NOT_THERE\n`,
      }),
    ).toMatchObject([
      { line: 6, path: 'boom[0].api.secretKey', message: 'the variable NOT_THERE is not set' },
    ]);
  });
});

describe('faults of config/connections/*.yaml', () => {
  const connection = (text: string, name = 'oak.yaml') => ({
    'boomsync.yaml': MAIN,
    [`connections/${name}`]: text,
  });

  it.each([
    ['mode: live', 1, 'connector', 'missing; expected text', null],
    ['connector: buildium\nmod: live', 2, '', 'there is no setting `mod` here', 'Did you mean `mode`?'],
    ['connector: buildium\nmode: on', 2, 'mode', 'expected one of `preview`, `live`', null],
    [
      'connector: buildium\ncreate: tenants',
      2,
      'create',
      'expected one of `never`, `applicant`, `tenant`',
      'Did you mean `tenant`?',
    ],
    [
      'connector: buildium\nfields:\n  Email: { owner: bom }',
      3,
      'fields.Email.owner',
      'expected one of `boom`, `pms`, `fill`, `ask`',
      'Did you mean `boom`?',
    ],
    [
      'connector: buildium\nfields:\n  Email: pms',
      3,
      'fields.Email',
      'expected settings below it, each as `name: value`, found text',
      null,
    ],
    ['connector: buildium\nunits:\n  4B: [1]', 3, 'units.4B', 'expected text, found a list', null],
  ])('says of %j what was expected, in which line', async (text, line, where, message, suggestion) => {
    const faults = await faultsOf(connection(text));
    expect(faults).toMatchObject([{ file: 'connections/oak.yaml', line, message, suggestion }]);
    expect(faults[0]?.path.replace(/[[\]"]+/g, '.').replace(/\.$/, '')).toBe(where);
  });

  it('takes a credential in the open only where the connector calls it no secret', async () => {
    const text = 'connector: buildium\ncredentials:\n  clientId: "1"\n  clientSecret: hunter2\n';
    const faults = await faultsOf(connection(text));
    expect(faults).toMatchObject([
      {
        line: 4,
        path: 'credentials.clientSecret',
        message: 'a secret does not stand in this file: expected `env:NAME` or `file:PATH`',
        suggestion:
          'Put it into config/secrets/oak-clientSecret with mode 600, and write file:secrets/oak-clientSecret here',
      },
    ]);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('holds every credential for a secret where it does not know the connector', async () => {
    for (const connector of ['nowhere', '../../etc', 'Buildium'])
      expect(
        await faultsOf(connection(`connector: ${connector}\ncredentials: { clientId: "1" }`)),
      ).toMatchObject([{ line: 2, path: 'credentials.clientId' }]);
  });

  it('names the variable that a credential lacks', async () => {
    expect(
      await faultsOf(connection('connector: buildium\ncredentials:\n  clientSecret: env:NOT_THERE')),
    ).toMatchObject([
      { line: 3, path: 'credentials.clientSecret', message: 'the variable NOT_THERE is not set' },
    ]);
  });

  it('does not pass over a file in silence because of its name', async () => {
    expect(await faultsOf(connection(RENT_ROLL, 'oak.yml'))).toMatchObject([
      {
        file: 'connections/oak.yml',
        line: null,
        message: 'expected a name that ends in `.yaml`',
        suggestion: 'Rename it to oak.yaml',
      },
    ]);
    expect(await faultsOf(connection(RENT_ROLL, 'oak street.yaml'))).toMatchObject([
      { file: 'connections/oak street.yaml' },
    ]);
  });

  it('tells the faults of all files at once', async () => {
    const faults = await faultsOf(
      {
        'boomsync.yaml': `${MAIN}tmezone: UTC\n`,
        'connections/a.yaml': 'conector: x',
        'connections/b.yaml': 'connector: [',
      },
      { BOOMSYNC_PORT: 'x' },
    );
    expect([...new Set(faults.map(({ file }) => file))]).toEqual([
      'environment',
      'boomsync.yaml',
      'connections/a.yaml',
      'connections/b.yaml',
    ]);
  });
});

it('makes no home of its own', async () => {
  const home = makeHome();
  expect(await loadConfig({ BOOMSYNC_HOME: home })).toHaveProperty('faults');
});
