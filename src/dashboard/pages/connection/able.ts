/** What a manifest says that its connector can do, as the words for it need it. */
import type { Manifest } from '../../../connect/manifest.ts';
import type { Able } from '../../../words/en/connection.ts';

export function ableOf({ capabilities, kinds, units }: Manifest): Able {
  const { creates, updates, notes, byHand, local, readBack } = capabilities;
  const decides = Object.values(kinds).some(({ status }) => Object.keys(status).length > 0);
  return { creates, updates, decides, notes, units: units !== undefined, byHand, local, readBack };
}
