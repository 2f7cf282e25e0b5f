/** Which of Odoo's records stand for a person, and what our fields are called there. */
import type { Fields, FieldValue, Remote } from '../../src/connect/contract.ts';

export interface Model {
  name: 'res.partner' | 'crm.lead';
  /** Our field to Odoo's. */
  columns: Readonly<Record<string, string>>;
}

export const CONTACT: Model = {
  name: 'res.partner',
  columns: { name: 'name', email: 'email', phone: 'phone', application: 'comment' },
};
export const LEAD: Model = {
  name: 'crm.lead',
  columns: { name: 'contact_name', email: 'email_from', phone: 'phone', application: 'name' },
};

/** A record's id with its model, as Odoo itself writes references: `crm.lead,17`. */
export function reference(model: Model, id: number): string {
  return `${model.name},${id}`;
}

export function referred(remoteId: string): { model: Model; id: number } | null {
  const [name, id] = remoteId.split(',');
  const model = [CONTACT, LEAD].find((one) => one.name === name);
  return model !== undefined && /^\d+$/.test(id ?? '') ? { model, id: Number(id) } : null;
}

/** Our fields by Odoo's names; `false` is its word for nothing. */
export function valuesOf(model: Model, fields: Fields): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    const column = model.columns[name];
    if (column !== undefined) values[column] = value ?? false;
  }
  return values;
}

/** Null where `row` is no record. */
export function remoteOf(model: Model, row: unknown): Remote | null {
  if (typeof row !== 'object' || row === null || !('id' in row) || typeof row.id !== 'number') return null;
  const values: Record<string, unknown> = { ...row };
  const fields: Fields = {};
  for (const [name, column] of Object.entries(model.columns)) fields[name] = textOf(values[column]);
  // The notes of a contact are kept as HTML.
  if (model === CONTACT && fields.application) fields.application = plain(String(fields.application));
  return { id: reference(model, row.id), fields };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&#34;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** HTML without its tags. */
export function plain(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:lt|gt|#34|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
