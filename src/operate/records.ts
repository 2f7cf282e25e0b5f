/** The record that a command is asked about. */
import { z } from 'zod';
import type { Connection } from '../connect/connection.ts';
import { KINDS } from '../connect/contract.ts';
import type { RecordName, SyncState } from '../store/sync.ts';
import type { CommandTools, Refused } from './command.ts';
import { unknownConnection } from './pause.ts';

export const recordName = z.object({
  tenantId: z.string(),
  connection: z.string(),
  kind: z.enum(KINDS),
  place: z.string(),
});

/** The name alone, of whatever carries one. */
export function nameOfRecord({ tenantId, connection, kind, place }: RecordName): RecordName {
  return { tenantId, connection, kind, place };
}

/** What a field of a record holds, as JSON. */
export const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** As it stands in the book, under whom its tenant is known by now. */
export async function findRecord(
  asked: RecordName,
  tools: CommandTools,
): Promise<{ state: SyncState; connection: Connection } | Refused> {
  const { stores } = tools;
  const connection = tools.connections().find(({ name }) => name === asked.connection);
  if (connection === undefined) return unknownConnection(asked.connection, tools);
  const tenantId = (await stores.tenants.get(asked.tenantId))?.record.id ?? asked.tenantId;
  const states = await stores.sync.states([tenantId], connection.name);
  const state = states.find(({ kind, place }) => kind === asked.kind && place === asked.place);
  if (state !== undefined) return { state, connection };
  return {
    error: `boomsync has no such record of ${tenantId} in ${connection.name}`,
    remedy: 'See what needs you with: boomsync errors',
  };
}
