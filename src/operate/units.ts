/** `units`: the units of a PMS, and which of them Boom's may be. Reads only. */
import type { Connection } from '../connect/connection.ts';
import type { RemoteUnit } from '../connect/contract.ts';
import { proposeUnits, type UnitProposal } from '../connect/unit-match.ts';
import { unitKey, unitWords } from '../connect/units.ts';
import { asPushError } from '../http/push-error.ts';
import { wantedRecords } from '../reconcile/wanted.ts';
import type { CommandTools, Refused } from './command.ts';
import { unknownConnection } from './pause.ts';

export interface UnitOfBoom {
  /** As it would stand under `units:`: `Oak Street / 4B`, Boom's external id or id of it, or an address. */
  words: string;
  /** Who is or was to live there. */
  tenants: string[];
  /** The PMS's id, by the connection's list; null where it names none. */
  unitId: string | null;
  /** Best first; none where the list names one. */
  proposals: UnitProposal[];
}

export interface UnitReport {
  connection: string;
  /** What the PMS is called. */
  label: string;
  /** As the PMS lists them. */
  there: RemoteUnit[];
  ours: UnitOfBoom[];
}

/** More would be a list, and no proposal. */
const MOST_PROPOSED = 3;

export async function units(name: string, tools: CommandTools): Promise<UnitReport | Refused> {
  const connection = tools.connections().find((one) => one.name === name);
  if (connection === undefined) return unknownConnection(name, tools);
  const { connector, label } = connection;
  if (connector.units === undefined)
    return {
      error: `boomsync cannot list the units of ${label}`,
      remedy: `Write them by hand under "units:" in config/connections/${name}.yaml.`,
    };
  const there: RemoteUnit[] = [];
  try {
    for await (const unit of connector.units()) there.push(unit);
  } catch (thrown) {
    const { message, remedy } = asPushError(thrown);
    return { error: message.replace(/\.$/, ''), remedy };
  }
  return { connection: name, label, there, ours: await unitsOfBoom(connection, there, tools) };
}

async function unitsOfBoom(
  connection: Connection,
  there: readonly RemoteUnit[],
  { stores, timezone }: CommandTools,
): Promise<UnitOfBoom[]> {
  const found = new Map<string, UnitOfBoom>();
  const here = { timezone, installation: await stores.installation() };
  for (const { record } of await stores.tenants.list({})) {
    for (const { scope } of await wantedRecords(record, connection, here)) {
      const [words] = scope.unit === null ? [] : unitWords(scope.unit);
      if (scope.unit === null || words === undefined) continue;
      const known = found.get(unitKey(words));
      if (known !== undefined) {
        if (!known.tenants.includes(record.id)) known.tenants.push(record.id);
        continue;
      }
      const proposals = scope.unitId === null ? proposeUnits(scope.unit, there).slice(0, MOST_PROPOSED) : [];
      found.set(unitKey(words), { words, tenants: [record.id], unitId: scope.unitId, proposals });
    }
  }
  return [...found.values()].sort((a, b) => a.words.localeCompare(b.words, 'en', { numeric: true }));
}
