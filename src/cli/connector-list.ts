import { connectorPlace } from '../config/connector-place.ts';
import type { Fault } from '../config/fault.ts';
import type { Manifest } from '../connect/manifest.ts';
import { connectorIds, loadManifest, ownPackage } from '../connect/manifest-files.ts';
import { ConfigFailure } from './failure.ts';
import { createOutput, table } from './output.ts';

interface Listed {
  id: string;
  label: string;
  capabilities: Manifest['capabilities'];
  /** Whether a decision of Boom's is set there, or can only be noted. */
  decisions: 'status' | 'note' | 'none';
  units: boolean;
  limits: Manifest['limits'];
  credentials: { name: string; label: string; secret: boolean }[];
}

/** Every connector that comes with boomsync, and what it can do. */
export async function listConnectors({ json }: { json?: boolean }): Promise<void> {
  const own = ownPackage();
  const faults: Fault[] = [];
  const connectors: Listed[] = [];
  for (const id of connectorIds(own).sort()) {
    const place = connectorPlace(id, own.connectorsDir, own.connectorsDir);
    const loaded = await loadManifest(place, own, faults, []);
    if (loaded !== null) connectors.push(listed(loaded.compiled.manifest));
  }
  if (faults.length > 0) throw new ConfigFailure(faults);
  createOutput(json === true).result({ connectors }, () =>
    table(
      ['connector', 'for', 'records', 'makes', 'changes', 'finds by', 'decisions', 'notes', 'units'],
      connectors.map(({ id, label, capabilities: can, decisions, units }) => [
        id,
        label,
        can.kinds.join(', '),
        can.byHand ? 'by hand' : can.creates.join(', ') || 'nothing',
        can.byHand ? 'by hand' : can.updates.join(', ') || 'nothing',
        can.find,
        decisions,
        can.notes,
        units ? 'listed' : can.unitId,
      ]),
    ),
  );
}

function listed({ id, label, capabilities, kinds, units, limits, credentials }: Manifest): Listed {
  const has = Object.values(kinds).some(({ status }) => Object.keys(status).length > 0);
  return {
    id,
    label,
    capabilities,
    decisions: has ? 'status' : capabilities.notes === 'none' ? 'none' : 'note',
    units: units !== undefined,
    limits,
    credentials: Object.entries(credentials).map(([name, one]) => ({
      name,
      label: one.label,
      secret: one.secret,
    })),
  };
}
