/** Changes a file that a landlord wrote, keeping comments and order: whole or not at all, and never to nonsense. */
import { readFile, realpath } from 'node:fs/promises';
import { type Document, isMap, parseDocument, YAMLMap } from 'yaml';
import type { z } from 'zod';
import type { Fault } from './fault.ts';
import { replaceFile } from './replace-file.ts';
import { parseYaml } from './yaml-faults.ts';

export type Edited = { ok: true; changed: boolean } | { ok: false; faults: Fault[] };

export async function editYaml(
  file: string,
  schema: z.ZodType,
  change: (document: Document) => void,
): Promise<Edited> {
  const target = await realpath(file);
  const before = await readFile(target, 'utf8');
  const changed = changedYaml(file, before, schema, change);
  if (!changed.ok) return changed;
  if (changed.text === before) return { ok: true, changed: false };
  await replaceFile(target, changed.text);
  return { ok: true, changed: true };
}

export type ChangedYaml = { ok: true; text: string } | { ok: false; faults: Fault[] };

/** What the file would be. `file` is for messages. */
export function changedYaml(
  file: string,
  before: string,
  schema: z.ZodType,
  change: (document: Document) => void,
): ChangedYaml {
  const parsed = parseYaml(file, before, schema);
  if (!parsed.ok) return parsed;
  // Nothing is read as a number: `0012` would be written back as `12`.
  const document = parseDocument(before, { schema: 'failsafe', stringKeys: true }) as Document;
  change(document);
  const unix = document.toString({ lineWidth: 0, flowCollectionPadding: /[{[] /.test(before) });
  const text = before.includes('\r\n') ? unix.replace(/\r?\n/g, '\r\n') : unix;
  const checked = parseYaml(file, text, schema);
  return checked.ok ? { ok: true, text } : checked;
}

/** The map of that name, made where there is none: what is added to it stands on lines of its own. */
export function mapAt(document: Document, name: string): YAMLMap {
  const there = document.get(name, true);
  if (isMap(there)) {
    if (there.items.length === 0) there.flow = false;
    return there;
  }
  const made = new YAMLMap(document.schema);
  document.set(name, made);
  return made;
}
