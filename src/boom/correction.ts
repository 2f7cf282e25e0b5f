/**
 * A landlord's correction of an identity, as the inbox keeps it: `{event, people: [{event_id, position}]}`. It names
 * people by the events that named them, which stay what they are, and not by tenants, which it changes.
 */
import * as z from 'zod/mini';
import type { BoomEvent } from './event.ts';
import { CORRECTION_NAMES, type CorrectionName } from './events.ts';
import { blank, type Unusable } from './reading.ts';

export type Named = { eventId: number; position: number };

const SCHEMA = z.object({
  event: z.enum(CORRECTION_NAMES),
  people: z.array(z.object({ event_id: z.int(), position: z.int() })).check(z.minLength(2)),
});

export function correctionBody(name: CorrectionName, people: readonly Named[]): string {
  return JSON.stringify({
    event: name,
    people: people.map(({ eventId, position }) => ({ event_id: eventId, position })),
  });
}

export function readCorrection(body: object): BoomEvent | Unusable {
  const parsed = SCHEMA.safeParse(body);
  if (!parsed.success) return { reason: 'it is no correction that this version knows' };
  const people = parsed.data.people.map((one) => ({ eventId: one.event_id, position: one.position }));
  return { ...blank(parsed.data.event, null), correction: { people } };
}
