/**
 * The forms that a field may have, in a delivery or in an answer of the API: every one that we can read. Loads zod, as
 * whatever holds a body against a schema does.
 */
import * as z from 'zod/mini';

/** A number too large to be exact would be another record's id, hence `int`. */
export const id = z.nullish(z.union([z.string(), z.int()]));
export const text = z.nullish(z.string());
export const label = z.nullish(z.union([z.string(), z.number()]));
export const texts = z.nullish(z.union([z.string(), z.array(z.nullish(z.string()))]));

export const MONEY = { cents: label, currency: text };
export const money = z.nullish(z.union([z.string(), z.number(), z.looseObject(MONEY)]));

export const ADDRESS = {
  address1: text,
  address2: label,
  city: text,
  state_or_province: text,
  postal_code: label,
  one_line_address: text,
};
export const address = z.nullish(z.union([z.string(), z.looseObject(ADDRESS)]));

export const PROPERTY = { id, external_id: id, name: label, address };
export const property = z.nullish(z.union([z.string(), z.looseObject(PROPERTY)]));

export const UNIT = { id, external_id: id, title: label, property, address };
export const unit = z.nullish(z.union([z.string(), z.number(), z.looseObject(UNIT)]));
