/** What a landlord says of one field over there, for everybody: written into `fields:` of the connection's file. */
import { readFile } from 'node:fs/promises';
import type { Document } from 'yaml';
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
  if (document.get('fields', true) === undefined) document.set('fields', document.createNode({}));
  const [key, value] = rule === 'off' ? ['off', true] : ['owner', 'pms'];
  const there = document.getIn(['fields', field], true);
  if (there === undefined) document.setIn(['fields', field], document.createNode({ [key]: value }));
  else document.setIn(['fields', field, key], value);
}
