/** What a first start needs and does not find: made once, never overwritten. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { constants, copyFile, link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Environment, homeOf, packageRoot, setting } from './home.ts';
import { connectionFiles } from './load-connections.ts';
import { withWhole } from './replace-file.ts';

const KEY_FILE = 'secrets/boom-webhook-key';
/** What a file system without links answers. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Returns what was made, relative to the home: empty on every start but the first. */
export async function ensureHome(env: Environment = process.env): Promise<{ created: string[] }> {
  const home = homeOf(env);
  const created: string[] = [];
  const note = (file: string) => created.push(path.relative(home.home, file));
  const make = async (file: string, text: string, mode: number) => {
    if (await createOnly(file, text, mode)) note(file);
  };

  if ((await mkdir(home.dataDir, { recursive: true, mode: 0o700 })) !== undefined) note(home.dataDir);
  await mkdir(home.connectionsDir, { recursive: true });
  // Later a landlord may have taken the rent roll away: it does not come back while there is another connection.
  if (!existsSync(home.mainFile) || (await connectionFiles(home)).length === 0) {
    const schema = schemaFor(home.connectionsDir, 'connection.schema.json');
    await make(path.join(home.connectionsDir, 'rent-roll.yaml'), rentRollFile(schema), 0o644);
  }
  // The main file comes last: where it stands, everything that it names stands too, whenever we were interrupted.
  if (!existsSync(home.mainFile)) {
    const fromEnvironment = setting(env, 'BOOM_WEBHOOK_KEY') !== null;
    if (!fromEnvironment) {
      const keyFile = path.join(home.configDir, KEY_FILE);
      await mkdir(path.dirname(keyFile), { recursive: true, mode: 0o700 });
      await make(keyFile, `${randomBytes(32).toString('base64url')}\n`, 0o600);
    }
    const key = fromEnvironment ? 'env:BOOM_WEBHOOK_KEY' : `file:${KEY_FILE}`;
    await make(home.mainFile, mainFile(schemaFor(home.configDir, 'boomsync.schema.json'), key), 0o644);
  }
  return { created };
}

/** Whole or not at all, and never over a file that is there: two starts at once make one file. */
async function createOnly(file: string, text: string, mode: number): Promise<boolean> {
  if (existsSync(file)) return false;
  try {
    // A link fails where the name is taken, as a rename would not; some file systems have no links.
    await withWhole(file, text, mode, (temporary) =>
      link(temporary, file).catch((error: NodeJS.ErrnoException) => {
        if (!NO_LINKS.has(error.code ?? '')) throw error;
        return copyFile(temporary, file, constants.COPYFILE_EXCL);
      }),
    );
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Editors find the schema beside the file in a clone, and in the package for a home elsewhere. */
export function schemaFor(folder: string, schema: string): string {
  const file = path.join(packageRoot(), 'config', schema);
  const relative = path.relative(folder, file).split(path.sep).join('/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function localTimezone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return /^(America|Pacific)\//.test(timeZone) ? timeZone : 'America/Chicago';
}

function mainFile(schema: string, key: string): string {
  return `# yaml-language-server: $schema=${schema}
# What may stand here: docs/configuration.md. Check it with: npx boomsync config check

# The address under which Boom reaches this computer. Boom needs https.
# publicUrl: https://sync.example.com

# Where the properties are.
timezone: ${localTimezone()}
country: US

boom:
  - name: main
    environment: production
    # Boom shows this key with everything it sends. Keys never stand in this file.
    webhookKeys: [${key}]
    # How to read a rent that comes without a unit: dollars or cents.
    bareRent: dollars

# When everything is gone through again: a cron expression, or off.
resync:
  schedule: "0 */6 * * *"
`;
}

function rentRollFile(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# The rent roll and the list of applicants, as files in data/. See docs/connectors/rent-roll.md
connector: rent-roll
`;
}
