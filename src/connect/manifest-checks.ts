/** A manifest against itself: what it promises and does not describe. */
import type { Complain } from './compile.ts';
import { nearest } from './expression-check.ts';
import type { Manifest, ManifestKind } from './manifest.ts';

/** Without code, each thing the capabilities promise must have its request. */
export function checkPromises(manifest: Manifest, complain: Complain) {
  const { capabilities } = manifest;
  if (capabilities.byHand) return;
  for (const id of capabilities.kinds) {
    const kind = manifest.kinds[id];
    if (kind === undefined) continue;
    const described: Record<string, unknown> = kind.requests;
    for (const name of promisedOf(manifest, id))
      if (described[name] === undefined)
        complain(['kinds', id, 'requests'], `\`${name}\` is missing, which the capabilities promise`);
    if (kind.remote === undefined) complain(['kinds', id], '`remote` is missing: how an answer is read');
    checkFind(manifest, ['kinds', id, 'requests', 'find'], kind, complain);
  }
}

function promisedOf({ capabilities }: Manifest, kind: Manifest['capabilities']['kinds'][number]): string[] {
  const needed: string[] = [];
  if (capabilities.creates.includes(kind)) needed.push('create');
  if (capabilities.updates.includes(kind)) needed.push('update');
  if (capabilities.find !== 'none') needed.push('find');
  if (capabilities.find === 'index') needed.push('changedSince');
  if (capabilities.readBack) needed.push('read');
  if (capabilities.notes !== 'none') needed.push('notes', 'addNote');
  return needed;
}

/** An index is asked without a request; everything else with one, and read by the fields that `remote` has. */
function checkFind({ capabilities }: Manifest, path: PropertyKey[], kind: ManifestKind, complain: Complain) {
  const known = Object.keys(kind.remote?.fields ?? {});
  for (const [index, find] of (kind.requests.find ?? []).entries()) {
    const isRequest = find.method !== undefined && find.path !== undefined;
    if (capabilities.find !== 'index' && !isRequest)
      complain(
        [...path, index],
        'expected `method` and `path`: only `find: index` looks up without a request',
      );
    const page = find.page ?? null;
    if (page !== null && !isRequest) complain([...path, index, 'page'], 'there is no request to page');
    for (const part of ['by', 'confirm'] as const)
      for (const name of Object.keys(find[part]))
        if (!known.includes(name)) unknownField([...path, index, part, name], name, known, complain);
    for (const [at, name] of find.apart.entries())
      if (!known.includes(name)) unknownField([...path, index, 'apart', at], name, known, complain);
  }
}

function unknownField(path: PropertyKey[], name: string, known: string[], complain: Complain) {
  const hint = nearest(name, known);
  complain(
    path,
    `\`remote.fields\` has no \`${name}\` to compare with`,
    hint === null ? undefined : `Did you mean \`${hint}\`?`,
  );
}

/** A word that the PMS does not list would be refused by it, or worse, taken. */
export function checkStatuses({ kinds }: Manifest, complain: Complain) {
  for (const [id, { requests, status }] of Object.entries(kinds)) {
    if (requests.decision === undefined) continue;
    const { statuses } = requests.decision;
    for (const [ours, theirs] of Object.entries(status)) {
      if (statuses.includes(theirs)) continue;
      const hint = nearest(theirs, statuses);
      complain(
        ['kinds', id, 'status', ours],
        'is no status that can be set there: `decision.statuses` lists them',
        hint === null ? `There are: ${statuses.join(', ')}` : `Did you mean \`${hint}\`?`,
      );
    }
  }
}
