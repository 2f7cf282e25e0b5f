/**
 * Who is told, as an owner says it on a page: one channel more, or one less, in `config/boomsync.yaml`. First drawn up,
 * so that the change can be shown and tried; what is as good as a key stands in a file of its own.
 */
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Document, isMap, isSeq, Pair, Scalar } from 'yaml';
import { type ChannelFile, channelOf } from './alerts.ts';
import type { ChannelConfig } from './config.ts';
import { changedYaml, mapAt } from './edit-yaml.ts';
import type { Fault } from './fault.ts';
import { replaceFile } from './replace-file.ts';
import { mainSchema } from './schema.ts';
import { removeSecret, writeSecret } from './secret-file.ts';
import { parseYaml } from './yaml-faults.ts';

export type NewChannel =
  | {
      kind: 'mail';
      host: string;
      port: number;
      secure: boolean;
      user: string | null;
      password: string | null;
      from: string;
      to: string[];
    }
  | { kind: 'ntfy'; url: string; token: string | null }
  | { kind: 'url'; url: string; secret: string | null };

/** What would be written, and where. */
export interface AlertsChange {
  channel: ChannelConfig;
  /** The whole file, as it is and as it would be. */
  before: string;
  after: string;
  /** By name of their file in `config/secrets/`. */
  secrets: Readonly<Record<string, string>>;
}

export interface AlertsRemoval {
  before: string;
  after: string;
  /** Files of ours that nothing names any more: `file:secrets/…`. */
  references: string[];
}

type Faulty = { faults: Fault[] };

/** `changed`: somebody has written into the file since it was looked at. */
export type Written = 'written' | 'changed';

const fileOf = (configDir: string) => path.join(configDir, 'boomsync.yaml');
const referenceOf = (name: string) => `file:secrets/${name}`;
/** What this file makes, and may take away again. */
const OURS = 'alert-';

/** Writes nothing. */
export async function drawUpChannel(configDir: string, given: NewChannel): Promise<AlertsChange | Faulty> {
  const file = fileOf(configDir);
  const before = await readFile(file, 'utf8');
  const parsed = parseYaml(file, before, mainSchema);
  if (!parsed.ok) return parsed;
  const taken = parsed.value.alerts.channels.map((one) => one.name ?? kindOf(one));
  const name = freeName(configDir, given.kind, taken);
  const { settings, secrets } = settingsOf(name, given);
  const changed = changedYaml(file, before, mainSchema, (document) =>
    addTo(document, name === given.kind ? {} : { name: text(name) }, given.kind, settings),
  );
  if (!changed.ok) return changed;
  const again = parseYaml(file, changed.text, mainSchema);
  if (!again.ok) return again;
  const channel = again.value.alerts.channels.at(-1);
  if (channel === undefined) return { faults: [] };
  const faults: Fault[] = [];
  const made = await channelOf(channel, [], {
    needSecrets: true,
    resolve: async (reference) => secrets[reference.replace(/^file:secrets\//, '')] ?? null,
    fault: (_, message, suggestion = null) =>
      faults.push({ file, line: null, path: '', message, suggestion }),
  });
  return faults.length > 0 ? { faults } : { channel: made, before, after: changed.text, secrets };
}

/** The secrets first: a file that names what is not there would keep boomsync from starting. */
export async function writeChannel(
  configDir: string,
  { before, after, secrets }: AlertsChange,
): Promise<Written> {
  if ((await readFile(fileOf(configDir), 'utf8')) !== before) return 'changed';
  const made: string[] = [];
  let written: Written = 'changed';
  try {
    for (const [name, secret] of Object.entries(secrets))
      made.push(await writeSecret(configDir, name, secret));
    // Where a name is taken meanwhile, the file would name somebody else's secret.
    if (made.join() === Object.keys(secrets).map(referenceOf).join()) {
      await replaceFile(await realpath(fileOf(configDir)), after);
      written = 'written';
    }
  } finally {
    if (written === 'changed') for (const reference of made) await removeSecret(configDir, reference);
  }
  return written;
}

/** Null where there is no channel of that name. Writes nothing. */
export async function drawUpRemoval(configDir: string, name: string): Promise<AlertsRemoval | Faulty | null> {
  const file = fileOf(configDir);
  const before = await readFile(file, 'utf8');
  const parsed = parseYaml(file, before, mainSchema);
  if (!parsed.ok) return parsed;
  const { channels } = parsed.value.alerts;
  const at = channels.findIndex((one) => (one.name ?? kindOf(one)) === name);
  const channel = channels[at];
  if (channel === undefined) return null;
  const changed = changedYaml(file, before, mainSchema, (document) => removeFrom(document, at));
  if (!changed.ok) return changed;
  const references = Object.values(channel.mail ?? channel.ntfy ?? channel.url ?? {}).filter(
    (value): value is string =>
      typeof value === 'string' && value.startsWith(`file:secrets/${OURS}`) && !changed.text.includes(value),
  );
  return { before, after: changed.text, references };
}

/** `shown`: the file as it was looked at. */
export async function removeChannel(
  configDir: string,
  { before, after, references }: AlertsRemoval,
): Promise<Written> {
  if ((await readFile(fileOf(configDir), 'utf8')) !== before) return 'changed';
  await replaceFile(await realpath(fileOf(configDir)), after);
  for (const reference of references) await removeSecret(configDir, reference);
  return 'written';
}

const kindOf = ({ mail, ntfy }: ChannelFile) => (mail ? 'mail' : ntfy ? 'ntfy' : 'url');

/** `mail`, `mail-2`: of no channel, and of no file that somebody else may rely on. */
function freeName(configDir: string, kind: NewChannel['kind'], taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? kind : `${kind}-${count}`;
    const kept = ['password', 'url', 'token', 'secret'].some((part) =>
      existsSync(path.join(configDir, 'secrets', `${OURS}${name}-${part}`)),
    );
    if (!taken.includes(name) && !kept) return name;
  }
}

type Settings = Record<string, Scalar<string> | Scalar<string>[]>;

/** An address of ntfy, or of a chat, is often as good as a key. */
function settingsOf(
  name: string,
  given: NewChannel,
): { settings: Settings; secrets: Record<string, string> } {
  const secrets: Record<string, string> = {};
  const kept = (part: string, value: string | null): Settings => {
    if (value === null) return {};
    secrets[`${OURS}${name}-${part}`] = value;
    return { [part]: plain(referenceOf(`${OURS}${name}-${part}`)) };
  };
  if (given.kind === 'mail') {
    const { host, port, secure, user, password, from, to } = given;
    const settings = {
      host: text(host),
      port: plain(String(port)),
      ...(secure ? { secure: plain('true') } : {}),
      ...(user === null ? {} : { user: text(user) }),
      ...kept('password', password),
      from: text(from),
      to: to.map(text),
    };
    return { settings, secrets };
  }
  const second = given.kind === 'ntfy' ? kept('token', given.token) : kept('secret', given.secret);
  return { settings: { ...kept('url', given.url), ...second }, secrets };
}

function addTo(document: Document, named: Settings, kind: string, settings: Settings): void {
  if (!document.has('alerts') && isMap(document.contents)) {
    const key = new Scalar('alerts');
    key.spaceBefore = true;
    key.commentBefore = ' Who is told when something needs you. Try them with: npx boomsync alerts test';
    document.contents.items.push(new Pair(key, document.createNode({})));
  }
  const alerts = mapAt(document, 'alerts');
  if (!isSeq(alerts.get('channels', true))) alerts.set('channels', document.createNode([]));
  const channels = alerts.get('channels', true);
  if (!isSeq(channels)) return;
  if (channels.items.length === 0) channels.flow = false;
  const channel = document.createNode({ ...named, [kind]: settings });
  const to = isMap(channel) ? channel.getIn([kind, 'to'], true) : null;
  if (isSeq(to)) to.flow = true;
  channels.items.push(channel);
}

function removeFrom(document: Document, at: number): void {
  document.deleteIn(['alerts', 'channels', at]);
  const channels = document.getIn(['alerts', 'channels'], true);
  if (!isSeq(channels) || channels.items.length > 0) return;
  document.deleteIn(['alerts', 'channels']);
  const alerts = document.get('alerts', true);
  if (isMap(alerts) && alerts.items.length === 0) document.delete('alerts');
}

/** Where nobody could read it as anything but text, without quotes. */
function text(value: string): Scalar<string> {
  const node = new Scalar(value);
  if (!/^[A-Za-z][\w.@+/-]*$/.test(value) || /^(true|false|yes|no|on|off|null|[yn])$/i.test(value))
    node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

function plain(value: string): Scalar<string> {
  const node = new Scalar(value);
  node.type = Scalar.PLAIN;
  return node;
}
