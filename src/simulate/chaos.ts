/** What goes wrong between Boom and us, drawn with a seed of its own so that the life is the same with and without. */
import type { Random } from './random.ts';
import { SECOND } from './time.ts';

/** Shares in percent. */
export interface Chaos {
  /** Never sent at all. */
  drop: number;
  /** Sent again up to two minutes later, as where an answer was lost. */
  duplicate: number;
  /** Held back for up to 130 seconds, so that later ones overtake it. */
  reorder: number;
}

export const CALM: Chaos = { drop: 0, duplicate: 0, reorder: 0 };

const LONGEST_HOLD = 130;
const LONGEST_ECHO = 120;

/** Milliseconds after which a delivery is to be sent: none where it is dropped, two where it comes twice. */
export function fateOf(random: Random, { drop, duplicate, reorder }: Chaos): number[] {
  const [dropped, doubled, held] = [
    random.chance(drop / 100),
    random.chance(duplicate / 100),
    random.chance(reorder / 100),
  ];
  const [hold, echo] = [random.int(1, LONGEST_HOLD) * SECOND, random.int(1, LONGEST_ECHO) * SECOND];
  if (dropped) return [];
  const first = held ? hold : 0;
  return doubled ? [first, first + echo] : [first];
}
