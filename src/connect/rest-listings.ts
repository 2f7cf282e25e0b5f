/** Whole lists of a PMS: what changed, for the index, and its units. */
import type { CompiledManifest, CompiledUnits } from './compile-manifest.ts';
import type { Connector, RemoteUnit } from './contract.ts';
import type { KindOf } from './rest-connector.ts';
import { cannot, unreadableRecord } from './rest-faults.ts';
import { pagesOf } from './rest-list.ts';
import { idOf, remoteOf } from './rest-remote.ts';
import type { Send } from './rest-send.ts';

/** Before anything that a PMS could hold. */
const EVER = new Date(0);

export function listings(
  { kinds, units }: CompiledManifest,
  ofKind: KindOf,
  label: string,
  send: Send,
): Pick<Connector, 'changedSince' | 'units'> {
  const found: Pick<Connector, 'changedSince' | 'units'> = {};
  if ([...kinds.values()].some(({ changedSince }) => changedSince !== null))
    found.changedSince = async function* (kind, since) {
      const described = ofKind(kind);
      if (described.changedSince === null) throw cannot(label, 'list what has changed');
      const scope = { since: (since ?? EVER).toISOString().replace(/\.\d+Z$/, 'Z') };
      for await (const records of pagesOf(send, described.changedSince, scope, label))
        for (const record of records) yield await remoteOf(described, record, label);
    };
  if (units !== null)
    found.units = async function* () {
      for await (const records of pagesOf(send, units, {}, label))
        for (const record of records) yield await unitOf(units, record, label);
    };
  return found;
}

async function unitOf({ id, parts }: CompiledUnits, record: unknown, label: string): Promise<RemoteUnit> {
  const known = idOf(await id.evaluate(record));
  if (known === null) throw unreadableRecord(label, 'transient');
  return {
    id: known,
    title: idOf(await parts.title?.evaluate(record)),
    property: idOf(await parts.property?.evaluate(record)),
    address: idOf(await parts.address?.evaluate(record)),
    externalId: idOf(await parts.externalId?.evaluate(record)),
  };
}
