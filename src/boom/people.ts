/** Whom a payload names. */
import type { EventPerson } from './event.ts';
import { phoneOf } from './phone.ts';
import type { Reading } from './reading.ts';
import { emailOf, idOf, nameOf, wordOf } from './text.ts';

type Sent = string | number | null | undefined;
type Text = string | null | undefined;

/** The fields of a person by the names that most payloads give them. */
export interface SentPerson {
  applicant_id?: Sent;
  lead_id?: Sent;
  customer_id?: Sent;
  external_id?: Sent;
  customer_external_id?: Sent;
  first_name?: Text;
  last_name?: Text;
  email?: Text;
  phone?: Sent;
  role?: Text;
}

/** `prefix` is what stands before the fields' names in the payload, so that a fault names them as Boom does. */
export function personOf(sent: SentPerson, reading: Reading, prefix = ''): EventPerson {
  return {
    applicantId: idOf(sent.applicant_id, `${prefix}applicant_id`, reading),
    leadId: idOf(sent.lead_id, `${prefix}lead_id`, reading),
    customerId: idOf(sent.customer_id, 'customer_id', reading),
    externalId: idOf(sent.external_id, `${prefix}external_id`, reading),
    customerExternalId: idOf(sent.customer_external_id, 'customer_external_id', reading),
    firstName: nameOf(sent.first_name, `${prefix}first_name`, reading),
    lastName: nameOf(sent.last_name, `${prefix}last_name`, reading),
    email: emailOf(sent.email, `${prefix}email`, reading),
    phone: phoneOf(sent.phone, `${prefix}phone`, reading),
    role: wordOf(sent.role, `${prefix}role`, reading),
    status: null,
  };
}

/** A role or a status alone is nobody. */
export function isNamed({ role: _, status: __, ...identity }: EventPerson): boolean {
  return Object.values(identity).some((value) => value !== null);
}
