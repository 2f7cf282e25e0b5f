/**
 * The screening API's records, as Boom's OpenAPI file describes them. What boomsync must never keep (scores,
 * recommendations, verifications and the like) is in them on purpose.
 */

import type {
  Applicant,
  Application,
  IdentityCheck,
  Invitation,
  Lead,
  LogEntry,
  Property,
  Unit,
} from './records.ts';
import { nameAndContact } from './screen-payloads.ts';
import { DAY, iso, isoOrNull } from './time.ts';

export function applicationItem(application: Application) {
  const { id, unit, status, createdAt, updatedAt, decidedAt, submittedAt } = application;
  return {
    id,
    property_id: unit.property.id,
    verification_template_id: null,
    unit_id: unit.id,
    score: 640,
    monthly_rent_amount: dollars(application.rent),
    status,
    screening_status: submittedAt === null ? 'not_started' : 'completed',
    desired_move_in_date: `${application.moveInOn}T00:00:00.000Z`,
    started_at: isoOrNull(application.startedAt),
    submitted_at: isoOrNull(submittedAt),
    applicants: application.applicants.map(applicantItem),
    recommendation: 'decline',
    decision_at: isoOrNull(decidedAt),
    decision_time_in_days: decidedAt === null ? null : Math.round((decidedAt - createdAt) / DAY),
    listing_id: null,
    grouped_income_rent_ratio: 0.3,
    listing_rent_amount: dollars(unit.rent),
    pending_magic_links: application.invitations.map(magicLink),
    created_at: iso(createdAt),
    application_updated_at: iso(updatedAt),
    // Named nowhere but in the list of what must be there.
    updated_at: iso(updatedAt),
    application_url: `https://example.com/applications/${id}`,
    adverse_action_reasons: status === 'rejected' ? ['Too many delinquent accounts'] : [],
    assignees: [],
  };
}

export function applicationDetails(application: Application) {
  const rules = {
    rule_set_type: 'decline',
    rules: [{ field_name: 'credit_score', computed_value: 640, threshold: '600', operator: '>=' }],
  };
  return {
    ...applicationItem(application),
    pet_rent_value: dollars(2_500 * application.pets),
    pets_count: application.pets,
    has_voucher: false,
    voucher_amount: dollars(0),
    evaluated_rule_set: rules,
    evaluated_rule_sets: [rules],
  };
}

export function applicantItem({ id, person, role, status, ...times }: Applicant) {
  return {
    id,
    ...nameAndContact(person),
    phone_from_plaid: person.phone,
    role,
    invited_at: isoOrNull(times.invitedAt),
    decision_time_in_days: null,
    application_status: status,
    application_started_at: isoOrNull(times.startedAt),
    application_submitted_at: isoOrNull(times.submittedAt),
    application_finished_at: isoOrNull(times.submittedAt),
    external_id: person.externalId,
    verifications: [
      {
        id: `${id}-verification`,
        name: 'identity_verification',
        index: 0,
        editable: false,
        progress: { total_steps: 1, filled_steps: 1 },
        description: 'Verify the identity of the applicant',
        title: 'Identity Verification',
        status: 'finished',
        completed_at: isoOrNull(times.startedAt),
        created_at: iso(times.createdAt),
        updated_at: iso(times.createdAt),
      },
    ],
    created_at: iso(times.createdAt),
  };
}

function magicLink({ id, lead, createdAt }: Invitation) {
  const { person, unit, application } = lead;
  return {
    id,
    active: true,
    link: `https://example.com/invitations/${id}`,
    name: `${person.firstName} ${person.lastName}`,
    email: person.email,
    unit_id: unit.id,
    property_id: unit.property.id,
    application_id: application.id,
    kind: 'invite',
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
  };
}

export function leadItem({ id, person, unit, application, applicant, identityChecks, ...times }: Lead) {
  const check = identityChecks.at(-1);
  return {
    id,
    ...nameAndContact(person),
    identity_verification_finished: check !== undefined && check.finishedAt !== null,
    finished_identity_verification_status: check?.finishedAt ? check.status : null,
    external_id: person.externalId,
    source: null,
    property_id: unit.property.id,
    unit_id: unit.id,
    applicant_id: applicant?.id ?? null,
    application_id: application.id,
    stage: { id: 'stage-1', name: 'Touring' },
    created_at: iso(times.createdAt),
    updated_at: iso(times.updatedAt),
    verification_last_updated_at: isoOrNull(check?.updatedAt ?? null),
  };
}

export function identityItem(lead: Lead, check: IdentityCheck) {
  const { person, unit, application, applicant } = lead;
  return {
    lead_id: lead.id,
    ...nameAndContact(person),
    external_id: person.externalId,
    external_customer_id: person.externalId,
    property_id: unit.property.id,
    unit_id: unit.id,
    application_id: application.id,
    applicant_id: applicant?.id ?? null,
    identity_verification_finished: check.finishedAt !== null,
    provider: 'simulated',
    kind: 'identity',
    status: check.status,
    finished_at: isoOrNull(check.finishedAt),
    failed_at: check.status === 'failed' ? isoOrNull(check.finishedAt) : null,
    checks: {
      basic: true,
      document: true,
      risk: true,
      identity_abuse: { stolen_identity: { score: 12, passed: true, risk_level: 'low' } },
    },
    created_at: iso(check.createdAt),
    updated_at: iso(check.updatedAt),
  };
}

export function activityItem({ id, application, kind, details, at }: LogEntry) {
  return {
    id,
    application_id: application.id,
    event_type: kind,
    event_description: kind.replaceAll('_', ' '),
    actor: { type: 'partner_user', name: 'Leasing office', role: 'admin' },
    details,
    occurred_at: iso(at),
  };
}

export function unitItem({ id, title, property, rent, occupied, externalId, createdAt, updatedAt }: Unit) {
  return {
    id,
    title,
    property_id: property.id,
    monthly_rent_amount: dollars(rent),
    occupied,
    external_id: externalId,
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
    unit_url: `https://example.com/units/${id}`,
    verification_template_id: null,
    can_delete: false,
    list_id: null,
  };
}

export function unitDetails(unit: Unit) {
  return { ...unitItem(unit), property: propertyItem(unit.property, unit.createdAt) };
}

export function propertyItem({ id, name, address1, city, state, ...rest }: Property, createdAt: number) {
  return {
    id,
    name,
    owner: null,
    can_delete: false,
    address: {
      address1,
      address2: null,
      city,
      state_or_province: state,
      postal_code: rest.postalCode,
      country: 'US',
    },
    verification_template: null,
    verification_template_id: null,
    external_id: rest.externalId,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    property_url: `https://example.com/properties/${id}`,
    market: city,
  };
}

export function propertyDetails(property: Property, units: readonly Unit[]) {
  const own = units.filter((unit) => unit.property === property);
  return { ...propertyItem(property, own[0]?.createdAt ?? 0), units: own.map(unitItem) };
}

function dollars(cents: number) {
  return { cents, currency: 'USD' };
}
