/** What Boom sends about applications. */
import { lineOf } from './building.ts';
import type { Applicant, Application, IdentityCheck, Lead, Person, Unit } from './records.ts';
import { iso, isoOrNull } from './time.ts';

type Fields = Record<string, unknown>;

export function nameAndContact({ firstName, lastName, email, phone }: Omit<Person, 'id'>): Fields {
  return { first_name: firstName, last_name: lastName, phone, email };
}

/** The basic family: one person of an application, whose id no payload of today has. */
export function basicPayload({ application, person }: Applicant | Lead): Fields {
  return {
    ...terms(application),
    ...nameAndContact(person),
    address: lineOf(application.unit),
    status: application.status,
    application_updated_at: iso(application.updatedAt),
    external_id: person.externalId,
  };
}

/** `application_created` has no external id. */
export function createdPayload(of: Applicant | Lead): Fields {
  const { external_id: _, ...rest } = basicPayload(of);
  return rest;
}

export function pushPayload(applicant: Applicant, error: string | null): Fields {
  return {
    ...basicPayload(applicant),
    pms_push_status: error === null ? 'success' : 'failed',
    error_message: error,
  };
}

/** `lead`: whom it is about. An invited lead is named in full, and is no applicant yet. */
export function groupPayload(
  application: Application,
  lead: Lead,
  more: { inviting?: Applicant; reasons?: string[] } = {},
): Fields {
  const { unit, applicants } = application;
  const { inviting, reasons = [] } = more;
  return {
    lead_id: lead.id,
    invited_lead: inviting ? { id: lead.id, ...nameAndContact(lead.person) } : false,
    inviting_applicant: inviting ? memberOf(inviting) : null,
    ...terms(application),
    applicants: applicants.filter(({ status }) => status !== 'canceled').map(memberOf),
    unit_object: unitObject(unit),
    property: { id: unit.property.id, name: unit.property.name },
    status: application.status,
    portal_url: `https://example.com/portal/${application.id}`,
    id: application.id,
    reasons,
    application_updated_at: iso(application.updatedAt),
    external_id: lead.person.externalId,
  };
}

export function identityPayload({ application, applicant, person, id }: Lead, check: IdentityCheck): Fields {
  return {
    status: check.status,
    lead_id: id,
    ...nameAndContact(person),
    identity_verification_finished: check.finishedAt !== null,
    external_customer_id: person.externalId,
    created_at: iso(check.createdAt),
    updated_at: iso(check.updatedAt),
    application_status: application.status,
    applicant_id: applicant?.id ?? null,
    application_id: application.id,
    role: applicant?.role ?? null,
    finished_at: isoOrNull(check.finishedAt),
  };
}

export function mergedPayload(source: Application, target: Application, at: number): Fields {
  return {
    target_application_id: target.id,
    target_application_url: `https://example.com/applications/${target.id}`,
    merged_application_ids: [source.id],
    merged_at: iso(at),
    merged_by: 'leasing@example.com',
  };
}

function terms({ dependents, pets, moveInOn, unit, rent, createdAt }: Application): Fields {
  return {
    dependents,
    pets: pets === 0 ? 'none' : String(pets),
    desired_move_in_date: moveInOn,
    unit: unit.title,
    monthly_rent_amount: { cents: rent, currency: 'USD' },
    created_at: iso(createdAt),
  };
}

function memberOf({ id, person, role }: Applicant): Fields {
  return { id, ...nameAndContact(person), role };
}

function unitObject(unit: Unit): Fields {
  return {
    id: unit.id,
    title: unit.title,
    property: { name: unit.property.name, address: lineOf(unit) },
  };
}
