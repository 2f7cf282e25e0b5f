/** The records of somebody who comes into an application: a lead, who becomes an applicant. */
import type { Life } from './life.ts';
import type { Applicant, Application, Lead, Person, Role, Unit } from './records.ts';
import { DAY, dayOf } from './time.ts';

export function newApplication(life: Life, unit: Unit): Application {
  const { random } = life;
  const now = life.now();
  const application: Application = {
    id: life.newId('application'),
    unit,
    rent: unit.rent,
    moveInOn: dayOf(Math.max(unit.freeFrom, now + 8 * DAY) + random.int(0, 20) * DAY),
    status: 'pending',
    applicants: [],
    invitations: [],
    pets: random.chance(0.25) ? random.int(1, 2) : 0,
    dependents: random.chance(0.3) ? random.int(1, 3) : 0,
    mergedInto: null,
    twin: null,
    round: 0,
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    submittedAt: null,
    decidedAt: null,
    movedInAt: null,
  };
  life.applications.set(application.id, application);
  return application;
}

export function newLead(life: Life, application: Application, person: Person): Lead {
  const now = life.now();
  const lead: Lead = {
    id: life.newId('lead'),
    person,
    unit: application.unit,
    application,
    applicant: null,
    identityChecks: [],
    createdAt: now,
    updatedAt: now,
  };
  life.leads.set(lead.id, lead);
  return lead;
}

/** `invitedAt`: when an applicant asked for this one; null for whoever began. */
export function newApplicant(life: Life, lead: Lead, role: Role, invitedAt: number | null): Applicant {
  const { application, person } = lead;
  const applicant: Applicant = {
    id: life.newId('applicant'),
    lead,
    person,
    application,
    role,
    status: 'pending',
    invitedAt,
    startedAt: null,
    submittedAt: null,
    createdAt: life.now(),
  };
  application.applicants.push(applicant);
  lead.applicant = applicant;
  lead.updatedAt = life.now();
  return applicant;
}
