/** The rent roll in a temporary folder, for its tests. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { onTestFinished } from 'vitest';
import rentRoll from '../../connectors/rent-roll/connector.ts';
import type { Connector, ConnectorContext, Desired, Fields, Kind } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';

export type Row = Record<string, string>;

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'boomsync-rent-roll-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function connectorAt(dataDir: string, connection = 'rent-roll'): Connector {
  const context: ConnectorContext = {
    connection,
    label: 'Rent roll',
    credentials: {},
    server: null,
    dataDir,
    version: '0.0.0',
    http: () => {
      throw new Error('The rent roll speaks to nobody');
    },
  };
  return rentRoll(context, () => {
    throw new Error('The rent roll speaks for itself');
  });
}

export function person(tenantId: string, place = 'p1'): Desired {
  return {
    tenantId,
    place,
    key: 'bs-1',
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    fields: {},
  };
}

/** As the engine does: find, and then create or update. */
export async function push(
  connector: Connector,
  kind: Kind,
  tenantId: string,
  fields: Fields,
): Promise<void> {
  const [found] = await connector.find(kind, person(tenantId));
  if (found === undefined) await connector.create(kind, fields, 'key', { ...person(tenantId), fields });
  else await connector.update(kind, found.id, fields, { ...found.fields, ...fields });
}

export function filesIn(folder: string) {
  const at = (name: string) => path.join(folder, name);
  return {
    text: (name = 'rent-roll.csv') => readFileSync(at(name), 'utf8'),
    write: (text: string | Buffer, name = 'rent-roll.csv') => writeFileSync(at(name), text),
    edit(change: (text: string) => string, name = 'rent-roll.csv') {
      writeFileSync(at(name), change(readFileSync(at(name), 'utf8')));
    },
    rows: (name = 'rent-roll.csv'): Row[] => parse(readFileSync(at(name)), { columns: true, bom: true }),
    json: (name = 'rent-roll.json'): Record<string, string | null>[] =>
      JSON.parse(readFileSync(at(name), 'utf8')),
    names: () => readdirSync(folder).sort(),
    path: at,
  };
}

export async function pushErrorOf(promise: Promise<unknown>): Promise<PushError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PushError) return error;
  throw new Error('expected a PushError');
}

export const ANA = {
  property: 'Oak Street',
  unit: '4B',
  first_name: 'Ana',
  last_name: 'Sample',
  phone: '(312) 555-0123',
  status: 'resident',
  rent: '1850.00',
};

export async function withAna() {
  const folder = temporaryFolder();
  const connector = connectorAt(folder);
  await push(connector, 'tenant', 't1', ANA);
  await connector.flush?.();
  return { folder, connector, files: filesIn(folder) };
}
