/** Writes single settings into a landlord's own `config/connections/<name>.yaml`, keeping comments and order. */
import { isMap, isScalar, Pair, Scalar } from 'yaml';
import { type Edited, editYaml, mapAt } from './edit-yaml.ts';
import type { Fault } from './fault.ts';
import { connectionSchema } from './schema.ts';

export type { Edited } from './edit-yaml.ts';

export async function setMode(file: string, mode: 'preview' | 'live'): Promise<Edited> {
  return await editYaml(file, connectionSchema, (document) => {
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
  return await editYaml(file, connectionSchema, (document) => {
    const there = mapAt(document, 'units');
    for (const [key, id] of listed) there.set(key, idNode(id));
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

/**
 * References to secrets, and values of those credentials that are none. One that stands there already is replaced; above
 * a new one `about` says what it is.
 */
export async function setCredentials(
  file: string,
  credentials: Readonly<Record<string, string>>,
  about: Readonly<Record<string, string>> = {},
): Promise<Edited> {
  return await editYaml(file, connectionSchema, (document) => {
    const there = mapAt(document, 'credentials');
    for (const [name, value] of Object.entries(credentials)) {
      const node = textNode(value);
      const before = there.get(name, true);
      if (isScalar(before)) node.comment = before.comment ?? null;
      if (there.has(name)) there.set(name, node);
      else there.items.push(new Pair(keyNode(name, about[name]), node));
    }
  });
}

function keyNode(name: string, about: string | undefined): Scalar<string> {
  const node = new Scalar(name);
  if (about !== undefined) node.commentBefore = ` ${about.replace(/\s+/g, ' ')}`;
  return node;
}

/** Plain where nobody could read it as anything but text. */
function textNode(text: string): Scalar<string> {
  const node = new Scalar(text);
  if (!/^(env|file):[\w./-]+$/.test(text)) node.type = Scalar.QUOTE_DOUBLE;
  return node;
}
