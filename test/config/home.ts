/** A landlord's home in a temporary folder, for the tests of this folder. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Fault } from '../../src/config/fault.ts';
import { loadConfig } from '../../src/config/load.ts';

export const KEY = 'key-for-tests-only';

export const MAIN = `boom:
  - name: main
    webhookKeys: [env:KEY]
`;

/** Files by their path below `config/`; one with a mode is written with that mode. */
export type Files = Record<string, string | { text: string; mode: number }>;

export function makeHome(files: Files = {}): string {
  const home = mkdtempSync(path.join(tmpdir(), 'boomsync-config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(home, 'config', name);
    mkdirSync(path.dirname(file), { recursive: true });
    const { text, mode } = typeof content === 'string' ? { text: content, mode: 0o644 } : content;
    writeFileSync(file, text);
    chmodSync(file, mode);
  }
  return home;
}

export async function faultsOf(files: Files, env: Record<string, string> = {}): Promise<Fault[]> {
  const home = makeHome(files);
  const loaded = await loadConfig({ KEY, BOOMSYNC_HOME: home, ...env });
  if (!('faults' in loaded)) throw new Error('expected faults, and the configuration was accepted');
  return loaded.faults.map((fault) => ({ ...fault, file: shortName(home, fault.file) }));
}

export async function configOf(files: Files, env: Record<string, string> = {}) {
  const home = makeHome(files);
  const loaded = await loadConfig({ KEY, BOOMSYNC_HOME: home, ...env });
  if ('faults' in loaded)
    throw new Error(`expected no faults: ${loaded.faults.map(({ message }) => message).join('; ')}`);
  return { home, config: loaded.config };
}

function shortName(home: string, file: string): string {
  return path.isAbsolute(file) ? path.relative(path.join(home, 'config'), file) : file;
}
