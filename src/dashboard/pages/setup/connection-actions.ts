/** Setting a connection up: begun as a draft, its key checked, its file written, or dropped. */
import { z } from 'zod';
import { addDraft, adoptDraft, dropDraft, isConnectionName } from '../../../config/drafts.ts';
import type { Fault } from '../../../config/fault.ts';
import { keepCredentials } from '../../../config/keep-credentials.ts';
import { shippedManifests } from '../../../connect/catalogue.ts';
import { checkConnection } from '../../../operate/connector-check.ts';
import { type At, action, type Said } from '../../contract.ts';
import { optional } from '../../forms.ts';
import { checkSaid } from '../connection/checks.ts';
import { editedSaid, takeUp, tryNow } from '../connection/take-up.ts';
import { connectWith, type Draft, readDraft } from './draft.ts';

/** A line end would begin another line of the file; nobody sees the others. */
const oneLine = optional.refine((text) => text === null || !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), {
  error: 'expected one line',
});

const beginInput = z.object({
  connector: z.string(),
  name: z.string().trim(),
  label: oneLine,
  server: oneLine,
});

const stepOf = (name: string, step: string) => `/setup/connection/${encodeURIComponent(name)}/${step}`;

async function begin({ connector, name, label, server }: z.output<typeof beginInput>, at: At): Promise<Said> {
  const { config, words } = at;
  const manifest = shippedManifests().find(({ id }) => id === connector);
  if (manifest === undefined || manifest.capabilities.local)
    return { ok: false, text: words.setup.unknownConnector };
  if (!isConnectionName(name)) return { ok: false, text: words.setup.badName };
  const { byHand, creates } = manifest.capabilities;
  const credentials = Object.keys(manifest.credentials);
  const begun = await addDraft(config.configDir, name, {
    connector,
    manifestLabel: manifest.label,
    label,
    // The first is the default, and need not be said.
    server: server === Object.keys(manifest.servers)[0] ? null : server,
    credentials: credentials.length > 0,
    creates,
    preview: !byHand,
  });
  if (!begun) return { ok: false, text: words.setup.taken };
  const found = await readDraft(name, at);
  const faults = found === null ? [] : await faultsOf(found, at);
  const wrong = faults.filter((fault) => !fault.path.startsWith('credentials'));
  if (found === null || wrong.length > 0) {
    await dropDraft(config.configDir, name);
    return wrongSaid(manifest.label, wrong, at);
  }
  const to = stepOf(name, credentials.length === 0 ? 'file' : 'key');
  return { ok: true, text: words.setup.begun(name), to };
}

async function faultsOf(found: Draft, at: At): Promise<Fault[]> {
  const connection = await connectWith(found, found.config.credentials, at);
  return Array.isArray(connection) ? connection : [];
}

/** The first of what was filled in wrongly, without its file: it is none of the landlord's yet. */
function wrongSaid(label: string, faults: readonly Fault[], { words }: At): Said {
  const [fault] = faults;
  if (fault === undefined) return { ok: false, text: words.frame.failed };
  const remedy = fault.suggestion;
  return {
    ok: false,
    text: words.setup.wrong(label, fault.message),
    ...(remedy === null ? {} : { remedy }),
  };
}

/** What a form calls `credential_apiKey`; what was left empty is not there. */
function givenCredentials(input: Record<string, unknown>, { manifest }: Draft): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(manifest.credentials)) {
    const value = input[`credential_${name}`];
    if (typeof value === 'string' && value.trim() !== '') given[name] = value.trim();
  }
  return given;
}

/** Checked first where it would take the place of a key that works; a draft keeps what it was given. */
async function checkKey(name: string, input: Record<string, unknown>, at: At): Promise<Said> {
  const { words } = at;
  const found = await readDraft(name, at);
  if (found === null) return { ok: false, text: words.connection.gone };
  const { draft, label, config } = found;
  const given = givenCredentials(input, found);
  const connection = await connectWith(found, { ...config.credentials, ...given }, at);
  if (Array.isArray(connection)) return wrongSaid(label, connection, at);
  if (draft) await keep(name, given, found, at);
  const said = checkSaid(await checkConnection(connection), label, words);
  if (draft) return said.ok ? { ...said, to: stepOf(name, 'file') } : said;
  if (!said.ok) return { ...said, remedy: [said.remedy, words.setup.notReplaced].filter(Boolean).join(' ') };
  const edited = await keep(name, given, found, at);
  const to = `/connections/${encodeURIComponent(name)}`;
  const replaced = { ok: true, text: words.setup.replaced(said.text), to };
  const taken = await editedSaid(name, edited, replaced, at);
  // With the new key, and no sooner.
  if (taken.ok) await tryNow(name, false, at);
  return taken;
}

async function keep(
  name: string,
  given: Record<string, string>,
  { manifest }: Draft,
  { config: { configDir } }: At,
) {
  const credentials = Object.entries(given).map(([credential, value]) => ({
    name: credential,
    value,
    secret: manifest.credentials[credential]?.secret !== false,
    about: manifest.credentials[credential]?.label ?? credential,
  }));
  return await keepCredentials(configDir, name, credentials);
}

async function write(name: string, at: At): Promise<Said> {
  const { config, words } = at;
  const found = await readDraft(name, at);
  if (found === null || !found.draft) return { ok: false, text: words.connection.gone };
  const { label, manifest } = found;
  const faults = await faultsOf(found, at);
  if (faults.length > 0) return { ...wrongSaid(label, faults, at), to: stepOf(name, 'key') };
  if (!(await adoptDraft(config.configDir, name))) return { ok: false, text: words.setup.taken };
  const { byHand } = manifest.capabilities;
  const to =
    manifest.units !== undefined
      ? stepOf(name, 'units')
      : `/connections/${encodeURIComponent(name)}${byHand ? '' : '/preview'}`;
  const text = byHand ? words.setup.writtenTasks(label) : words.setup.written(label);
  return await takeUp(name, { ok: true, text, to }, at);
}

const ofOne = z.object({ name: z.string() });

export const connectionSetupActions = [
  action({
    name: 'begin_connection',
    role: 'owner',
    about: 'Begins a connection; nothing is asked of the system over there yet',
    input: beginInput,
    run: begin,
  }),
  action({
    name: 'check_key',
    role: 'owner',
    about:
      'Checks credentials (each as `credential_NAME`) and keeps them: of a connection that is there only where they work',
    input: ofOne.catchall(z.string()),
    run: ({ name, ...input }, at) => checkKey(name, input, at),
  }),
  action({
    name: 'write_connection',
    role: 'owner',
    about: 'Puts a connection that was begun among the others, in preview',
    input: ofOne,
    run: ({ name }, at) => write(name, at),
  }),
  action({
    name: 'drop_draft',
    role: 'owner',
    about: 'Drops a connection that was begun, and its key',
    input: ofOne,
    async run({ name }, at) {
      if (!isConnectionName(name)) return { ok: false, text: at.words.connection.gone };
      await dropDraft(at.config.configDir, name);
      return { ok: true, text: at.words.setup.dropped(name), to: '/connections' };
    },
  }),
];
