/** What a landlord says of one field over there, for everybody: written into `fields:` of the connection's file. */
import { readFile } from 'node:fs/promises';
import { type Document, isMap } from 'yaml';
import { type ChangedYaml, changedYaml, type Edited, editYaml, mapAt } from './edit-yaml.ts';
import { connectionSchema } from './schema.ts';

/** `off`: boomsync leaves the field alone altogether · `pms`: what stands there wins. */
export type FieldRule = 'off' | 'pms';

export async function setField(file: string, field: string, rule: FieldRule): Promise<Edited> {
  return await editYaml(file, connectionSchema, (document) => write(document, field, rule));
}

/** The file as it is, and as it would be. */
export async function showField(
  file: string,
  field: string,
  rule: FieldRule,
): Promise<{ before: string; after: ChangedYaml }> {
  const before = await readFile(file, 'utf8');
  const after = changedYaml(file, before, connectionSchema, (document) => write(document, field, rule));
  return { before, after };
}

function write(document: Document, field: string, rule: FieldRule): void {
  const fields = mapAt(document, 'fields');
  // Text, as the whole file is read: it is written without quotes.
  const [key, value] = rule === 'off' ? ['off', 'true'] : ['owner', 'pms'];
  if (isMap(fields.get(field, true))) fields.setIn([field, key], value);
  else fields.set(field, document.createNode({ [key]: value }));
}
