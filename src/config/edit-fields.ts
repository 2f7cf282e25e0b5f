/** What a landlord says of one field over there, for everybody: written into `fields:` of the connection's file. */
import { readFile } from 'node:fs/promises';
import { type Document, isMap } from 'yaml';
import { type ChangedYaml, changedYaml, type Edited, editYaml } from './edit-yaml.ts';
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
  const fields = document.get('fields', true);
  if (!isMap(fields)) document.set('fields', document.createNode({}));
  else if (fields.items.length === 0) fields.flow = false;
  // Text, as the whole file is read: it is written without quotes.
  const [key, value] = rule === 'off' ? ['off', 'true'] : ['owner', 'pms'];
  if (isMap(document.getIn(['fields', field], true))) document.setIn(['fields', field, key], value);
  else document.setIn(['fields', field], document.createNode({ [key]: value }));
}
