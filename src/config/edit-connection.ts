/** Writes single settings into a landlord's own `config/connections/<name>.yaml`, keeping comments and order. */
import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Document, isMap, isScalar, Pair, parseDocument, Scalar } from 'yaml';
import type { Fault } from './fault.ts';
import { connectionSchema } from './schema.ts';
import { parseYaml } from './yaml-faults.ts';

export type Edited = { ok: true; changed: boolean } | { ok: false; faults: Fault[] };

export async function setMode(file: string, mode: 'preview' | 'live'): Promise<Edited> {
  return await edit(file, (document) => {
    if (document.has('mode')) {
      document.set('mode', mode);
      return;
    }
    const { contents } = document;
    if (!isMap(contents)) return;
    const after = contents.items.findIndex(({ key }) => isScalar(key) && key.value === 'connector');
    contents.items.splice(after + 1, 0, new Pair(document.createNode('mode'), document.createNode(mode)));
  });
}

/** `units`: Boom's unit, in the words of the file, to the PMS's id. One that stands there already is replaced. */
export async function addUnits(file: string, units: Readonly<Record<string, string>>): Promise<Edited> {
  const listed: [key: string, id: string][] = [];
  for (const [key, id] of Object.entries(units)) {
    // How units are compared, such marks count for nothing.
    const shown = key.replace(/\s+/g, ' ').replace(UNSEEN, '').trim();
    if (shown === '' || id.search(UNSEEN) >= 0) return { ok: false, faults: [unseen(file)] };
    listed.push([shown, id]);
  }
  return await edit(file, (document) => {
    const there = document.get('units', true);
    if (!isMap(there)) document.set('units', document.createNode({}));
    else if (there.items.length === 0) there.flow = false;
    for (const [key, id] of listed) document.setIn(['units', key], idNode(id));
  });
}

/** Control characters, and marks that turn text around: a file would not read as it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function unseen(file: string): Fault {
  return {
    file,
    line: null,
    path: 'units',
    message: 'a unit whose name or id holds characters that nobody sees cannot be listed',
    suggestion: 'Rename it there, or write it by hand',
  };
}

/** Digits stand without quotes, as in the examples: they are read as they are written. */
function idNode(id: string): Scalar<string> {
  const node = new Scalar(id);
  if (!/^\d+$/.test(id)) node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

/** Whole or not at all, and never a file that could not be read again. */
async function edit(file: string, change: (document: Document) => void): Promise<Edited> {
  const target = await realpath(file);
  const before = await readFile(target, 'utf8');
  const parsed = parseYaml(file, before, connectionSchema);
  if (!parsed.ok) return parsed;
  // Nothing is read as a number: `0012` would be written back as `12`.
  const document = parseDocument(before, { schema: 'failsafe', stringKeys: true }) as Document;
  change(document);
  const unix = document.toString({ lineWidth: 0, flowCollectionPadding: /[{[] /.test(before) });
  const after = before.includes('\r\n') ? unix.replace(/\r?\n/g, '\r\n') : unix;
  const checked = parseYaml(file, after, connectionSchema);
  if (!checked.ok) return checked;
  if (after === before) return { ok: true, changed: false };
  await replace(target, after);
  return { ok: true, changed: true };
}

async function replace(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  const { mode } = await stat(file);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.chmod(mode);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
