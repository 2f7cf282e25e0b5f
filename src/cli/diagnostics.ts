import { Command } from 'commander';
import { packageVersion } from '../config/version.ts';
import { diagnosticsText, readDiagnostics } from '../operate/diagnostics.ts';
import { readStatus } from '../operate/status.ts';
import type { Exit } from './failure.ts';
import { addressOf, readConfig, readConnections, runningServer, withReader } from './home.ts';
import { createOutput } from './output.ts';

async function show({ json }: { json?: boolean }): Promise<void> {
  const config = await readConfig('none');
  const connections = await readConnections(config, true);
  const running = runningServer(config);
  const server = { running: running !== null, address: running && addressOf(running) };
  await withReader(async ({ stores }) => {
    const status = await readStatus({ stores, connections, config, server, now: () => new Date() });
    const found = await readDiagnostics({ version: packageVersion(), config, stores, connections, status });
    createOutput(json === true).result(found, () => diagnosticsText(found));
  });
}

export function diagnosticsCommand(_exit: Exit): Command {
  return new Command('diagnostics')
    .description('what to send to whoever helps you: counts and kinds, nobody’s data and no key')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Names, addresses and keys are not in it. Read it before you send it.

Examples:
  $ boomsync diagnostics
  $ boomsync diagnostics > diagnostics.txt`,
    )
    .action(show);
}
