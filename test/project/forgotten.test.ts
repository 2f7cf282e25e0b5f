/** Who would come back by a late delivery, and who is somebody new. */
import { describe, expect, it } from 'vitest';
import type { BoomEvent } from '../../src/boom/event.ts';
import { createNormaliser } from '../../src/boom/normalise.ts';
import {
  applicationMark,
  isForgotten,
  lastingKeys,
  withoutForgotten,
  withoutPeople,
} from '../../src/project/forgotten.ts';
import { storedKeys } from '../../src/project/identity.ts';

const normalise = await createNormaliser();
const AT = '2026-11-20T12:00:00.000Z';

function eventOf(body: object): BoomEvent {
  const read = normalise(body, { bareRent: 'dollars', currency: 'USD', country: 'US' }, 'webhook');
  if (!read.ok) throw new Error(read.reason);
  return read.event;
}

const applicant = (id: string, changes: object = {}) => ({
  event: 'application_submitted',
  lead_id: 'L1',
  applicant_id: id,
  application_id: 'a1',
  first_name: 'Ana',
  last_name: 'Ruiz',
  email: 'ana@example.com',
  phone: '+15125550143',
  unit: '4B',
  ...changes,
});

/** As it is asked after the person of this event was forgotten. */
function sinceOf(event: BoomEvent): (key: string) => string | null {
  const { strong, unit } = storedKeys('main', event, 0);
  const marks = event.application?.id ? [applicationMark('main', event.application.id)] : [];
  const keys = new Set([...lastingKeys([...strong, ...(unit === null ? [] : [unit])]), ...marks]);
  return (key) => (keys.has(key) ? AT : null);
}

const WITHOUT_IDS = { lead_id: null, applicant_id: null };

describe('whoever was forgotten', () => {
  it('is known by any id of Boom’s, and without ids by name and application', () => {
    const first = eventOf(applicant('p1'));
    const since = sinceOf(first);
    const known = (body: object) => isForgotten('main', eventOf(body), 0, since);
    expect(known(applicant('p1', { application_id: 'a9' }))).toBe(true);
    expect(known(applicant('p1'))).toBe(true);
    expect(known(applicant('p1', { applicant_id: null, application_id: null }))).toBe(true);
    expect(known(applicant('p1', WITHOUT_IDS))).toBe(true);
    expect(known(applicant('p1', { ...WITHOUT_IDS, first_name: 'Ben' }))).toBe(false);
    expect(isForgotten('other', first, 0, since)).toBe(false);
  });

  it('is not taken for somebody of the same name in the same application who has ids of their own', () => {
    const since = sinceOf(eventOf(applicant('p1')));
    expect(isForgotten('main', eventOf(applicant('p2', { lead_id: 'L2' })), 0, since)).toBe(false);
  });

  it('is somebody new in an application that is none of those of before', () => {
    const since = sinceOf(eventOf(applicant('p1')));
    const anew = eventOf(applicant('p2', { application_id: 'a2' }));
    expect(isForgotten('main', anew, 0, since)).toBe(false);
    const missed = { ...anew, application: { ...anew.application, createdAt: '2026-11-01T00:00:00.000Z' } };
    expect(isForgotten('main', missed as BoomEvent, 0, since)).toBe(true);
    expect(isForgotten('main', eventOf(applicant('p2')), 0, since)).toBe(true);
  });

  it('leaves nothing but the outcome, and the others whom the event names untouched', () => {
    const event = eventOf(applicant('p1'));
    const since = sinceOf(event);
    const stripped = JSON.stringify(withoutForgotten('main', event, since));
    for (const text of ['Ana', 'Ruiz', 'ana@', '5550143', 'p1', 'L1']) expect(stripped).not.toContain(text);
    expect(stripped).toContain('application_submitted');
    const two = { ...event, people: [...event.people, ...event.people] };
    const [gone, other] = withoutPeople(two, [0]).people;
    expect(gone).toMatchObject({ forgotten: true, email: null });
    expect(other).toEqual(event.people[0]);
  });

  it('is asked about once: an event that names nobody who was forgotten is the same one', () => {
    const event = eventOf(applicant('p1'));
    expect(withoutForgotten('main', event, () => null)).toBe(event);
  });
});
