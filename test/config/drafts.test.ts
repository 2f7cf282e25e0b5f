import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectionText, type NewConnection } from '../../src/config/add-connection.ts';
import { ensureHome } from '../../src/config/create.ts';
import {
  addDraft,
  adoptDraft,
  connectionFile,
  draftFile,
  draftNames,
  dropDraft,
  isConnectionName,
  readConnection,
} from '../../src/config/drafts.ts';
import { setCredentials } from '../../src/config/edit-connection.ts';
import { loadConfig } from '../../src/config/load.ts';
import { connectionSchema } from '../../src/config/schema.ts';
import { writeSecret } from '../../src/config/secret-file.ts';
import { parseYaml } from '../../src/config/yaml-faults.ts';
import { temporaryFolder } from '../support/store.ts';

const OAK: NewConnection = {
  connector: 'buildium',
  manifestLabel: 'Buildium',
  label: null,
  server: null,
  credentials: true,
  creates: ['applicant'],
  preview: true,
};

function makeConfig(): string {
  const configDir = join(temporaryFolder(), 'config');
  mkdirSync(join(configDir, 'connections'), { recursive: true });
  return configDir;
}

describe('a connection’s file', () => {
  it.each<[string, Partial<NewConnection>, object]>([
    ['begins in preview', {}, { connector: 'buildium', mode: 'preview', create: 'applicant' }],
    ['adds nobody where nobody can be added', { creates: [] }, { create: 'never' }],
    ['of a list of tasks is live from the start', { preview: false, credentials: false }, {}],
    [
      'keeps what would be read as something else',
      { label: 'yes: # 007', server: '0012' },
      { label: 'yes: # 007', server: '0012' },
    ],
    [
      'gets no line of its own out of a text of several',
      { label: 'Oak\ncreate: tenant', server: 'a\nmode: live' },
      { label: 'Oak\ncreate: tenant', server: 'a\nmode: live', mode: 'preview', create: 'applicant' },
    ],
  ])('%s', (_what, changes, value) => {
    const parsed = parseYaml('x.yaml', connectionText({ ...OAK, ...changes }, './s.json'), connectionSchema);
    expect(parsed).toMatchObject({ ok: true, value });
    if (changes.preview === false && parsed.ok) expect(parsed.value.mode).toBeUndefined();
  });
});

describe('a draft', () => {
  it('is no connection until it is put among them, and then nowhere else', async () => {
    const home = temporaryFolder();
    const env = { BOOMSYNC_HOME: home, BOOM_WEBHOOK_KEY: 'k' };
    await ensureHome(env);
    const configDir = join(home, 'config');
    expect(await addDraft(configDir, 'oak', OAK)).toBe(true);
    const names = async () => {
      const loaded = await loadConfig(env);
      return 'config' in loaded ? loaded.config.connections.map(({ name }) => name) : loaded.faults;
    };
    expect(await names()).toEqual(['rent-roll']);
    expect(await draftNames(configDir)).toEqual(['oak']);
    expect(await readConnection(configDir, 'oak')).toMatchObject({
      draft: true,
      config: { name: 'oak', file: connectionFile(configDir, 'oak'), credentials: {} },
    });
    expect(await adoptDraft(configDir, 'oak')).toBe(true);
    expect(await names()).toEqual(['oak', 'rent-roll']);
    expect(await draftNames(configDir)).toEqual([]);
    expect(await readConnection(configDir, 'oak')).toMatchObject({ draft: false });
  });

  it('is written over nothing, and put over nothing', async () => {
    const configDir = makeConfig();
    writeFileSync(connectionFile(configDir, 'oak'), 'mine');
    expect(await addDraft(configDir, 'oak', OAK)).toBe(false);
    expect(await addDraft(configDir, 'elm', OAK)).toBe(true);
    expect(await addDraft(configDir, 'elm', OAK)).toBe(false);
    writeFileSync(connectionFile(configDir, 'elm'), 'mine too');
    expect(await adoptDraft(configDir, 'elm')).toBe(false);
    expect(readFileSync(connectionFile(configDir, 'elm'), 'utf8')).toBe('mine too');
  });

  it('takes its own secrets with it when it is dropped, and nobody else’s', async () => {
    const configDir = makeConfig();
    await addDraft(configDir, 'oak', OAK);
    await addDraft(configDir, 'elm', OAK);
    const own = await writeSecret(configDir, 'oak-clientSecret', 'x');
    const other = await writeSecret(configDir, 'elm-clientSecret', 'y');
    const shared = await writeSecret(configDir, 'oak-token', 'z');
    const names = { clientSecret: own, clientId: other, token: shared };
    expect(await setCredentials(draftFile(configDir, 'oak'), names)).toMatchObject({ ok: true });
    expect(await setCredentials(draftFile(configDir, 'elm'), { token: shared })).toMatchObject({ ok: true });
    await dropDraft(configDir, 'oak');
    expect(readdirSync(join(configDir, 'secrets')).sort()).toEqual(['elm-clientSecret', 'oak-token']);
    expect(await readConnection(configDir, 'oak')).toBeNull();
  });

  it.each(['', '..', 'a/b', '../boomsync', '.oak', 'oak.yaml', 'a b', 'x'.repeat(61)])(
    'is never called "%s"',
    (name) => {
      expect(isConnectionName(name)).toBe(false);
    },
  );
});

describe('credentials', () => {
  it('are set beside what stands there, with a word on each new one', async () => {
    const configDir = makeConfig();
    const file = connectionFile(configDir, 'oak');
    writeFileSync(file, '# mine\nconnector: buildium\ncredentials:\n  # the id\n  clientId: 0012 # old\n');
    await setCredentials(
      file,
      { clientId: '0013', clientSecret: 'file:secrets/oak' },
      { clientSecret: 'the secret' },
    );
    expect(readFileSync(file, 'utf8')).toBe(
      '# mine\nconnector: buildium\ncredentials:\n  # the id\n  clientId: "0013" # old\n  # the secret\n  clientSecret: file:secrets/oak\n',
    );
  });
});
