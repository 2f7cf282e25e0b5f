/** `boomsync config check`: every fault, or what the configuration comes to, without a secret. */
import type { Config } from './config.ts';
import type { Fault } from './fault.ts';
import type { Environment } from './home.ts';
import { loadConfig } from './load.ts';

export interface ConfigSummary {
  home: string;
  listens: string;
  publicUrl: string | null;
  timezone: string;
  resyncSchedule: string | null;
  accounts: { name: string; environment: string; keys: number }[];
  connections: {
    name: string;
    file: string;
    connector: string;
    mode: Config['connections'][number]['mode'];
  }[];
}

export async function checkConfig(
  env: Environment = process.env,
): Promise<{ summary: ConfigSummary } | { faults: Fault[] }> {
  const loaded = await loadConfig(env);
  if ('faults' in loaded) return loaded;
  const { home, host, port, publicUrl, timezone, resyncSchedule, accounts, connections } = loaded.config;
  return {
    summary: {
      home,
      listens: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
      publicUrl,
      timezone,
      resyncSchedule,
      accounts: accounts.map(({ name, environment, webhookKeys }) => ({
        name,
        environment,
        keys: webhookKeys.length,
      })),
      connections: connections.map(({ name, file, connector, mode }) => ({ name, file, connector, mode })),
    },
  };
}
