/**
 * The objects of Boom's API and the fields that are taken of each, named as Boom's OpenAPI files name them and as
 * src/boom/fresh.ts reads them. Whoever adds a field decides that it is stored: test/boom/api/objects.test.ts holds
 * that none is denied, and that each is read.
 */
import type { Picked, Shape } from './pick.ts';

const MONEY = { cents: 'value', currency: 'text' } as const satisfies Shape;

const ADDRESS = {
  address1: 'text',
  address2: 'text',
  city: 'text',
  state_or_province: 'text',
  postal_code: 'text',
  one_line_address: 'text',
} as const satisfies Shape;

const APPLICANT = {
  id: 'id',
  first_name: 'text',
  last_name: 'text',
  email: 'text',
  phone: 'text',
  role: 'text',
  external_id: 'id',
  application_status: 'text',
} as const satisfies Shape;

export const APPLICATION = {
  id: 'id',
  status: 'text',
  property_id: 'id',
  unit_id: 'id',
  monthly_rent_amount: MONEY,
  desired_move_in_date: 'text',
  decision_at: 'text',
  created_at: 'text',
  application_updated_at: 'text',
  applicants: [APPLICANT],
} as const satisfies Shape;

export const LEAD = {
  id: 'id',
  first_name: 'text',
  last_name: 'text',
  email: 'text',
  phone: 'text',
  external_id: 'id',
  applicant_id: 'id',
  application_id: 'id',
  updated_at: 'text',
} as const satisfies Shape;

export const IDENTITY_VERIFICATION = {
  status: 'text',
  finished_at: 'text',
  updated_at: 'text',
} as const satisfies Shape;

export const CUSTOMER = {
  id: 'id',
  first_name: 'text',
  last_name: 'text',
  phone: 'text',
  email: 'text',
} as const satisfies Shape;

export const ENROLLMENT = {
  id: 'id',
  customer_id: 'id',
  status: 'text',
  move_in_date: 'text',
  monthly_rent_amount: MONEY,
  address: ADDRESS,
  // How many months somebody is behind with the rent is not taken.
  rental_verifications: [{ for_month: 'text' }],
} as const satisfies Shape;

export const ISSUE = { slug: 'text', title: 'text', description: 'text' } as const satisfies Shape;

export const UNIT = {
  id: 'id',
  title: 'text',
  external_id: 'id',
  property: { id: 'id', name: 'text', external_id: 'id', address: ADDRESS },
} as const satisfies Shape;

/** `details` is not documented: these are what its kinds of entries may say of a decision, a merge or a push. */
export const ACTIVITY = {
  id: 'id',
  application_id: 'id',
  event_type: 'text',
  occurred_at: 'text',
  details: {
    status: 'text',
    decision_at: 'text',
    pms_push_status: 'text',
    error: 'text',
    error_message: 'text',
    applicant_id: 'id',
    target_application_id: 'id',
    merged_into_application_id: 'id',
    merged_application_ids: ['id'],
  },
} as const satisfies Shape;

/** No object is handed out without its id. */
export type WithId<S extends Shape> = Picked<S> & { id: string };

export type ApplicationObject = WithId<typeof APPLICATION>;
export type LeadObject = WithId<typeof LEAD>;
export type IdentityVerificationObject = Picked<typeof IDENTITY_VERIFICATION>;
export type CustomerObject = WithId<typeof CUSTOMER>;
export type EnrollmentObject = WithId<typeof ENROLLMENT>;
export type IssueObject = Picked<typeof ISSUE>;
export type UnitObject = WithId<typeof UNIT>;
export type ActivityObject = WithId<typeof ACTIVITY>;
