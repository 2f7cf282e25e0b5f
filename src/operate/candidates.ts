/** `candidates`: the records over there of which one may be this person's, as they are now. Reads only. */
import type { Connection, Facts } from '../connect/connection.ts';
import type { Fields, RemoteId } from '../connect/contract.ts';
import { asPushError } from '../http/push-error.ts';
import { seenFacts } from '../reconcile/answers.ts';
import { wantedRecords } from '../reconcile/wanted.ts';
import type { RecordName, SyncState } from '../store/sync.ts';
import type { SeenFacts } from '../store/sync-answers.ts';
import type { CommandTools, Refused } from './command.ts';
import { findRecord } from './records.ts';

export type ShownFacts = Pick<Facts, 'firstName' | 'lastName' | 'email' | 'phone'>;

export interface Candidate {
  remoteId: RemoteId;
  /** The fields that the connector maps, as the PMS shows them. */
  fields: Fields;
  facts: ShownFacts;
  /** Who of ours has it already; null: nobody. It cannot be chosen then. */
  heldBy: string | null;
  /** To be handed to `choose`: what is chosen is what was looked at. */
  seen: SeenFacts;
}

export interface Candidates {
  /** What the PMS is called. */
  label: string;
  /** What Boom says of the person; null where nothing is wanted there any more. */
  boom: { fields: Fields; facts: ShownFacts } | null;
  /** Those that are still there. */
  candidates: Candidate[];
}

export async function candidates(asked: RecordName, tools: CommandTools): Promise<Candidates | Refused> {
  const found = await findRecord(asked, tools);
  if ('error' in found) return found;
  const { state, connection } = found;
  const { name, label } = connection;
  if (((await tools.stores.connections.get(name))?.pausedAt ?? null) !== null)
    return {
      error: `You paused ${name}, so ${label} is not asked`,
      remedy: `Resume it with: boomsync connection resume ${name}`,
    };
  const boom = await boomSays(state, connection, tools);
  try {
    const there: Candidate[] = [];
    for (const id of state.candidates) {
      const candidate = await readCandidate(id, state, connection, tools);
      if (candidate !== null) there.push(candidate);
    }
    const mapped = Object.keys(boom?.fields ?? {});
    return { label, boom, candidates: there.map((one) => ({ ...one, fields: only(one.fields, mapped) })) };
  } catch (thrown) {
    const { message, remedy } = asPushError(thrown);
    return { error: message.replace(/\.$/, ''), remedy };
  }
}

/** Null where it is not there any more. `fields` are all that the PMS shows. Throws `PushError`. */
export async function readCandidate(
  id: RemoteId,
  { tenantId, kind, place }: RecordName,
  connection: Connection,
  { stores }: Pick<CommandTools, 'stores'>,
): Promise<Candidate | null> {
  const remote = await connection.connector.read(kind, id);
  if (remote === null) return null;
  const holders = await stores.sync.holders(connection.name, kind, id);
  const holder = holders.find((one) => one.tenantId !== tenantId || one.place !== place);
  return {
    remoteId: id,
    fields: remote.fields,
    facts: shownFacts(connection.factsOf(kind, remote)),
    heldBy: holder?.tenantId ?? null,
    seen: seenFacts(connection, kind, remote),
  };
}

async function boomSays(
  { tenantId, kind, place }: SyncState,
  connection: Connection,
  { stores, timezone }: CommandTools,
): Promise<Candidates['boom']> {
  const tenant = await stores.tenants.get(tenantId);
  if (tenant === null) return null;
  const here = { timezone, installation: await stores.installation() };
  const records = await wantedRecords(tenant.record, connection, here);
  const record = records.find((one) => one.kind === kind && one.place === place);
  if (record === undefined) return null;
  const fields = await connection.desire(kind, record.scope);
  return { fields, facts: shownFacts({ ...record.scope.person, key: null }) };
}

function shownFacts({ firstName, lastName, email, phone }: Facts): ShownFacts {
  return { firstName, lastName, email, phone };
}

function only(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}
