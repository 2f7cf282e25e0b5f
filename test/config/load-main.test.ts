import { describe, expect, it } from 'vitest';
import { faultsOf, MAIN } from './home.ts';

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
    [
      'server:\n  trustedProxies: [10.0.0.0/8, 0.0.0.0/0]',
      5,
      'server.trustedProxies[1]',
      'expected an address or a range of them, like `127.0.0.1` or `10.0.0.0/8`; `/0` would be everybody',
    ],
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
