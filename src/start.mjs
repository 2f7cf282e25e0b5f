/**
 * `npm start` and `npm test` on a fresh clone: install from the lockfile, build, then go on. Runs on Node alone,
 * before anything is installed, and does nothing twice.
 *
 *   node src/start.mjs            install, build, serve
 *   node src/start.mjs --prepare  install and build only
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `boomsync needs Node.js 20.19 or newer; this is ${process.versions.node}. Install Node.js 24 and try again.\n`,
  );
  process.exit(1);
}

const say = (text) => process.stderr.write(`${text}\n`);

function hashOf(files) {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of files) {
    hash.update(file);
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function stamped(file, hash) {
  return existsSync(file) && readFileSync(file, 'utf8') === hash;
}

function run(what, command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    say(`${what} failed. What stands above says why; run the same command again once it is mended.`);
    process.exit(result.status ?? 1);
  }
}

function install() {
  const hash = hashOf(['package.json', 'package-lock.json']);
  const stamp = join(root, 'node_modules', '.boomsync-installed');
  if (stamped(stamp, hash)) return;
  // npm empties the folder that a link leads to, which is somebody else's.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    say('node_modules is a link to another folder: take it away, and run the same command again.');
    process.exit(1);
  }
  say('Installing what boomsync needs. The first time this takes a minute or two.');
  say(
    '(better-sqlite3 is compiled where no ready-made build fits: that needs python3, make and a C++ compiler.)',
  );
  run('The installation', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, hash);
}

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}

function build() {
  const files = ['src', 'connectors', 'migrations', 'bench']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap(sources)
    .sort();
  const hash = hashOf(['package-lock.json', 'tsconfig.json', ...files]);
  const stamp = join(root, 'dist', '.boomsync-built');
  if (stamped(stamp, hash)) return;
  say('Building.');
  // What a file left behind that is gone would still be loaded: a migration, a connector.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'));
  run('The build', process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    root,
    '--incremental',
    'false',
  ]);
  // npx links to it once and makes it executable then: one that is built anew has to be so by itself.
  chmodSync(join(root, 'dist', 'src', 'main.js'), 0o755);
  writeFileSync(stamp, hash);
}

if (!statSync(join(root, 'package-lock.json'), { throwIfNoEntry: false })) {
  // Installed from a package: it is built already.
} else {
  install();
  build();
}
if (!process.argv.includes('--prepare')) {
  // npm does not pass a SIGTERM on: without its parent the server ends as if it had been told to.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1000).unref();
  process.argv = [process.execPath, join(root, 'dist', 'src', 'main.js'), 'serve', ...process.argv.slice(2)];
  await import('../dist/src/main.js');
}
