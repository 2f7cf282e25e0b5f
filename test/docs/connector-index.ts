/** The table of all connectors, as their manifests have it. */
import type { Manifest } from '../../src/connect/manifest.ts';
import { decisionsOf, lookedUp, madeBy } from './connector-glance.ts';
import { plural } from './connector-words.ts';
import { markdownTable } from './generated.ts';

/** `titles`: what their pages are called, by id. */
export function indexPart(manifests: readonly Manifest[], titles: ReadonlyMap<string, string>): string {
  const rows = manifests.map((manifest) => [
    `[${titles.get(manifest.id)}](${manifest.id}.md)`,
    `\`${manifest.id}\``,
    plural(manifest.capabilities.kinds),
    lookedUp(manifest),
    madeBy(manifest),
    decisionsOf(manifest),
  ]);
  const head = ['', '`connector:`', 'records', 'people are looked up', 'makes', 'decisions'];
  return markdownTable(head, rows);
}
