import pc from 'picocolors';
import type { Connection } from '../connect/connection.ts';
import { loadConnections } from '../connect/load.ts';
import { type Checked, checkConnection } from '../operate/connector-check.ts';
import { ConfigFailure, Failure } from './failure.ts';
import { readConfig } from './home.ts';
import { createOutput, table } from './output.ts';

/** Asks the PMS only what changes nothing. False where it refuses something. */
export async function checkConnector(name: string, { json }: { json?: boolean }): Promise<boolean> {
  const connection = await connectionNamed(name);
  const { label, capabilities } = connection;
  if (capabilities.byHand)
    throw new Failure(
      'by_hand',
      `${label} is kept by hand: there is nothing to sign in to`,
      'See what is to be done with: boomsync errors',
    );
  const checks = (await checkConnection(connection)).map((checked) => {
    const { ok, message, remedy } = checked;
    return { step: stepText(checked), ok, message, remedy };
  });
  const ok = checks.every((checked) => checked.ok);
  createOutput(json === true).result(
    { connection: name, connector: connection.connectorId, ok, checks },
    () =>
      [
        table(
          ['', '', ''],
          checks.map((checked) => [checked.ok ? pc.green('✓') : pc.red('✗'), checked.step, checked.message]),
        ),
        ...checks.flatMap(({ remedy }) => (remedy === null ? [] : ['', remedy])),
        '',
        ok ? `${label} lets us in. Nothing was changed.` : 'Not all of it works yet. Nothing was changed.',
      ].join('\n'),
  );
  return ok;
}

async function connectionNamed(name: string): Promise<Connection> {
  const { connections, dataDir } = await readConfig();
  const wanted = connections.filter((one) => one.name === name);
  if (wanted.length === 0)
    throw new Failure(
      'no_connection',
      `There is no connection ${name}`,
      connections.length === 0
        ? 'Write one: config/connections/*.example.yaml show how.'
        : `There are: ${connections.map((one) => one.name).join(', ')}`,
    );
  const loaded = await loadConnections(wanted, { dataDir });
  if (!loaded.ok) throw new ConfigFailure(loaded.faults);
  const [connection] = loaded.connections;
  if (connection === undefined) throw new Failure('no_connection', `There is no connection ${name}`, '');
  return connection;
}

/** What was tried, in a landlord's words. */
function stepText({ right, kind }: Checked): string {
  switch (right) {
    case 'files':
      return 'look at the files';
    case 'sign_in':
      return 'sign in';
    case 'find':
      return kind === 'applicant' ? 'look for an applicant' : 'look for a tenant';
    case 'units':
      return 'list the units';
  }
}
