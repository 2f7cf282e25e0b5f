/** Matches units: pairs that a person saw and said yes to become lines of the connection's file. */
import { z } from 'zod';
import { connectionFile } from '../../../config/drafts.ts';
import { addUnits } from '../../../config/edit-connection.ts';
import { unitKey } from '../../../connect/units.ts';
import type { UnitReport } from '../../../operate/units.ts';
import { action } from '../../contract.ts';
import { several } from '../../forms.ts';
import { seen } from '../connection/looks.ts';
import { editedSaid } from '../connection/take-up.ts';

export const unitActions = [
  action({
    name: 'match_units',
    role: 'owner',
    about: 'Matches units: each of `unit` with the `id` of the same position; an empty one is left alone',
    input: z.object({ name: z.string(), look: z.string(), unit: several, id: several }),
    async run({ name, look, unit, id }, at) {
      const { setup } = at.words;
      const report = seen(at.commands, 'units', name, look);
      const pairs = report === null ? null : pairsOf(unit, id, report);
      if (pairs === null) return { ok: false, text: setup.unknownUnit };
      const count = Object.keys(pairs).length;
      if (count === 0) return { ok: false, text: setup.matched(0) };
      const edited = await addUnits(connectionFile(at.config.configDir, name), pairs);
      return await editedSaid(name, edited, { ok: true, text: setup.matched(count) }, at);
    },
  }),
];

/** Null where one names a unit that nobody showed. */
function pairsOf(
  units: readonly string[],
  ids: readonly string[],
  { ours, there }: UnitReport,
): Record<string, string> | null {
  const pairs: Record<string, string> = {};
  for (const [at, words] of units.entries()) {
    const id = ids[at] ?? '';
    if (id === '') continue;
    const one = ours.find((unit) => unitKey(unit.words) === unitKey(words));
    if (one === undefined || there.every((unit) => unit.id !== id)) return null;
    pairs[one.words] = id;
  }
  return pairs;
}
