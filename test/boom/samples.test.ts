import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { createNormaliser, type Normalise } from '../../src/boom/normalise.ts';
import { sampleOf } from '../../src/boom/samples.ts';
import { delivery, eventOf } from './fixtures.ts';

let normalise: Normalise;
beforeAll(async () => {
  normalise = await createNormaliser();
});

describe('the samples', () => {
  it.each(EVENT_NAMES)('%s is understood in full', (name) => {
    expect(eventOf(normalise, sampleOf(name))).toMatchObject({ name, notUnderstood: [] });
  });

  it.each(EVENT_NAMES)('%s has the fields of the documented delivery', (name) => {
    const documented = new Set([...Object.keys(delivery(name)), 'request_id']);
    expect(new Set(Object.keys(sampleOf(name)))).toEqual(documented);
  });

  it('are a new delivery each time, or one with the request id that is asked for', () => {
    const [one, other] = [sampleOf('enrollment_approved'), sampleOf('enrollment_approved')];
    expect(one.request_id).not.toBe(other.request_id);
    expect({ ...one, request_id: 0 }).toEqual({ ...other, request_id: 0 });
    expect(sampleOf('enrollment_approved', 'again').request_id).toBe('again');
  });

  it("are nobody else's to change", () => {
    const sample = sampleOf('application_under_review');
    (sample.applicants as object[]).pop();
    expect(sampleOf('application_under_review').applicants).toHaveLength(2);
  });

  it('name invented people only, each in one spelling', () => {
    const people = EVENT_NAMES.flatMap((name) => eventOf(normalise, sampleOf(name)).people);
    const phones = new Map<string, string>();
    for (const { firstName, lastName, email, phone } of people) {
      if (phone === null) continue;
      expect(email).toMatch(/@example\.com$/);
      expect(phone).toMatch(/^\+151255501\d\d$/);
      const name = `${firstName} ${lastName}`;
      expect(phones.get(phone) ?? name).toBe(name);
      phones.set(phone, name);
    }
    expect(phones.size).toBe(8);
  });

  it('carry one person by the same ids through every event', () => {
    const events = EVENT_NAMES.map((name) => eventOf(normalise, sampleOf(name)));
    const idsOf = (email: string, key: 'externalId' | 'applicantId' | 'customerId' | 'leadId') =>
      new Set(
        events
          .flatMap((event) => event.people)
          .filter((person) => person.email === email && person[key] !== null)
          .map((person) => person[key]),
      );
    expect([...idsOf('ana.ruiz@example.com', 'externalId')]).toEqual(['oak-street-4b-ana']);
    expect([...idsOf('ana.ruiz@example.com', 'applicantId')]).toEqual(['sample-applicant-ana']);
    expect([...idsOf('ana.ruiz@example.com', 'customerId')]).toEqual(['sample-customer-ana']);
    expect([...idsOf('cara.lindqvist@example.com', 'leadId')]).toEqual(['sample-lead-cara']);
    expect([...idsOf('cara.lindqvist@example.com', 'externalId')]).toEqual(['oak-street-3c-cara']);
    expect([...idsOf('eli.novak@example.com', 'leadId')]).toEqual(['sample-lead-eli']);
  });
});
