/** Units looking for somebody: households apply until one of them has moved in. */
import { applyAgain, applyFor } from './applying.ts';
import type { Life } from './life.ts';
import type { Person, Unit } from './records.ts';
import { DAY, HOUR } from './time.ts';

export function advertise(life: Life, unit: Unit): void {
  const households = life.random.pick([1, 2, 2, 3]);
  for (let number = 0; number < households; number += 1) {
    life.within(HOUR, (2 + 4 * number) * DAY, () => applyFor(life, unit));
  }
  watch(life, unit);
}

function watch(life: Life, unit: Unit): void {
  life.after(14 * DAY, () => {
    if (unit.letTo === null) advertise(life, unit);
    else if (unit.letTo.movedInAt === null) watch(life, unit);
  });
}

export function seekAnother(life: Life, person: Person): void {
  const free = life.units.filter(({ letTo }) => letTo === null);
  if (free.length > 0) applyAgain(life, life.random.pick(free), person);
}
