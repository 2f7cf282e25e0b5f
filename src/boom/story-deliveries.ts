/** The story's deliveries as Boom sends them today: every id carries the run's name, every request id is new. */
import { randomUUID } from 'node:crypto';
import type { EventName, NameIn } from './events.ts';
import type { Application, Enrollment, Person } from './story-cast.ts';

type Fields = Record<string, unknown>;

/** The application's status, as Boom has it after each of these. */
const STATUS = {
  applicant_invite_followup: 'started',
  applicant_started: 'started',
  application_started: 'started',
  applicant_submitted: 'submitted',
  application_submitted: 'submitted',
  application_updated: 'submitted',
  application_under_review: 'submitted',
  application_decision_reverted: 'submitted',
  application_approved: 'approved',
  application_conditionally_approved: 'approved_with_conditions',
  application_declined: 'rejected',
} as const satisfies Partial<Record<NameIn<'basic' | 'group'>, string>>;

type Told = keyof typeof STATUS;

export interface Member {
  person: Person;
  role: 'applicant' | 'co_signer';
}

export type Deliveries = ReturnType<typeof deliveriesOf>;

export function deliveriesOf(run: string) {
  const idOf = (what: string, key: string) => `${run}-${what}-${key}`;
  const sent = (event: EventName, fields: Fields): Fields => ({
    event,
    request_id: randomUUID(),
    ...fields,
  });
  const leadOf = ({ key }: Person) => ({ lead_id: idOf('lead', key), external_id: idOf('person', key) });
  const member = ({ person, role }: Member) => ({
    id: idOf('applicant', person.key),
    ...person.contact,
    role,
  });
  const lease = ({ unit, rent, moveIn, createdAt }: Application) => ({
    dependents: 0,
    pets: 'none',
    desired_move_in_date: moveIn,
    unit,
    monthly_rent_amount: { cents: rent, currency: 'USD' },
    created_at: createdAt,
  });
  const address = (unit: string) => `210 Oak Street, Unit ${unit}, Austin, TX 78701`;
  const enrolled = ({ key, customer }: Enrollment) => ({
    customer_id: idOf('customer', customer.key),
    enrollment_id: idOf('enrollment', key),
  });

  return {
    /** About one person of an application, whose id today's form does not name. */
    one(event: Told & NameIn<'basic'>, person: Person, application: Application, at: string): Fields {
      return sent(event, {
        ...lease(application),
        ...person.contact,
        address: address(application.unit),
        status: STATUS[event],
        application_updated_at: at,
        external_id: leadOf(person).external_id,
      });
    },

    /** About an application with its applicants; the first of them began it, unless somebody is invited. */
    all(
      event: Told & NameIn<'group'>,
      members: readonly [Member, ...Member[]],
      application: Application,
      at: string,
      more: { invited?: Person; reasons?: string[] } = {},
    ): Fields {
      const { invited, reasons = [] } = more;
      const { unit, key } = application;
      return sent(event, {
        ...leadOf(invited ?? members[0].person),
        invited_lead: invited ? { id: leadOf(invited).lead_id, ...invited.contact } : false,
        inviting_applicant: invited ? member(members[0]) : null,
        ...lease(application),
        applicants: members.map(member),
        unit_object: {
          id: idOf('unit', unit.toLowerCase()),
          title: unit,
          property: { name: 'Oak Street', address: address(unit) },
        },
        property: { id: idOf('property', 'oak-street'), name: 'Oak Street' },
        status: STATUS[event],
        portal_url: `https://example.com/portal/${idOf('application', key)}`,
        id: idOf('application', key),
        reasons,
        application_updated_at: at,
      });
    },

    identity({ person, role }: Member, application: Application, at: string): Fields {
      const { lead_id, external_id } = leadOf(person);
      return sent('identity_verification_finished', {
        status: 'finished',
        lead_id,
        ...person.contact,
        identity_verification_finished: true,
        external_customer_id: external_id,
        created_at: application.createdAt,
        updated_at: at,
        application_status: 'started',
        applicant_id: idOf('applicant', person.key),
        application_id: idOf('application', application.key),
        role,
        finished_at: at,
      });
    },

    merged(sources: readonly Application[], target: Application, at: string): Fields {
      const targetId = idOf('application', target.key);
      return sent('application_merged', {
        target_application_id: targetId,
        target_application_url: `https://example.com/applications/${targetId}`,
        merged_application_ids: sources.map(({ key }) => idOf('application', key)),
        merged_at: at,
        merged_by: 'leasing@example.com',
      });
    },

    registered({ customer }: Enrollment): Fields {
      return sent('customer_registered', { customer_id: idOf('customer', customer.key) });
    },

    /** Of today's rent reporting only these name the person. */
    bankLink(
      event: 'boomreport_plaid_link_visited' | 'boomreport_plaid_link_requested',
      { customer, customerSince }: Enrollment,
    ): Fields {
      const { first_name, last_name, email, phone } = customer.contact;
      return sent(event, {
        customer_id: idOf('customer', customer.key),
        customer_first_name: first_name,
        customer_last_name: last_name,
        customer_email: email,
        customer_phone: phone,
        customer_created_at: customerSince,
        ...(event === 'boomreport_plaid_link_requested'
          ? { plaid_connect_url: `https://example.com/connect/${idOf('customer', customer.key)}` }
          : {}),
      });
    },

    enrollment(
      event: 'enrollment_pending' | 'enrollment_approved' | 'enrollment_moved_out',
      enrollment: Enrollment,
    ): Fields {
      return sent(event, enrolled(enrollment));
    },

    verified(
      enrollment: Enrollment,
      kind: 'identity' | 'lease' | 'landlord',
      memo: string,
      review_method: 'automatic' | 'manual',
    ): Fields {
      return sent('enrollment_verification_verified', {
        ...enrolled(enrollment),
        verification_id: idOf('verification', `${enrollment.key}-${kind}`),
        kind,
        memo,
        review_method,
      });
    },

    payment(enrollment: Enrollment, forMonth: string, cents: number): Fields {
      const month = `${enrollment.key}-${forMonth.slice(0, 7)}`;
      return sent('rental_payment_verified', {
        ...enrolled(enrollment),
        rental_verification_id: idOf('rental-verification', month),
        for_month: forMonth,
        transactions: [
          { name: 'Rent', amount: cents, source: 'plaid', external_id: idOf('transaction', month) },
        ],
      });
    },

    furnished(enrollment: Enrollment, bureau: string, forMonth: string): Fields {
      return sent('furnishment_finished', {
        ...enrolled(enrollment),
        bureau,
        rental_verification: {
          id: idOf('rental-verification', `${enrollment.key}-${forMonth.slice(0, 7)}`),
          for_month: forMonth,
          status: 'pending_confirmation',
          months_delinquency: 0,
        },
      });
    },

    issue(
      event: 'issue_pending' | 'issue_resolved',
      enrollment: Enrollment,
      issue: { slug: string; title: string; description: string },
    ): Fields {
      return sent(event, { ...enrolled(enrollment), ...issue });
    },
  };
}
