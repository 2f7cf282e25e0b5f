/** The keys that Boom may show, as `config/boomsync.yaml` names them: a further one, and one less. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isScalar, isSeq, Scalar } from 'yaml';
import { type Edited, editYaml } from './edit-yaml.ts';
import { mainSchema } from './schema.ts';
import { removeSecret, writeSecret } from './secret-file.ts';
import { parseYaml } from './yaml-faults.ts';

const mainFileOf = (configDir: string) => path.join(configDir, 'boomsync.yaml');

/** By account, how each key is named (`file:…`, `env:…`), in order; empty where the file has faults. */
export async function keyReferences(configDir: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const file = mainFileOf(configDir);
  const parsed = parseYaml(file, await readFile(file, 'utf8').catch(() => ''), mainSchema);
  if (!parsed.ok) return new Map();
  return new Map(parsed.value.boom.map(({ name, webhookKeys }) => [name, webhookKeys]));
}

export type AddedKey = { ok: true; key: string; reference: string } | Extract<Edited, { ok: false }>;

/** Makes a further key in a file of its own. The others are as good as before. */
export async function addKey(configDir: string, account: string): Promise<AddedKey> {
  const key = randomBytes(32).toString('base64url');
  const reference = await writeSecret(configDir, freeName(configDir, account), key);
  const edited = await editKeys(configDir, account, (items) => [...items, new Scalar(reference)]);
  if (edited.ok && edited.changed) return { ok: true, key, reference };
  await removeSecret(configDir, reference);
  return edited.ok ? { ok: false, faults: [] } : edited;
}

/** The last one stays. A key's file goes with it where it is one of `config/secrets/` and nobody else names it. */
export async function removeKey(configDir: string, account: string, reference: string): Promise<Edited> {
  const edited = await editKeys(configDir, account, (items) =>
    items.length < 2 ? items : items.filter((item) => !(isScalar(item) && item.value === reference)),
  );
  const named = [...(await keyReferences(configDir)).values()].flat();
  if (edited.ok && edited.changed && !named.includes(reference)) await removeSecret(configDir, reference);
  return edited;
}

async function editKeys(
  configDir: string,
  account: string,
  change: (items: unknown[]) => unknown[],
): Promise<Edited> {
  const at = [...(await keyReferences(configDir)).keys()].indexOf(account);
  if (at < 0) return { ok: true, changed: false };
  return await editYaml(mainFileOf(configDir), mainSchema, (document) => {
    const keys = document.getIn(['boom', at, 'webhookKeys'], true);
    if (isSeq(keys)) keys.items = change(keys.items);
  });
}

function freeName(configDir: string, account: string): string {
  const base = account === 'main' ? 'boom-webhook-key' : `boom-webhook-key-${account}`;
  for (let count = 2; ; count += 1) {
    const name = `${base}-${count}`;
    if (!existsSync(path.join(configDir, 'secrets', name))) return name;
  }
}
