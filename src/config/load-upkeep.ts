/** `backup:` and `retention:` of config/boomsync.yaml, as the program uses them. */
import path from 'node:path';
import type { BackupConfig, RetentionConfig } from './config.ts';
import type { Fault } from './fault.ts';
import type { Environment, Home } from './home.ts';
import { keptForMs } from './kept-for.ts';
import { mainReader } from './main-reader.ts';
import type { MainFile } from './schema.ts';
import type { ParsedYaml } from './yaml-faults.ts';

/** Null for `off`. */
export function scheduled(schedule: string): string | null {
  return schedule === 'off' ? null : schedule;
}

export async function passphraseOf(
  main: ParsedYaml<MainFile>,
  env: Environment,
  home: Home,
  faults: Fault[],
): Promise<string | null> {
  const reference = main.value.backup.passphrase;
  if (reference === undefined) return null;
  return await mainReader(main, env, home, faults).resolve(reference, ['backup', 'passphrase']);
}

export function backupOf({ backup }: MainFile, home: Home, passphrase: string | null): BackupConfig {
  const { schedule, keep, folder } = backup;
  return { schedule: scheduled(schedule), keep, folder: path.resolve(home.home, folder), passphrase };
}

export function retentionOf({ retention }: MainFile): RetentionConfig {
  return {
    schedule: scheduled(retention.schedule),
    bodiesMs: keptForMs(retention.bodies),
    failedBodiesMs: keptForMs(retention.failedBodies),
    attemptsMs: keptForMs(retention.attempts),
    decisionsMs: keptForMs(retention.decisions),
    applicantsMs: keptForMs(retention.applicants),
  };
}
