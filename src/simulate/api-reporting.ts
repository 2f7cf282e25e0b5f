/** The rent reporting API's records, as Boom's older API file describes them: numbers and booleans are strings. */
import { lineOf } from './building.ts';
import type { Customer, Enrollment, RentalVerification } from './records.ts';

export function customerItem({ id, person, contact }: Customer) {
  return {
    object: 'customer',
    id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    phone: contact.phone,
    email: contact.email,
    dob: person.born,
  };
}

export function customerDetails(customer: Customer) {
  return { ...customerItem(customer), access_key: `access-key-of-${customer.id}` };
}

export function enrollmentItem(enrollment: Enrollment) {
  const { id, unit, address2, rent, moveInOn, leaseEndOn, status, customer, months } = enrollment;
  const { address1, city, state, postalCode } = unit.property;
  return {
    object: 'enrollment',
    id,
    address: {
      object: 'address',
      address1,
      address2,
      city,
      state_or_province: state,
      postal_code: postalCode,
      country: 'US',
      one_line_address: lineOf(unit, address2),
    },
    monthly_rent_amount: String(rent / 100),
    monthly_rent_day_of_month: '1',
    move_in_date: moveInOn,
    lease_end_date: leaseEndOn,
    lease_month_to_month: 'false',
    status,
    customer_id: customer.id,
    rental_verifications: months.map(rentalVerification),
  };
}

function rentalVerification({ id, month, status, monthsDelinquent }: RentalVerification) {
  return {
    object: 'rental_verification',
    id,
    for_month: month,
    status,
    months_delinquency: String(monthsDelinquent),
  };
}

/** What is not resolved, of all that the customer ever enrolled. */
export function issuesOf(customer: Customer, enrollments: Iterable<Enrollment>) {
  const own = [...enrollments].filter((enrollment) => enrollment.customer === customer);
  return { issues: own.flatMap(({ openIssues }) => [...openIssues.values()]) };
}
