/** The PMS's units, to propose which one an unmapped unit of Boom's may be. Proposals only: they tie nothing. */
import type { UnitRef } from '../boom/event.ts';
import type { Connector, RemoteUnit } from '../connect/contract.ts';
import { proposeUnits } from '../connect/unit-match.ts';
import type { PassTools } from './pass-tools.ts';
import type { Verdict } from './verdict.ts';

const KEPT_MS = 60 * 60_000;
const SHOWN = 3;

/** Read once an hour at the most; empty where the PMS lists none, or does not answer. */
export class UnitList {
  readonly #connector: Pick<Connector, 'units'>;
  readonly #now: () => Date;
  #readAt = Number.NEGATIVE_INFINITY;
  #units: Promise<readonly RemoteUnit[]> = Promise.resolve([]);

  constructor(connector: Pick<Connector, 'units'>, now: () => Date) {
    this.#connector = connector;
    this.#now = now;
  }

  read(): Promise<readonly RemoteUnit[]> {
    const now = this.#now().getTime();
    if (now - this.#readAt >= KEPT_MS) {
      this.#readAt = now;
      this.#units = this.#list();
    }
    return this.#units;
  }

  async #list(): Promise<readonly RemoteUnit[]> {
    const units: RemoteUnit[] = [];
    try {
      for await (const unit of this.#connector.units?.() ?? []) units.push(unit);
    } catch {
      // What the message says without proposals is right as well, and what fails here fails again where it matters.
    }
    return units;
  }
}

/** The verdict, with the likely units where it is that a unit is not known. */
export async function withProposals(
  verdict: Verdict,
  unit: UnitRef | null,
  units: PassTools['units'],
): Promise<Verdict> {
  if (verdict.cause !== 'unmapped_unit' || unit === null) return verdict;
  const likely = proposeUnits(unit, await units()).slice(0, SHOWN);
  if (likely.length === 0) return verdict;
  const named = likely.map(({ unit: { id, title, property, address } }) => {
    const name = [property, title].filter(Boolean).join(' / ') || address || 'without a name';
    return `"${name}" (${id})`;
  });
  return { ...verdict, message: `${verdict.message}. Likely: ${named.join(', ')}` };
}
