/** Invented applicants of the basic family, each with an application of their own. */
import { aboutAna } from './buildium.ts';

/** The nth of many: `Ana1 Ruiz1`, with everything of their own. */
export function aboutNth(
  n: number,
  event: string,
  minute = 1,
  changes: object = {},
): Record<string, unknown> {
  return aboutAna(event, minute, {
    first_name: `Ana${n}`,
    last_name: `Ruiz${n}`,
    email: `ana${n}@example.com`,
    phone: null,
    application_id: `a${n}`,
    external_id: `ext-${n}`,
    ...changes,
  });
}

/** Ana of `aboutAna` in rent reporting. */
export function reportingAna(event: string): Record<string, unknown> {
  return {
    event,
    customer_id: 'c1',
    enrollment_id: 'e1',
    customer_first_name: 'Ana',
    customer_last_name: 'Ruiz',
    customer_email: 'ana.ruiz@example.com',
    customer_phone: '+15125550143',
  };
}
