/** The person's records: rows in files of ours, which go, and those in a PMS, which are the landlord's to delete there. */
import type { Connection } from '../../connect/connection.ts';
import type { SyncState } from '../../store/sync.ts';

export interface RecordPlace {
  connection: string;
  /** What the landlord calls it. */
  label: string;
  kind: SyncState['kind'];
  remoteId: string;
}

export interface RecordPlaces {
  files: RecordPlace[];
  pms: RecordPlace[];
}

/** `states`: of one tenant. A connection that is gone from `config/` is told by its name. */
export function recordPlaces(
  states: readonly SyncState[],
  connections: readonly Pick<Connection, 'name' | 'label' | 'capabilities'>[],
): RecordPlaces {
  const places: RecordPlaces = { files: [], pms: [] };
  for (const { connection: name, kind, remoteId } of states) {
    if (remoteId === null) continue;
    const connection = connections.find((one) => one.name === name);
    const place = { connection: name, label: connection?.label ?? name, kind, remoteId };
    places[connection?.capabilities.local ? 'files' : 'pms'].push(place);
  }
  return places;
}

/** Takes the rows out of the files, and returns when they are gone from the disk. Throws a `PushError`. */
export async function takeOut(
  files: readonly RecordPlace[],
  connections: readonly Pick<Connection, 'name' | 'connector'>[],
): Promise<void> {
  for (const { name, connector } of connections) {
    const own = files.filter(({ connection }) => connection === name);
    if (own.length === 0) continue;
    for (const { kind, remoteId } of own) await connector.retire?.(kind, remoteId);
    await connector.flush?.();
  }
}
