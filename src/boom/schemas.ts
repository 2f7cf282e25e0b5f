/**
 * The payloads, one schema a family: every form of a field that we can read. A field that is not listed here
 * passes and is not kept. The module costs the loading of zod, so only what reads deliveries may import it;
 * its types are free.
 */
import * as z from 'zod/mini';
import type { EventName, Family, FamilyOf } from './events.ts';
import {
  ADDRESS,
  address,
  id,
  label,
  MONEY,
  money,
  PROPERTY,
  property,
  text,
  texts,
  UNIT,
  unit,
} from './fields.ts';

const PERSON = { first_name: text, last_name: text, email: text, phone: label };

const MEMBER = { id, applicant_id: id, lead_id: id, external_id: id, role: text, ...PERSON };

const DELIVERY = { event: text, request_id: id };

const APPLICATION = {
  id,
  application_id: id,
  unit,
  unit_object: unit,
  unit_address: address,
  unit_id: id,
  property,
  property_id: id,
  address,
  monthly_rent_amount: money,
  desired_move_in_date: text,
  status: text,
  application_status: text,
  created_at: text,
  application_updated_at: text,
  updated_at: text,
};

const RENTAL_VERIFICATION = { id, for_month: text, status: text };

const TRANSACTION = {
  amount: z.nullish(z.union([z.string(), z.number(), z.looseObject(MONEY)])),
  source: text,
  external_id: id,
};

const REPORT = {
  ...DELIVERY,
  customer_id: id,
  customer_external_id: id,
  customer_first_name: text,
  customer_last_name: text,
  customer_email: text,
  customer_phone: label,
  enrollment_id: id,
  reasons: texts,
  reason: texts,
  bureau: text,
  rental_verification: z.nullish(z.looseObject(RENTAL_VERIFICATION)),
  rental_verification_id: id,
  for_month: text,
  status: text,
  transactions: z.nullish(z.array(z.nullish(z.looseObject(TRANSACTION)))),
  slug: text,
  title: text,
  description: text,
  verification_id: id,
  kind: text,
  updated_at: text,
};

const BASIC = {
  ...DELIVERY,
  ...PERSON,
  ...APPLICATION,
  applicant_id: id,
  lead_id: id,
  external_id: id,
  external_customer_id: id,
  role: text,
};

const PUSH = { ...BASIC, pms_push_status: text, error_message: text };

const MERGED = {
  ...DELIVERY,
  target_application_id: id,
  merged_application_ids: z.nullish(z.union([z.string(), z.int(), z.array(id)])),
  merged_at: text,
  updated_at: text,
};

const IDENTITY = {
  ...DELIVERY,
  ...PERSON,
  status: text,
  lead_id: id,
  applicant_id: id,
  application_id: id,
  application_status: text,
  external_customer_id: id,
  external_id: id,
  role: text,
  finished_at: text,
  updated_at: text,
};

const GROUP = {
  ...DELIVERY,
  ...PERSON,
  ...APPLICATION,
  lead_id: id,
  external_id: id,
  external_customer_id: id,
  invited_lead: z.nullish(z.union([z.boolean(), z.string(), z.number(), z.looseObject(MEMBER)])),
  inviting_applicant: z.nullish(z.union([z.boolean(), z.string(), z.number(), z.looseObject(MEMBER)])),
  applicants: z.nullish(z.array(z.nullish(z.looseObject(MEMBER)))),
};

export const SCHEMAS = {
  report: z.looseObject(REPORT),
  basic: z.looseObject(BASIC),
  merged: z.looseObject(MERGED),
  identity: z.looseObject(IDENTITY),
  push: z.looseObject(PUSH),
  group: z.looseObject(GROUP),
} satisfies Record<Family, z.ZodMiniType>;

/** Every key that some payload has, at whatever depth. */
export const DOCUMENTED_KEYS: ReadonlySet<string> = new Set(
  [
    REPORT,
    BASIC,
    PUSH,
    MERGED,
    IDENTITY,
    GROUP,
    MEMBER,
    MONEY,
    ADDRESS,
    PROPERTY,
    UNIT,
    RENTAL_VERIFICATION,
    TRANSACTION,
  ].flatMap((shape) => Object.keys(shape)),
);

export type FamilyPayload<F extends Family> = z.output<(typeof SCHEMAS)[F]>;

/** The payload that a wire name comes with. */
export type PayloadOf<N extends EventName> = FamilyPayload<FamilyOf<N>> & { event: N };
