import { describe, expect, it } from 'vitest';
import { createNormaliser } from '../../src/boom/normalise.ts';
import { US } from './fixtures.ts';

const normalise = await createNormaliser();
const READ_AT = '2026-11-20T12:00:00.000Z';
const read = (event: string, object: object) => normalise({ event, read_at: READ_AT, object }, US, 'read');
const understood = (event: string, object: object) => {
  const result = read(event, object);
  if (!result.ok) throw new Error(result.reason);
  return result.event;
};

const APPLICATION = {
  id: '77',
  status: 'approved',
  unit_id: '41',
  property_id: '40',
  unit: {
    id: '41',
    title: '12',
    external_id: 'U-12',
    property: { id: '40', name: 'Elm Court', address: '4 Elm Court' },
  },
  monthly_rent_amount: { cents: 142_050, currency: 'USD' },
  desired_move_in_date: '2026-12-01T00:00:00.000Z',
  created_at: '2026-11-01T10:00:00.000Z',
  decision_at: '2026-11-12T09:14:00.000Z',
  application_updated_at: '2026-11-12T09:14:05.000Z',
  applicants: [
    {
      id: '501',
      first_name: 'Jane',
      last_name: 'Doe',
      email: 'Jane@Example.com',
      phone: '3035550101',
      external_id: 'lead-jane',
      role: 'applicant',
      application_status: 'approved',
    },
    { id: '502', first_name: 'John', last_name: 'Doe', role: 'co_signer', application_status: 'canceled' },
  ],
};

describe('a fresh read', () => {
  it('of an application names its people, each with a status of their own, its unit, its rent and its times', () => {
    expect(understood('application_read', APPLICATION)).toMatchObject({
      name: 'application_read',
      updatedAt: '2026-11-12T09:14:05.000Z',
      application: {
        id: '77',
        status: 'approved',
        unit: {
          id: '41',
          externalId: 'U-12',
          title: '12',
          property: { id: '40', externalId: null, name: 'Elm Court' },
          address: '4 Elm Court',
        },
        rent: { money: { cents: 142_050, currency: 'USD' } },
        moveInOn: '2026-12-01',
        createdAt: '2026-11-01T10:00:00.000Z',
        decidedAt: '2026-11-12T09:14:00.000Z',
      },
      people: [
        {
          applicantId: '501',
          externalId: 'lead-jane',
          email: 'jane@example.com',
          phone: '+13035550101',
          role: 'applicant',
          status: 'approved',
        },
        { applicantId: '502', firstName: 'John', role: 'co_signer', status: 'canceled' },
      ],
      notUnderstood: [],
    });
  });

  it('counts from when it was read where Boom gives no time', () => {
    expect(understood('enrollment_read', { id: '9', customer_id: '8', status: 'approved' }).updatedAt).toBe(
      READ_AT,
    );
    expect(understood('customer_read', { id: '8', first_name: 'Jane' }).updatedAt).toBe(READ_AT);
  });

  it('of an enrollment says its status and where the person lives', () => {
    const event = understood('enrollment_read', {
      id: 9,
      customer_id: 8,
      status: 'opted_out',
      move_in_date: '2026-09-01',
      monthly_rent_amount: { cents: '142050', currency: 'USD' },
      address: {
        address1: '4 Elm Court',
        address2: 'Apt 12',
        city: 'Denver',
        state_or_province: 'CO',
        postal_code: 80202,
      },
      rental_verifications: [
        { for_month: '2026-10-01' },
        { for_month: '2026-09-01' },
        { for_month: '2026-10' },
        { for_month: null },
      ],
    });
    expect(event.people[0]).toMatchObject({ customerId: '8', applicantId: null });
    expect(event.enrollment).toEqual({
      id: '9',
      status: 'opted_out',
      address: '4 Elm Court, Apt 12, Denver, CO 80202',
      rent: { money: { cents: 142_050, currency: 'USD' }, raw: '{"cents":142050,"currency":"USD"}' },
      moveInOn: '2026-09-01',
      months: ['2026-09', '2026-10'],
    });
  });

  it('of an enrollment tells apart that Boom has no month yet and that it says nothing of months', () => {
    const monthsOf = (more: object) =>
      understood('enrollment_read', { id: '9', customer_id: '8', ...more }).enrollment?.months;
    expect(monthsOf({ rental_verifications: [] })).toEqual([]);
    expect(monthsOf({})).toBeNull();
    expect(monthsOf({ rental_verifications: 'none' })).toBeNull();
  });

  it('of issues tells all that are open, none as well', () => {
    const issues = [
      { slug: 'lease_not_uploaded', title: 'Lease', description: null },
      { title: 'without a slug' },
    ];
    expect(understood('issues_read', { customer_id: '8', issues }).openIssues).toEqual([
      { slug: 'lease_not_uploaded', title: 'Lease', description: null },
    ]);
    expect(understood('issues_read', { customer_id: '8', issues: [] }).openIssues).toEqual([]);
  });

  it('of a lead joins the lead to its applicant and says the newest identity verification', () => {
    const event = understood('lead_read', {
      id: '601',
      applicant_id: '501',
      application_id: '77',
      external_id: 'lead-jane',
      updated_at: '2026-11-10T08:00:00Z',
      identity_verifications: [
        { status: 'expired', finished_at: null, updated_at: '2026-10-01T08:00:00Z' },
        { status: 'finished', finished_at: '2026-11-09T08:00:00Z', updated_at: '2026-11-09T08:00:00Z' },
      ],
    });
    expect(event.people[0]).toMatchObject({ leadId: '601', applicantId: '501', externalId: 'lead-jane' });
    expect(event.application).toMatchObject({ id: '77', status: null });
    expect(event.identityVerification).toEqual({
      status: 'finished',
      finishedAt: '2026-11-09T08:00:00.000Z',
    });
  });

  it.each([
    [
      'the target',
      { application_id: '77', details: { merged_application_ids: ['70', 71] } },
      { targetId: '77', mergedIds: ['70', '71'] },
    ],
    [
      'a source',
      { application_id: '70', details: { target_application_id: '77' } },
      { targetId: '77', mergedIds: ['70'] },
    ],
    ['nothing but itself', { application_id: '77', details: {} }, null],
  ])('of a merge that was logged with %s says what went where', (_, entry, merge) => {
    const event = understood('activity_read', {
      id: '1',
      event_type: 'application_merged',
      occurred_at: READ_AT,
      ...entry,
    });
    expect(event.merge).toEqual(merge);
  });

  it("of the log tells decisions and Boom's own pushes with their errors", () => {
    const decision = understood('activity_read', {
      id: 5,
      application_id: '77',
      event_type: 'decision_made',
      occurred_at: '2026-11-12T09:14:00Z',
      details: { status: 'approved', decision_at: '2026-11-12T09:13:59Z' },
    });
    expect(decision).toMatchObject({
      updatedAt: '2026-11-12T09:14:00.000Z',
      application: { id: '77', status: 'approved', decidedAt: '2026-11-12T09:13:59.000Z' },
    });
    const push = understood('activity_read', {
      id: 6,
      application_id: '77',
      event_type: 'push_applicants_to_property_management_system',
      occurred_at: '2026-11-12T10:00:00Z',
      details: { status: 'failed', error: 'unit not found', applicant_id: 501 },
    });
    expect(push).toMatchObject({
      push: { status: 'failed', error: 'unit not found' },
      people: [{ applicantId: '501' }],
      application: { status: null },
    });
  });

  it.each([
    ['application_read', { status: 'approved' }],
    ['enrollment_read', { customer_id: '8' }],
    ['enrollment_read', { id: '9' }],
    ['customer_read', { first_name: 'Jane' }],
    ['lead_read', {}],
    ['issues_read', { issues: [] }],
    ['activity_read', { event_type: 'decision_made' }],
    ['application_approved', APPLICATION],
  ])('%s without what makes it one is failed, not guessed: %j', (event, object) => {
    expect(read(event, object).ok).toBe(false);
  });

  it('is never taken from a delivery: Boom cannot send a name of ours', () => {
    expect(normalise({ event: 'application_read', read_at: READ_AT, object: APPLICATION }, US)).toMatchObject(
      {
        ok: false,
        ignored: true,
      },
    );
  });

  it('keeps the rest where one field has a form that we do not know', () => {
    const event = understood('application_read', { ...APPLICATION, status: 5, monthly_rent_amount: ['odd'] });
    expect(event.application).toMatchObject({ id: '77', status: null, rent: null });
    expect(event.notUnderstood).toEqual(['monthly_rent_amount', 'status']);
  });
});

describe('a correction', () => {
  it('names people by the events that named them', () => {
    const body = {
      event: 'tenants_same',
      people: [
        { event_id: 5, position: 0 },
        { event_id: 17, position: 1 },
      ],
    };
    const result = normalise(body, US, 'correction');
    expect(result.ok && result.event).toMatchObject({
      name: 'tenants_same',
      people: [],
      correction: {
        people: [
          { eventId: 5, position: 0 },
          { eventId: 17, position: 1 },
        ],
      },
    });
  });

  it.each([
    [{ event: 'tenants_same', people: [{ event_id: 5, position: 0 }] }],
    [{ event: 'application_approved', people: [] }],
    [{ event: 'tenants_different' }],
  ])('that says nothing usable is failed: %j', (body) => {
    expect(normalise(body, US, 'correction').ok).toBe(false);
    expect(normalise(body, US).ok).toBe(false);
  });
});
