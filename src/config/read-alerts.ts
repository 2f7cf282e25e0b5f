/** `alerts:` as `config/boomsync.yaml` says it now, which may not be what a running boomsync began with. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { alertsOf } from './alerts.ts';
import type { AlertsConfig } from './config.ts';
import type { Fault } from './fault.ts';
import { type Environment, homeOf } from './home.ts';
import { mainSchema } from './schema.ts';
import { parseYaml } from './yaml-faults.ts';

/** With faults, what they are about is left empty; null where the file itself cannot be read. */
export async function readAlerts(
  configDir: string,
  env: Environment = process.env,
): Promise<{ alerts: AlertsConfig | null; faults: Fault[] }> {
  const home = homeOf({ ...env, BOOMSYNC_HOME: path.dirname(configDir) });
  const text = await readFile(home.mainFile, 'utf8').catch(() => '');
  const parsed = parseYaml(home.mainFile, text, mainSchema);
  if (!parsed.ok) return { alerts: null, faults: parsed.faults };
  const faults: Fault[] = [];
  return { alerts: await alertsOf(parsed, env, home, faults, true), faults };
}
