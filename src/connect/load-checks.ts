/** A connection's file against its connector's manifest: every option that the connector does not know. */
import type { ConnectionConfig } from '../config/config.ts';
import { addressFault } from '../config/safe-address.ts';
import type { Complain } from './compile.ts';
import { nearest } from './expression-check.ts';
import type { Manifest } from './manifest.ts';
import { filled } from './placeholders.ts';
import { contradictions } from './units.ts';

export function checkCredentials({ credentials }: ConnectionConfig, manifest: Manifest, complain: Complain) {
  const known = Object.keys(manifest.credentials);
  for (const name of Object.keys(credentials)) {
    if (known.includes(name)) continue;
    const none = known.length === 0 ? 'It needs none: take them out' : `Known here: ${known.join(', ')}`;
    complain(
      ['credentials', name],
      `${manifest.label} has no such credential`,
      didYouMean(name, known) ?? none,
    );
  }
  for (const [name, { label, help, pattern }] of Object.entries(manifest.credentials)) {
    const value = credentials[name] ?? '';
    if (value === '') complain(['credentials', name], `missing; expected ${label}`, help);
    else if (/[^\x20-\x7e]/.test(value))
      complain(
        ['credentials', name],
        'holds a character that no key has',
        'Copy it again, without line breaks',
      );
    else if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value))
      complain(['credentials', name], `has not the form of ${label}`, help);
  }
}

export function checkFields({ fields }: ConnectionConfig, manifest: Manifest, complain: Complain) {
  const known = Object.values(manifest.kinds).flatMap((kind) => Object.keys(kind.fields));
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue;
    const suggestion = didYouMean(name, known) ?? `Known here: ${[...new Set(known)].join(', ')}`;
    complain(['fields', name], `${manifest.label} has no such field that we write`, suggestion);
  }
}

export function checkUnits({ units }: ConnectionConfig, manifest: Manifest, complain: Complain) {
  for (const key of contradictions(units))
    complain(['units', key], 'this unit stands here twice, with two ids', 'Keep the right one');
  const numeric = Object.values(manifest.kinds).some((kind) =>
    Object.values(kind.fields).some(({ from, compare }) => from === 'unitId' && compare === 'number'),
  );
  if (!numeric) return;
  for (const [key, id] of Object.entries(units))
    if (!/^\d+$/.test(id)) complain(['units', key], `${manifest.label} knows its units by numbers`);
}

export function checkCreate({ create }: ConnectionConfig, manifest: Manifest, complain: Complain) {
  if (create !== 'tenant' || manifest.capabilities.creates.includes('tenant')) return;
  const none = manifest.capabilities.creates.length === 0;
  complain(
    ['create'],
    `${manifest.label} takes no ${none ? 'new records' : 'tenants'} from us${none ? '' : ', only applicants'}`,
    none ? 'Write `create: never`' : 'Write `create: applicant`, or `never`',
  );
}

/** The address to speak to; keys travel with every request. */
export function serverOf(config: ConnectionConfig, manifest: Manifest, complain: Complain): string | null {
  const { server } = config;
  const names = Object.keys(manifest.servers);
  if (manifest.capabilities.local || manifest.capabilities.byHand) {
    if (server !== null) complain(['server'], `${manifest.label} has no address`, 'Take it out');
    return null;
  }
  if (server === null) {
    const [first] = Object.values(manifest.servers);
    if (first === undefined)
      complain(['server'], 'missing; expected the address', 'Write `server: https://…`');
    return first === undefined ? null : ofAccount(first, config, complain);
  }
  const named = manifest.servers[server];
  if (named !== undefined) return ofAccount(named, config, complain);
  const url = URL.canParse(server) ? new URL(server) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const expected = names.length === 0 ? 'an address' : `one of ${names.join(', ')}, or an address`;
    complain(
      ['server'],
      `expected ${expected}`,
      didYouMean(server, names) ?? 'An address begins with https://',
    );
    return null;
  }
  if (url.username !== '' || url.password !== '')
    complain(['server'], 'an address with a user or password in it', 'Put secrets under `credentials`');
  const fault = addressFault(url);
  if (fault !== null) complain(['server'], fault.message, fault.suggestion);
  return server;
}

/** An account's name in an address may not lead to another host. */
function ofAccount(template: string, { credentials }: ConnectionConfig, complain: Complain): string {
  for (const [, name = ''] of template.matchAll(/\{([^{}]+)\}/g)) {
    const value = credentials[name] ?? '';
    if (value !== '' && !/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(value))
      complain(
        ['credentials', name],
        'expected the name alone: letters, digits, `-` and `_`',
        `It becomes a part of ${template}`,
      );
  }
  return filled(template, credentials);
}

export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const hint = nearest(word, known);
  return hint === null ? undefined : `Did you mean \`${hint}\`?`;
}
