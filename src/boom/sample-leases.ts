/** The invented people of the samples and the units they apply for. Nobody has these numbers or addresses. */

const OAK_STREET = { id: 'sample-property-oak', name: 'Oak Street' };

function lease(unit: string, rent: number, moveIn: string) {
  const address = `210 Oak Street, Unit ${unit}, Austin, TX 78701`;
  return {
    /** As the basic family has it: the unit and the address are plain text. */
    basic: {
      desired_move_in_date: moveIn,
      unit,
      address,
      monthly_rent_amount: { cents: rent * 100, currency: 'USD' },
    },
    /** As the group family has it. */
    group: {
      desired_move_in_date: moveIn,
      unit,
      unit_object: {
        id: `sample-unit-${unit.toLowerCase()}`,
        title: unit,
        property: { name: OAK_STREET.name, address },
      },
      property: OAK_STREET,
      monthly_rent_amount: { cents: rent * 100, currency: 'USD' },
      portal_url: `https://example.com/portal/${unit.toLowerCase()}`,
    },
    external_id: `oak-street-${unit.toLowerCase()}`,
  };
}

function person(first_name: string, last_name: string, phone: string) {
  return { first_name, last_name, phone, email: `${first_name}.${last_name}@example.com`.toLowerCase() };
}

/** Approved, lives in 4B and has enrolled in rent reporting. */
export const ANA = person('Ana', 'Ruiz', '+15125550143');
/** Declined for 2A. */
export const BEN = person('Ben', 'Okafor', '+15125550144');
/** Approved with conditions for 3C, with Theo, whose own application was merged into hers. */
export const CARA = person('Cara', 'Lindqvist', '+15125550145');
export const THEO = person('Theo', 'Marsh', '+15125550146');
/** Began an application for 1D and canceled it. */
export const FARAH = person('Farah', 'Nasser', '+15125550147');
/** Was decided about for 2C, and then not. */
export const IRIS = person('Iris', 'Vance', '+15125550148');
/** Invited into Cara's application, has not answered. */
export const ELI = person('Eli', 'Novak', '+15125550149');
/** Lived in 1B and has moved out. */
export const GUS = person('Gus', 'Meyer', '+15125550150');

export const LEASES = {
  ana: lease('4B', 1_850, '2026-12-01'),
  ben: lease('2A', 1_420, '2026-12-15'),
  cara: lease('3C', 2_300, '2027-01-01'),
  farah: lease('1D', 1_275, '2026-12-01'),
  iris: lease('2C', 1_500, '2027-01-15'),
};
