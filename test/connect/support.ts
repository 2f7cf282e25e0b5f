/** A connection as a landlord would have it, and a person as the projection makes them. */
import { tmpdir } from 'node:os';
import type { ConnectionConfig } from '../../src/config/config.ts';
import type { Fault } from '../../src/config/fault.ts';
import type { Connection, MappingScope } from '../../src/connect/connection.ts';
import type { Desired } from '../../src/connect/contract.ts';
import { type LoadOptions, loadConnections } from '../../src/connect/load.ts';
import { SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { PushError } from '../../src/http/push-error.ts';
import { connectionConfig } from '../support/connection-config.ts';

export function configOf(own: Partial<ConnectionConfig>): ConnectionConfig {
  return connectionConfig({
    credentials: { clientId: 'an-id', clientSecret: 'a-secret-nobody-may-see' },
    ...own,
  });
}

export async function connectionOf(
  own: Partial<ConnectionConfig>,
  options: Partial<LoadOptions> = {},
): Promise<Connection> {
  const loaded = await loadConnections([configOf(own)], { dataDir: tmpdir(), ...options });
  if (!loaded.ok) throw new Error(loaded.faults.map(({ path, message }) => `${path} ${message}`).join('\n'));
  const [connection] = loaded.connections;
  if (connection === undefined) throw new Error('nothing was loaded');
  return connection;
}

export async function faultsOf(
  own: Partial<ConnectionConfig>,
  options: Partial<LoadOptions> = {},
): Promise<Fault[]> {
  const loaded = await loadConnections([configOf(own)], { dataDir: tmpdir(), ...options });
  return loaded.ok ? [] : loaded.faults;
}

export function scopeOf(own: Partial<MappingScope> = {}): MappingScope {
  return { ...SAMPLE_SCOPE, unitId: null, ...own };
}

export async function desiredOf(
  connection: Connection,
  own: Partial<MappingScope['person']> = {},
  unitId: string | null = null,
): Promise<Desired> {
  const person = { ...SAMPLE_SCOPE.person, ...own };
  const fields = await connection.desire('applicant', scopeOf({ person, unitId }));
  return { tenantId: 'tenant_1', place: 'p1', key: 'bs-1', ...person, fields };
}

/** The `PushError` that a call must end in. */
export async function faultOf(call: Promise<unknown>): Promise<PushError> {
  const outcome = await call.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (outcome instanceof PushError) return outcome;
  throw outcome;
}

/** Everything that a log could print of an error. */
export function printed(error: unknown): string {
  const parts = error instanceof Error ? [error.stack ?? '', String(error.cause ?? '')] : [];
  return [...parts, JSON.stringify(error), JSON.stringify(Object.getOwnPropertyDescriptors(error))].join(
    '\n',
  );
}
