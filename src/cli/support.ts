import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { packageVersion } from '../config/version.ts';
import { diagnosticsText, readDiagnostics } from '../operate/diagnostics.ts';
import { type DoctorSources, examine } from '../operate/doctor/doctor.ts';
import { bundleText, supportBundle } from '../operate/doctor/support-bundle.ts';
import { readStatus } from '../operate/status.ts';
import { examineDatabase } from '../store/examine.ts';
import { confirm } from './confirm.ts';
import { withDoctorSources } from './doctor-sources.ts';
import { type Exit, Failure } from './failure.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';

interface Options {
  out?: string;
  yes?: boolean;
  json?: boolean;
}

async function bundle({ out, yes, json }: Options): Promise<void> {
  const at = new Date();
  const text = await withDoctorSources(async (sources) => textOf(sources, at));
  const file = resolve(out ?? `boomsync-support-${at.toISOString().slice(0, 10)}.txt`);
  if (existsSync(file))
    throw new Failure(
      'exists',
      'There is such a file already',
      'Choose another name: nothing is overwritten.',
    );
  const output = createOutput(json === true);
  // All of it is read before it is a file.
  output.say(text.split('\n').map(plain).join('\n'));
  await confirm(`Save this to ${plain(file)}?`, yes === true);
  const handle = await open(file, 'wx', 0o600);
  await handle.writeFile(text).finally(() => handle.close());
  output.result({ file, bytes: Buffer.byteLength(text) }, () =>
    plain(`Saved to ${file}. It was sent to nobody: give it to whoever helps you.`),
  );
}

async function textOf(sources: DoctorSources, at: Date): Promise<string> {
  const { config, connections, stores, running, now } = sources;
  const examination = await examine(sources);
  const server = { running, address: null };
  const status = stores && (await readStatus({ stores, connections, config, server, now }));
  const diagnostics =
    stores && status
      ? await readDiagnostics({ version: packageVersion(), config, stores, connections, status })
      : null;
  const database = existsSync(config.databaseFile)
    ? await examineDatabase(config.databaseFile).catch(() => null)
    : null;
  const parts = supportBundle({
    config,
    examination,
    diagnostics: diagnostics && diagnosticsText(diagnostics),
    database,
  });
  return bundleText(parts, at);
}

export function supportCommand(_exit: Exit): Command {
  const command = new Command('support').description('what to give to whoever helps you');
  command
    .command('bundle')
    .description('show versions, counts, modes and what the doctor finds, and save it to a file')
    .option('--out <file>', 'where to; default: boomsync-support-<day>.txt in this folder')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
It holds no names of people, no messages and no keys, and what you named (connections, addresses, hosts) is replaced. All
of it is shown before it is saved; nothing is sent. The log is not in it: boomsync writes it to the terminal or the journal.

Examples:
  $ boomsync support bundle
  $ boomsync support bundle --out /tmp/for-support.txt --yes`,
    )
    .action(bundle);
  return command;
}
