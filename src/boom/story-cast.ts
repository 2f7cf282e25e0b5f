/** Who the story is about, and where. Nobody has these numbers or addresses. */

export interface Person {
  /** What this person's ids at Boom are made of. */
  key: string;
  /** For the sentences. */
  name: string;
  /** The fields as most deliveries have them. */
  contact: { first_name: string; last_name: string; phone: string; email: string };
}

export interface Application {
  /** What its id at Boom is made of. */
  key: string;
  unit: string;
  /** Cents a month. */
  rent: number;
  moveIn: string;
  createdAt: string;
}

export interface Enrollment {
  key: string;
  customer: Person;
  customerSince: string;
}

/** What this person's application for that unit, and the enrollment that may follow, are called. */
export function keyFor(unit: string, { contact }: Person): string {
  return `${unit}-${contact.last_name}`.toLowerCase();
}

export type Cast = ReturnType<typeof castOf>;

/** The run is in the addresses: two runs are two sets of people, who happen to have the same names. */
export function castOf(run: string) {
  const person = (first_name: string, last_name: string, phone: string): Person => ({
    key: first_name.toLowerCase(),
    name: `${first_name} ${last_name}`,
    contact: {
      first_name,
      last_name,
      phone,
      email: `${first_name}.${last_name}@${run}.example.com`.toLowerCase(),
    },
  });
  return {
    /** Lives in 1A throughout. */
    nora: person('Nora', 'Whitfield', '+15125550161'),
    /** Lives in 4B when the story begins, and moves out. */
    walter: person('Walter', 'Quinn', '+15125550162'),
    /** Gets 4B after him. */
    maya: person('Maya', 'Torres', '+15125550163'),
    /** Maya's mother, who signs with her and does not live there. */
    rosa: person('Rosa', 'Torres', '+15125550164'),
    /** Wanted 4B too. */
    derek: person('Derek', 'Olsen', '+15125550165'),
    /** A couple, who applied for 3C separately. */
    priya: person('Priya', 'Nair', '+15125550166'),
    tom: person('Tom', 'Becker', '+15125550167'),
  };
}

/** Dates around a moving in, on the first of a month. */
export interface Calendar {
  /** UTC; days before moving in are negative. */
  at(day: number, hour: number, minute?: number): string;
  on(day: number): string;
  /** The first of a month; 0 is the one of moving in. */
  monthStart(month: number): string;
}

/** `monthsAgo`, seen from `now`: in all of a month it is the same calendar. */
export function calendarFor(now: Date, monthsAgo: number): Calendar {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() - monthsAgo];
  const at = (day: number, hour: number, minute = 0) =>
    new Date(Date.UTC(year, month, 1 + day, hour, minute)).toISOString();
  return {
    at,
    on: (day) => at(day, 0).slice(0, 10),
    monthStart: (number) => new Date(Date.UTC(year, month + number, 1)).toISOString().slice(0, 10),
  };
}
