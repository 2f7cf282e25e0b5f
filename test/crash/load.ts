/** What Boom sends: people who apply and are then decided about, told by an id that is never used twice. */
import { aboutAna } from '../support/buildium.ts';

export interface Message {
  requestId: string;
  body: string;
}

/** Everybody's application, then everybody's corrected phone, then every decision: three messages a person. */
export function load(people: number): Message[] {
  const everybody = Array.from({ length: people }, (_, n) => n);
  return [
    ...everybody.map((n) => message('applicant_submitted', 1, n, { phone: null })),
    ...everybody.map((n) => message('applicant_submitted', 5, n, {})),
    ...everybody.map((n) => message('application_approved', 9, n, {})),
  ];
}

function message(event: string, minute: number, n: number, changes: object): Message {
  const requestId = `${event}-${minute}-${n}`;
  const letter = String.fromCharCode(65 + (n % 26));
  const body = aboutAna(event, minute, {
    request_id: requestId,
    external_id: `e${n}`,
    application_id: `a${n}`,
    first_name: 'Person',
    last_name: `Number ${letter}${n}`,
    email: `p${n}@example.com`,
    phone: `+1512555${String(1000 + n)}`,
    ...changes,
  });
  return { requestId, body: JSON.stringify(body) };
}
