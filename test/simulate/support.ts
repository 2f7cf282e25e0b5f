import type { Generation, SimDelivery } from '../../src/simulate/life.ts';
import { createWorld, type World } from '../../src/simulate/world.ts';

export const END = new Date('2026-11-20T12:00:00.000Z');
const DAY = 24 * 60 * 60_000;

export function daysBefore(days: number): Date {
  return new Date(END.getTime() - days * DAY);
}

export interface Lived {
  world: World;
  deliveries: SimDelivery[];
}

export function lived(
  { seed = 1, units = 20, days = 180, generation = 'current' as Generation } = {},
  steps = 1,
): Lived {
  const start = daysBefore(days);
  const world = createWorld({ seed, units, start, generation });
  const deliveries = Array.from({ length: steps }, (_, step) => {
    const share = (step + 1) / steps;
    return world.advance(new Date(start.getTime() + Math.floor(share * days * DAY)));
  }).flat();
  return { world, deliveries };
}
