/** Whole lists of a PMS: what changed, for the index, and its units. */
import type { CompiledManifest, CompiledUnits } from './compile-manifest.ts';
import type { Connector, RemoteUnit } from './contract.ts';
import { listEnd, MOST_LISTED, MOST_UNITS, type Most } from './list-end.ts';
import type { KindOf } from './rest-connector.ts';
import { cannot, endlessList, unreadableRecord } from './rest-faults.ts';
import { recordsOf } from './rest-list.ts';
import { idOf, remoteOf, wordsOf } from './rest-remote.ts';
import type { Send } from './rest-send.ts';

/** Before anything that a PMS could hold. */
const EVER = new Date(0);

export function listings(
  { kinds, units }: CompiledManifest,
  ofKind: KindOf,
  label: string,
  send: Send,
): Pick<Connector, 'changedSince' | 'units'> {
  const end = (most: Most) => listEnd(most, () => endlessList(label));
  const found: Pick<Connector, 'changedSince' | 'units'> = {};
  if ([...kinds.values()].some(({ changedSince }) => changedSince !== null))
    found.changedSince = async function* (kind, since) {
      const described = ofKind(kind);
      if (described.changedSince === null) throw cannot(label, 'list what has changed');
      const scope = { since: (since ?? EVER).toISOString().replace(/\.\d+Z$/, 'Z') };
      for await (const record of recordsOf(send, described.changedSince, scope, end(MOST_LISTED)))
        yield await remoteOf(described, record, label);
    };
  if (units !== null)
    found.units = async function* () {
      for await (const record of recordsOf(send, units, {}, end(MOST_UNITS)))
        yield await unitOf(units, record, label);
    };
  return found;
}

async function unitOf({ id, parts }: CompiledUnits, record: unknown, label: string): Promise<RemoteUnit> {
  const known = idOf(await id.evaluate(record));
  if (known === null) throw unreadableRecord(label, 'transient');
  return {
    id: known,
    title: wordsOf(await parts.title?.evaluate(record)),
    property: wordsOf(await parts.property?.evaluate(record)),
    address: wordsOf(await parts.address?.evaluate(record)),
    externalId: wordsOf(await parts.externalId?.evaluate(record)),
  };
}
