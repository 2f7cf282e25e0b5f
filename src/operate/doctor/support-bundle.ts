/**
 * One text for whoever helps a landlord. Its parts are made of counts, kinds and modes; where a sentence names what the
 * landlord named (a connection, a host), the name is replaced.
 */
import type { Config } from '../../config/config.ts';
import type { Examined } from '../../store/examine.ts';
import { configOutline } from './config-outline.ts';
import type { Examination } from './doctor.ts';

export interface BundlePart {
  name: string;
  text: string;
}

export interface BundleSources {
  config: Config;
  examination: Examination;
  /** The text of the diagnostics; null where there is no database to make them of. */
  diagnostics: string | null;
  database: Examined | null;
}

export function supportBundle(sources: BundleSources): BundlePart[] {
  const { config, examination, diagnostics, database } = sources;
  const hide = hider(config);
  const findings = examination.findings.map(
    ({ grade, check, says, remedy }) => `${grade} ${check}: ${says}${remedy === null ? '' : ` → ${remedy}`}`,
  );
  const parts = [
    { name: 'diagnostics', text: diagnostics ?? 'There is no database that could be read.' },
    { name: 'doctor', text: findings.join('\n') },
    { name: 'configuration', text: JSON.stringify(configOutline(config), null, 2) },
    { name: 'tables', text: tablesText(database) },
    { name: 'schema', text: database?.tables.map(({ sql }) => `${sql};`).join('\n') ?? '' },
  ];
  return parts.map(({ name, text }) => ({ name, text: hide(text) }));
}

/** What is shown is what is saved, byte for byte. */
export function bundleText(parts: readonly BundlePart[], at: Date): string {
  const head = [
    `boomsync support bundle of ${at.toISOString()}`,
    `Parts: ${parts.map(({ name }) => name).join(', ')}`,
  ].join('\n');
  return `${[head, ...parts.map(({ name, text }) => `--- ${name} ---\n${text}`)].join('\n\n')}\n`;
}

function tablesText(database: Examined | null): string {
  if (database === null) return 'There is no database that could be read.';
  return [
    `SQLite ${database.sqlite}, ${database.state ?? 'no file'}`,
    ...database.tables.map(({ name, rows }) => `${name}: ${rows}`),
    `migrations: ${database.migrations.join(', ')}`,
  ].join('\n');
}

/** Longer ones first, so that none leaves a piece of another; names only as whole words, so that `main` hides no `maintained`. */
function hider(config: Config): (text: string) => string {
  const hidden = [
    ...secretsOf(config).map((secret): Hidden => [secret, '<secret>']),
    ...namesOf(config).map(
      ([name, instead]): Hidden => [new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`, 'g'), instead, name.length],
    ),
  ].sort(([a, , long = String(a).length], [b, , other = String(b).length]) => other - long);
  return (text) => hidden.reduce((kept, [name, instead]) => kept.replaceAll(name, instead), text);
}

type Hidden = [what: string | RegExp, instead: string, length?: number];

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function secretsOf({ accounts, alerts, backup, connections }: Config): string[] {
  const all = [
    backup.passphrase,
    ...accounts.flatMap(({ webhookKeys, api }) => [
      ...webhookKeys,
      ...(api === null ? [] : [api.accessKey, api.secretKey]),
    ]),
    ...connections.flatMap(({ credentials }) => Object.values(credentials)),
    ...alerts.channels.flatMap((channel) =>
      channel.kind === 'mail'
        ? [channel.login?.user, channel.login?.password, channel.from, ...channel.to]
        : [channel.url, channel.kind === 'ntfy' ? channel.token : channel.secret],
    ),
    alerts.heartbeat?.url,
  ];
  return all.flatMap((one) => (one ? [one] : []));
}

function namesOf({
  home,
  publicUrl,
  accounts,
  alerts,
  connections: files,
  backup,
}: Config): [name: string, instead: string][] {
  return [
    [home, '<home>'],
    [backup.folder, '<backups>'],
    ...hostsOf(publicUrl, '<public address>'),
    ...accounts.map(({ name }, at): [string, string] => [name, `<account ${at + 1}>`]),
    ...alerts.channels.flatMap(({ name, where, ...channel }, at): [string, string][] => [
      [where, '<where>'],
      [name, `<channel ${at + 1}>`],
      ...('host' in channel ? [[channel.host, '<mail server>'] as [string, string]] : []),
    ]),
    ...files.flatMap(({ name, connector, label, server }, at): [string, string][] => [
      // What boomsync itself calls it tells nothing of the landlord.
      ...(name === connector ? [] : [[name, `<connection ${at + 1}>`] as [string, string]]),
      ...(label === null ? [] : [[label, `<connection ${at + 1}>`] as [string, string]]),
      ...(server?.includes('/') ? hostsOf(server, '<server>') : []),
    ]),
  ];
}

function hostsOf(url: string | null, instead: string): [string, string][] {
  if (url === null || !URL.canParse(url)) return [];
  return [
    [url, instead],
    [new URL(url).hostname, instead],
  ];
}
