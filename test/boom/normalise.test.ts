import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { createNormaliser, type Normalise } from '../../src/boom/normalise.ts';
import { EXPECTED } from './expected.ts';
import { delivery, eventOf, form, namesIn, US } from './fixtures.ts';

let normalise: Normalise;
beforeAll(async () => {
  normalise = await createNormaliser();
});

describe('the documented deliveries', () => {
  it.each(EVENT_NAMES)('%s comes to what Boom means by it', async (name) => {
    const body = delivery(name);
    const before = structuredClone(body);
    const event = eventOf(normalise, body);
    expect(event).toMatchObject({ name, requestId: body.request_id ?? null, ...EXPECTED[name] });
    expect(event.notUnderstood).toEqual([]);
    expect(body).toEqual(before);
    await expect(`${JSON.stringify(event, null, 2)}\n`).toMatchFileSnapshot(
      `../fixtures/boom/normalised/${name}.json`,
    );
  });

  it.each(EVENT_NAMES)('%s has a value or null in every place, never undefined', (name) => {
    const event = eventOf(normalise, delivery(name));
    expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event);
  });

  it('keep nothing of pets, memos, delinquency, banks, links or secret addresses', () => {
    const kept = EVENT_NAMES.map((name) => JSON.stringify(eventOf(normalise, delivery(name)))).join();
    for (const word of ['one cat', 'spoke to', 'blurred', 'delinquency', 'NOWHERE', 'https:', 'mistake']) {
      expect(kept).not.toContain(word);
    }
  });
});

describe('the neighbouring forms', () => {
  it.each(namesIn('forms'))('%s', (name) => {
    const { body, text, account = US, sameAs, expect: part = {}, notUnderstood, says } = form(name);
    const event = eventOf(normalise, text === undefined ? body : JSON.parse(text), account);
    expect(event, says).toMatchObject(part);
    if (notUnderstood) expect(event.notUnderstood, says).toEqual(notUnderstood);
    if (sameAs) {
      const documented = { ...eventOf(normalise, delivery(sameAs)), notUnderstood: notUnderstood ?? [] };
      expect(JSON.stringify(event), says).toBe(JSON.stringify(documented));
    }
  });
});

describe('what cannot become an event', () => {
  const person = { first_name: 'Jane', last_name: 'Doe' };
  it.each<[string, unknown, boolean, string]>([
    [
      'an unknown event',
      { event: 'lease_signed' },
      true,
      'Boom sent lease_signed, an event that we do not know',
    ],
    [
      'an event whose name could be anything',
      { event: 'Jane Doe, 12 May' },
      true,
      'Boom sent something without a proper name, an event that we do not know',
    ],
    ['no event', { customer_id: '1' }, false, 'the body does not say which event it is'],
    ['an event that is no text', { event: 7 }, false, 'the body does not say which event it is'],
    ['text', 'application_approved', false, 'the body is not an object'],
    ['null', null, false, 'the body is not an object'],
    ['a list', [1], false, 'the body does not say which event it is'],
    [
      'an enrollment without its customer',
      { event: 'enrollment_approved', enrollment_id: 1 },
      false,
      'enrollment_approved came without customer_id, and cannot be used without it',
    ],
    [
      'a customer in an odd form',
      { event: 'customer_registered', customer_id: { secret: 'Jane' } },
      false,
      'the customer_id of customer_registered has a form that we do not know, and the event cannot be used without it',
    ],
    [
      'an enrollment without its id',
      { event: 'enrollment_moved_out', customer_id: 1, enrollment_id: '' },
      false,
      'enrollment_moved_out came without enrollment_id, and cannot be used without it',
    ],
    [
      'a furnishment without its bureau',
      { event: 'furnishment_finished', customer_id: 1, enrollment_id: 2 },
      false,
      'furnishment_finished came without bureau, and cannot be used without it',
    ],
    [
      'an issue without its slug',
      { event: 'issue_pending', customer_id: 1, enrollment_id: 2, title: 'x' },
      false,
      'issue_pending came without slug, and cannot be used without it',
    ],
    [
      'a verification without its kind',
      { event: 'enrollment_verification_rejected', customer_id: 1, enrollment_id: 2 },
      false,
      'enrollment_verification_rejected came without kind, and cannot be used without it',
    ],
    [
      'a merge without its target',
      { event: 'application_merged', merged_application_ids: [1] },
      false,
      'application_merged came without target_application_id, and cannot be used without it',
    ],
    [
      'a merge of more applications than anybody has',
      {
        event: 'application_merged',
        target_application_id: 1,
        merged_application_ids: Array.from({ length: 101 }, (__, id) => id + 2),
      },
      false,
      'application_merged names more than 100 applications',
    ],
  ])('%s', (_, body, ignored, reason) => {
    expect(normalise(body, US)).toEqual({ ok: false, ignored, reason });
  });

  it.each([
    'applicant_submitted',
    'applicant_receipt',
    'applicant_invite_followup',
    'identity_verification_finished',
  ] as const)('%s that names nobody, though it names the application', (event) => {
    const body = { event, id: '3001', application_id: '3001', status: 'started', role: 'applicant' };
    expect(normalise(body, US)).toEqual({
      ok: false,
      ignored: false,
      reason: `${event} names nobody: it has no applicant_id, lead_id, external_id, name, email or phone that we can read`,
    });
    expect(normalise({ ...body, ...person }, US).ok).toBe(true);
  });

  it('an event of an application that names neither it nor anybody', () => {
    expect(normalise({ event: 'application_approved', status: 'approved' }, US).ok).toBe(false);
    expect(normalise({ event: 'application_under_review', status: 'submitted' }, US).ok).toBe(false);
  });

  it('an invitation of which only the one who invited is known', () => {
    const inviting = { id: '501', ...person };
    const body = {
      event: 'applicant_invite_followup',
      id: '1',
      inviting_applicant: inviting,
      applicants: [inviting],
    };
    expect(normalise({ ...body, invited_lead: true }, US).ok).toBe(false);
    expect(normalise({ ...body, invited_lead: false }, US).ok).toBe(false);
  });
});
