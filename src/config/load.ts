/** The configuration: `config/*.yaml`, the secrets they name and the environment, or every fault of all of them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRange } from './address-range.ts';
import { alertsOf } from './alerts.ts';
import type { AccountConfig, BoomApiConfig, Config } from './config.ts';
import { isHeaderValue, KEY_FORM, overridesOf } from './environment.ts';
import type { Fault } from './fault.ts';
import { type Environment, type Home, homeOf } from './home.ts';
import { loadConnections } from './load-connections.ts';
import { backupOf, passphraseOf, retentionOf, scheduled } from './load-upkeep.ts';
import { mainReader } from './main-reader.ts';
import { scheduleFault } from './schedule.ts';
import { type MainFile, mainSchema } from './schema.ts';
import { type ParsedYaml, parseYaml } from './yaml-faults.ts';

export type LoadedConfig = { config: Config } | { faults: Fault[] };

/** Boom's own hosts: shared by both of its OpenAPI files. */
const BOOM_SERVERS = {
  production: 'https://api.production.boompay.app',
  sandbox: 'https://api.sandbox.boompay.app',
} as const;

const CURRENCIES = { US: 'USD', CA: 'CAD' } as const;

/**
 * Which secrets a command needs: a look at the database needs none, and another terminal than the server's may well
 * not have them.
 */
export type NeededSecrets = 'all' | 'accounts' | 'backup' | 'none';

export async function loadConfig(
  env: Environment = process.env,
  needed: NeededSecrets = 'all',
): Promise<LoadedConfig> {
  const home = homeOf(env);
  const faults: Fault[] = [];
  const overrides = overridesOf(env, faults);
  const main = await readMain(home, faults);
  const accounts =
    main === null
      ? []
      : await accountsOf(
          main,
          overrides.webhookKey,
          env,
          home,
          faults,
          needed === 'all' || needed === 'accounts',
        );
  if (main !== null)
    for (const section of ['resync', 'backup', 'retention'] as const)
      await checkSchedule(section, main, home, faults);
  const passphrase =
    main === null || (needed !== 'all' && needed !== 'backup')
      ? null
      : await passphraseOf(main, env, home, faults);
  const alerts = main === null ? null : await alertsOf(main, env, home, faults, needed === 'all');
  const connections = await loadConnections(env, home, faults, needed === 'all');
  if (main === null || alerts === null || faults.length > 0) return { faults };

  const { publicUrl, timezone, resync, server, logLevel } = main.value;
  const config: Config = {
    home: home.home,
    configDir: home.configDir,
    dataDir: home.dataDir,
    databaseFile: path.join(home.dataDir, 'boomsync.sqlite'),
    host: overrides.host ?? server.host,
    port: overrides.port ?? server.port,
    trustedProxies: server.trustedProxies.flatMap((text) => readRange(text) ?? []),
    publicUrl: publicUrl === undefined ? null : publicUrl.replace(/\/+$/, ''),
    timezone,
    accounts,
    resyncSchedule: scheduled(resync.schedule),
    backup: backupOf(main.value, home, passphrase),
    retention: retentionOf(main.value),
    alerts,
    connections,
    logLevel: overrides.logLevel ?? logLevel,
  };
  return { config: frozen(config) };
}

async function readMain(home: Home, faults: Fault[]): Promise<ParsedYaml<MainFile> | null> {
  let text: string;
  try {
    text = await readFile(home.mainFile, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    faults.push({
      file: home.mainFile,
      line: null,
      path: '',
      message: missing ? 'there is no such file' : 'cannot be read',
      suggestion: missing ? 'Run npm start: it makes one. Or say in BOOMSYNC_HOME where it is' : null,
    });
    return null;
  }
  const parsed = parseYaml(home.mainFile, text, mainSchema);
  if (parsed.ok) return parsed;
  faults.push(...parsed.faults);
  return null;
}

async function accountsOf(
  main: ParsedYaml<MainFile>,
  givenKey: string | null,
  env: Environment,
  home: Home,
  faults: Fault[],
  needSecrets: boolean,
): Promise<AccountConfig[]> {
  const { boom, country } = main.value;
  const { fault, resolve } = mainReader(main, env, home, faults);
  const accounts: AccountConfig[] = [];
  for (const [index, account] of boom.entries()) {
    if (boom.findIndex(({ name }) => name === account.name) < index)
      fault(['boom', index, 'name'], 'another account has this name already');
    const webhookKeys: string[] = [];
    // Where the file names the variable among others, it is one of several.
    if (index === 0 && givenKey !== null && !account.webhookKeys.includes('env:BOOM_WEBHOOK_KEY'))
      webhookKeys.push(givenKey);
    else if (needSecrets)
      for (const [at, reference] of account.webhookKeys.entries()) {
        const where = ['boom', index, 'webhookKeys', at];
        const key = await resolve(reference, where);
        if (key !== null && !isHeaderValue(key)) fault(where, KEY_FORM);
        if (key !== null) webhookKeys.push(key);
      }
    const api: BoomApiConfig | null =
      account.api === undefined
        ? null
        : {
            baseUrl: account.api.server ?? BOOM_SERVERS[account.environment],
            accessKey: '',
            secretKey: '',
            sendAccessKey: account.api.sendAccessKey,
          };
    for (const part of ['accessKey', 'secretKey'] as const)
      if (needSecrets && account.api !== undefined && api !== null) {
        const where = ['boom', index, 'api', part];
        const key = await resolve(account.api[part], where);
        if (key !== null && !isHeaderValue(key)) fault(where, KEY_FORM);
        api[part] = key ?? '';
      }
    accounts.push({
      name: account.name,
      environment: account.environment,
      webhookKeys,
      bareRent: account.bareRent,
      currency: CURRENCIES[country],
      country,
      api,
    });
  }
  return accounts;
}

const LIKE = {
  resync: 'Every six hours is "0 */6 * * *"',
  backup: 'Every night at half past two is "30 2 * * *"',
  retention: 'Every night at half past three is "30 3 * * *"',
};

async function checkSchedule(
  section: keyof typeof LIKE,
  main: ParsedYaml<MainFile>,
  home: Home,
  faults: Fault[],
): Promise<void> {
  const { timezone } = main.value;
  const message = await scheduleFault(main.value[section].schedule, timezone);
  if (message === null) return;
  faults.push({
    file: home.mainFile,
    line: main.lineOf([section, 'schedule']),
    path: `${section}.schedule`,
    message,
    suggestion: `${LIKE[section]}; never by itself is off`,
  });
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
