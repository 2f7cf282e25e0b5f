/** Living in a unit, from moving in to moving out. */
import { findCustomer, register } from './enrolling.ts';
import type { Life } from './life.ts';
import type { Application, Person, Unit } from './records.ts';
import { moveOut } from './reporting.ts';
import { DAY, dayOf } from './time.ts';

/** A unit is advertised this long before it is empty. */
const NOTICE = 30 * DAY;

export function moveIn(life: Life, application: Application): void {
  const { unit } = application;
  application.movedInAt = life.now();
  const residents = application.applicants
    .filter(({ role, status }) => role === 'applicant' && status !== 'canceled')
    .map(({ person }) => person);
  live(life, unit, residents, life.random.int(150, 380) * DAY, 0.75);
}

/** Lived there before the landlord had Boom: nobody has applied. */
export function livesThere(life: Life, unit: Unit): void {
  const leaves = life.random.int(10, 330) * DAY;
  live(life, unit, [life.casting.stranger()], leaves, 0.4);
}

/** `reports`: the share of the residents who sign up for rent reporting. */
function live(life: Life, unit: Unit, residents: Person[], stays: number, reports: number): void {
  const leaseEnd = life.now() + stays;
  unit.occupied = true;
  unit.freeFrom = leaseEnd;
  unit.updatedAt = life.now();
  const since = dayOf(life.now());
  for (const [number, person] of residents.entries()) {
    if (!life.random.chance(number === 0 ? reports : reports / 2)) continue;
    const lease = { unit, moveInOn: since, leaseEndOn: dayOf(leaseEnd) };
    life.within(DAY / 4, 10 * DAY, () => register(life, person, lease));
  }
  life.after(Math.max(0, stays - NOTICE), () => {
    unit.letTo = null;
    life.advertise(unit);
  });
  life.after(stays, () => {
    unit.occupied = false;
    unit.updatedAt = life.now();
    for (const person of residents) {
      const customer = findCustomer(life, person);
      if (customer !== undefined) moveOut(life, customer, unit);
    }
  });
}
