import pc from 'picocolors';
import type { Connection } from '../connect/connection.ts';
import type { Desired, Kind } from '../connect/contract.ts';
import { loadConnections } from '../connect/load.ts';
import { ConfigFailure, Failure } from './failure.ts';
import { readConfig } from './home.ts';
import { createOutput, table } from './output.ts';

interface Checked {
  /** What was tried, in a landlord's words. */
  step: string;
  ok: boolean;
  /** What the PMS calls the account, or what is wrong; null where there is nothing to say. */
  message: string | null;
  remedy: string | null;
}

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
  const checks: Checked[] = [];
  for (const { step, run } of stepsOf(connection)) {
    const checked = await tried(step, run);
    checks.push(checked);
    // Without the key nothing else says anything.
    if (!checked.ok && checks.length === 1) break;
  }
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

interface Step {
  step: string;
  /** Returns what there is to say of it. */
  run(): Promise<string | null>;
}

function stepsOf({ connector, capabilities, label }: Connection): Step[] {
  const steps: Step[] = [
    {
      step: capabilities.local ? 'look at the files' : 'sign in',
      run: async () => (await connector.check()).name,
    },
  ];
  if (capabilities.find !== 'none' && !capabilities.local)
    for (const kind of capabilities.kinds)
      steps.push({
        step: `look for an ${kind}`.replace('an tenant', 'a tenant'),
        run: () => lookFor(connector, kind),
      });
  if (connector.units !== undefined)
    steps.push({
      step: 'list the units',
      async run() {
        for await (const _unit of connector.units?.() ?? []) return null;
        return `${label} shows us no unit`;
      },
    });
  return steps;
}

/** Somebody who is nowhere, as the last page or the newest change would show. */
async function lookFor(connector: Connection['connector'], kind: Kind): Promise<null> {
  if (connector.changedSince !== undefined) {
    for await (const _remote of connector.changedSince(kind, new Date())) return null;
    return null;
  }
  await connector.find(kind, NOBODY);
  return null;
}

const NOBODY: Desired = {
  tenantId: 'nobody',
  place: 'nowhere',
  key: 'boomsync-check',
  firstName: 'Nobody',
  lastName: 'Boomsync-Check',
  email: 'boomsync-check@example.com',
  phone: '+15555550100',
  fields: {},
};

async function tried(step: string, run: Step['run']): Promise<Checked> {
  try {
    return { step, ok: true, message: await run(), remedy: null };
  } catch (error) {
    const { message, remedy } = error as { message?: string; remedy?: string };
    if (typeof message !== 'string' || typeof remedy !== 'string') throw error;
    return { step, ok: false, message, remedy };
  }
}
