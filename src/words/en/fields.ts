/** What the fields of a PMS are called, by what of Boom's they carry. */
import type { FieldMeaning } from '../../connect/field-meaning.ts';

export const fields: Record<FieldMeaning, string> = {
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  property: 'Property',
  unit: 'Unit',
  address: 'Address',
  unitNumber: 'Unit number at Boom',
  unitId: 'Unit number there',
  ourNumber: 'Our number',
  applicationId: 'Application number',
  role: 'Role',
  decision: 'Decision',
  decidedOn: 'Decided on',
  moveIn: 'Move-in',
  rent: 'Rent',
  currency: 'Currency',
  mergedInto: 'Merged into',
  residency: 'Lives there',
  since: 'Since',
  reporting: 'Rent reporting',
};
