/** What a connector can do, as the capabilities of its manifest have it, in a landlord's words. */
import { KINDS } from '../../src/connect/contract.ts';
import type { Manifest, ManifestKind } from '../../src/connect/manifest.ts';
import { sayables } from './connector-stages.ts';
import { plural } from './connector-words.ts';

type Find = NonNullable<ManifestKind['requests']['find']>[number];

const FACTS: Readonly<Record<string, string>> = {
  key: 'our own id',
  email: 'e-mail',
  phone: 'phone',
};
const TIMES: Readonly<Record<number, string>> = { 1: 'a second', 60: 'a minute', 3600: 'an hour' };

const isList = ({ capabilities: { local, find, byHand } }: Manifest) => local || (find === 'none' && !byHand);

export function madeBy(manifest: Manifest): string {
  const { creates, kinds, byHand } = manifest.capabilities;
  if (byHand) return 'nothing: you are asked to';
  if (isList(manifest)) return plural(kinds);
  if (creates.length === 0) return 'nothing';
  return creates
    .map((kind) =>
      kind === 'tenant' ? 'tenants, each only when you approve it (`create: tenant`)' : `${kind}s`,
    )
    .join('; ');
}

function changed(manifest: Manifest): string {
  const { updates, byHand } = manifest.capabilities;
  if (byHand) return 'nothing: you are asked to';
  return plural(updates) || 'no field of a record that is there';
}

export function decisionsOf(manifest: Manifest): string {
  if (isList(manifest)) return 'told in a field';
  const { status, note } = sayables(manifest);
  const notes = manifest.capabilities.notes === 'unproven' ? 'a note, if you say `notes: true`' : 'a note';
  if (status) return note ? `set; else ${notes}` : 'set; else shown in boomsync only';
  return note ? notes : 'shown in boomsync only';
}

export function lookedUp({ capabilities, label }: Manifest): string {
  const { find, local, byHand } = capabilities;
  if (local) return 'in files of its own';
  switch (find) {
    case 'exact':
    case 'contains':
      return `${label} is asked; what comes back is compared here`;
    case 'scan':
      return 'everybody is listed, and compared here';
    case 'index':
      return 'in an index of hashes, kept by the list of what changed';
    case 'none':
      return byHand ? 'cannot: what you said you did is known' : 'cannot: what was taken counts as done';
  }
}

/** Names stand in the PMS's fields, of which some hold the whole of one. */
function keys({ by, confirm, apart }: Find): string {
  const alike = Object.entries(by).map(([field, fact = '']) => FACTS[fact] ?? `\`${field}\``);
  const fields = (names: string[], word: string) => names.map((name) => `\`${name}\``).join(word);
  const also = Object.keys(confirm);
  return [
    alike.join(', '),
    also.length > 0 && `and ${fields(also, ', ')} must be the same`,
    apart.length > 0 && `another ${fields(apart, ' or ')} is another record`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Null where code looks people up. */
function lookups({ kinds }: Manifest): string | null {
  const each = KINDS.map(
    (kind) => [kind, (kinds[kind]?.requests.find ?? []).map(keys).join('; or ')] as const,
  );
  const told = each.filter(([, words]) => words !== '');
  const [first] = told;
  if (first === undefined) return null;
  if (told.every(([, words]) => words === first[1])) return first[1];
  return told.map(([kind, words]) => `${kind}s: ${words}`).join('. ');
}

const NOTES: Readonly<Record<Manifest['capabilities']['notes'], string>> = {
  staff: 'yes: staff alone read them',
  unproven: 'only where you say `notes: true`: nothing public proves that staff alone read them',
  none: 'no',
};

function unitsOf({ capabilities, units }: Manifest): string {
  const needed = {
    required: 'each record needs its unit under `units:`',
    optional: 'a unit that Boom names must stand under `units:`; a record may be without one',
    unused: 'records hold no id of a unit; `units:` is for addresses only',
  }[capabilities.unitId];
  return units === undefined ? needed : `${needed}; \`boomsync units\` lists them`;
}

function limitsOf({ limits, capabilities }: Manifest): string | null {
  if (capabilities.local || capabilities.byHand) return null;
  const windows = limits.windows.map(
    ({ requests, seconds }) => `${requests} ${TIMES[seconds] ?? `in ${seconds} s`}`,
  );
  const rate = windows.length === 0 ? 'no rate is known' : `at most ${windows.join(', ')}`;
  return `${limits.concurrency} at a time; requests: ${rate}`;
}

function update(manifest: Manifest): string | null {
  const { local, byHand, updates, update: how } = manifest.capabilities;
  if (local || byHand || updates.length === 0) return null;
  if (how === 'merges') return 'sends what differs, and nothing else';
  if (isList(manifest)) return 'sends the whole record';
  return 'sends back all that was read just before, with what differs in it: what is left out would be blanked';
}

function seen(manifest: Manifest): string | null {
  if (manifest.capabilities.byHand) return 'your word (`boomsync done`)';
  return manifest.capabilities.readBack ? 'read back after each write' : 'an answer of 2xx';
}

export function glancePart(manifest: Manifest): string {
  const { capabilities, credentials, servers } = manifest;
  const secrets = Object.entries(credentials).map(
    ([name, { label, secret }]) => `\`${name}\`: ${label}${secret ? ' (a secret)' : ''}`,
  );
  const addresses = Object.entries(servers).map(([name, address]) => `\`${name}\`: ${address}`);
  const rows: [string, string | null][] = [
    ['records', plural(capabilities.kinds)],
    ['makes', madeBy(manifest)],
    ['changes', changed(manifest)],
    ['people are looked up', lookedUp(manifest)],
    ['by', lookups(manifest)],
    [
      'of those in leasing',
      capabilities.applicants === 'applied' ? 'who has applied as applicant or co-signer' : 'everyone',
    ],
    ['a change', update(manifest)],
    ['counts as done', seen(manifest)],
    ['decisions', decisionsOf(manifest)],
    ['notes', isList(manifest) ? null : NOTES[capabilities.notes]],
    ['units', unitsOf(manifest)],
    ['limits', limitsOf(manifest)],
    ['credentials', secrets.join('; ') || 'none'],
    ['address', addresses.join('; ') || null],
  ];
  return rows
    .filter(([, words]) => words !== null)
    .map(([what, words]) => `- ${what}: ${words}`)
    .join('\n');
}
