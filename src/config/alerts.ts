/** `alerts:` with its secrets resolved. */
import { WEEKDAYS } from './alerts-schema.ts';
import type { AlertsConfig, ChannelConfig } from './config.ts';
import { isHeaderValue } from './environment.ts';
import type { Fault } from './fault.ts';
import type { Environment, Home } from './home.ts';
import { type MainReader, mainReader } from './main-reader.ts';
import { addressFault, hostFault } from './safe-address.ts';
import type { MainFile } from './schema.ts';
import { isReference } from './secrets.ts';
import type { ParsedYaml } from './yaml-faults.ts';

export type ChannelFile = MainFile['alerts']['channels'][number];

/** What reads a channel's secrets, and is told its faults. */
export interface ChannelTools extends MainReader {
  needSecrets: boolean;
}

const SIGNING = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/** Without `needSecrets`, for a look, what stands elsewhere is left empty. */
export async function alertsOf(
  main: ParsedYaml<MainFile>,
  env: Environment,
  home: Home,
  faults: Fault[],
  needSecrets: boolean,
): Promise<AlertsConfig> {
  const file = main.value.alerts;
  const tools: ChannelTools = { ...mainReader(main, env, home, faults), needSecrets };
  const channels: ChannelConfig[] = [];
  for (const [index, channel] of file.channels.entries()) {
    const made = await channelOf(channel, ['alerts', 'channels', index], tools);
    if (channels.some(({ name }) => name === made.name))
      tools.fault(
        ['alerts', 'channels', index],
        `another channel is called \`${made.name}\` already`,
        'Give one of them a `name` of its own',
      );
    channels.push(made);
  }
  const { quietHours, weekly, heartbeat } = file;
  const [day = '', time = ''] = weekly?.split(' ') ?? [];
  return {
    channels,
    quietHours:
      quietHours === undefined ? null : { from: minuteOf(quietHours.from), to: minuteOf(quietHours.to) },
    weekly:
      weekly === undefined
        ? null
        : { text: weekly, weekday: (WEEKDAYS as readonly string[]).indexOf(day), minute: minuteOf(time) },
    heartbeat:
      heartbeat === undefined
        ? null
        : {
            url: await addressOf(heartbeat.url, ['alerts', 'heartbeat', 'url'], tools),
            everyMs: heartbeat.minutes * 60_000,
          },
  };
}

export async function channelOf(
  { name, mail, ntfy, url }: ChannelFile,
  where: PropertyKey[],
  tools: ChannelTools,
): Promise<ChannelConfig> {
  if (mail !== undefined) {
    const { host, port, secure, user, password, from, to } = mail;
    const at = [...where, 'mail'];
    const wrong = hostFault(host);
    if (wrong !== null) tools.fault([...at, 'host'], wrong.message, wrong.suggestion);
    if ((user === undefined) !== (password === undefined))
      tools.fault(at, 'expected `user` and `password` together, or neither', null);
    const key = await secretOf(password, [...at, 'password'], tools);
    const login = user === undefined || key === null ? null : { user, password: key };
    return { kind: 'mail', name: name ?? 'mail', where: to.join(', '), host, port, secure, login, from, to };
  }
  if (ntfy !== undefined) {
    const at = [...where, 'ntfy'];
    const address = await addressOf(ntfy.url, [...at, 'url'], tools);
    if (address !== '' && !/^\/[\w-]{1,64}$/.test(new URL(address).pathname))
      tools.fault([...at, 'url'], 'expected an address with one topic: `https://ntfy.sh/my-topic`', null);
    const token = await secretOf(ntfy.token, [...at, 'token'], tools);
    if (token !== null && token !== '' && !isHeaderValue(token))
      tools.fault([...at, 'token'], 'expected a token of letters, digits and signs, without spaces', null);
    return { kind: 'ntfy', name: name ?? 'ntfy', where: shown(ntfy.url), url: address, token };
  }
  // The schema lets nothing through that is none of the three.
  const { url: given = '', secret } = url ?? {};
  const at = [...where, 'url'];
  const key = await secretOf(secret, [...at, 'secret'], tools);
  if (key !== null && key !== '' && !SIGNING.test(key))
    tools.fault(
      [...at, 'secret'],
      'expected `whsec_` and 24 to 64 random bytes in base64',
      'Make one with: echo whsec_$(openssl rand -base64 32)',
    );
  const address = await addressOf(given, [...at, 'url'], tools);
  return { kind: 'url', name: name ?? 'url', where: shown(given), url: address, secret: key };
}

async function secretOf(
  reference: string | undefined,
  where: PropertyKey[],
  { resolve, needSecrets }: ChannelTools,
): Promise<string | null> {
  if (reference === undefined) return null;
  return needSecrets ? await resolve(reference, where) : '';
}

/** Empty where it is unknown. One that stands elsewhere may hold a key, in its query too. */
async function addressOf(
  text: string,
  where: PropertyKey[],
  { resolve, fault, needSecrets }: ChannelTools,
): Promise<string> {
  const elsewhere = isReference(text);
  const value = !elsewhere ? text : needSecrets ? await resolve(text, where) : null;
  if (value === null) return '';
  if (!URL.canParse(value)) {
    fault(where, 'what it names is no address that begins with https://', null);
    return '';
  }
  const wrong = addressFault(new URL(value));
  if (wrong === null) return value;
  fault(where, elsewhere ? `what it names ${wrong.message}` : wrong.message, wrong.suggestion);
  return '';
}

/** The host alone: the rest of such an address is often as good as a key. */
const shown = (url: string) => (isReference(url) ? url : new URL(url).host);

const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
