import { describe, expect, it } from 'vitest';
import { strandsIn, toConfirm, toUndo } from '../../src/project/joins.ts';
import { leaving } from '../../src/project/sides.ts';
import { ANA, enrollmentOf, event, history, person } from './events.ts';

const screening = (application: string, changes: object = {}) =>
  event('applicant_submitted', { people: [{ ...ANA, ...changes }], application: { id: application } });
const reporting = (id: string) =>
  event('enrollment_approved', {
    people: [
      person({ customerId: id, firstName: 'Ana', lastName: 'Ruiz', email: ANA.email, phone: ANA.phone }),
    ],
    enrollment: enrollmentOf(`e-${id}`),
  });
const at = (eventId: number) => ({ eventId, position: 0 });

describe('how a tenant hangs together', () => {
  const [early, other] = [screening('a1'), screening('a2', { externalId: null, applicantId: 'x9' })];

  it('is told by strands, each held together by strong keys', () => {
    const strands = strandsIn(
      history([
        [0, early],
        [1, reporting('c1')],
        [2, screening('a7')],
        [3, other],
      ]),
    );
    expect(strands.map((s) => [s.about, s.weak, s.mentions.map((m) => m.eventId)])).toEqual([
      ['screening', false, [1, 3]],
      ['rent reporting', true, [2]],
      ['screening', true, [4]],
    ]);
  });

  it('is confirmed by naming one of each strand, the sure one first', () => {
    const strands = strandsIn(
      history([
        [0, reporting('c1')],
        [1, early],
        [2, other],
      ]),
    );
    expect(toConfirm(strands)).toMatchObject([at(2), at(1), at(3)]);
  });

  it('is undone by setting the rent reporting apart, and where there is none, the other screening', () => {
    const events = history([
      [0, early],
      [1, other],
      [2, reporting('c1')],
    ]);
    expect(toUndo(strandsIn(events))).toMatchObject([at(1), at(3)]);
    expect(toUndo(strandsIn(events.slice(0, 2)))).toMatchObject([at(1), at(2)]);
  });
});

describe('what leaves with a split', () => {
  const mention = (eventId: number, changes: object) => ({
    eventId,
    position: 0,
    event: event('applicant_submitted', {
      people: [person({ firstName: 'Ana', lastName: 'Ruiz', ...changes })],
    }),
  });
  const ids = (mentions: { eventId: number }[]) => mentions.map(({ eventId }) => eventId);

  it('is what is named and all that its ids join to it', () => {
    const mentions = [
      mention(1, { applicantId: 'x1' }),
      mention(2, { applicantId: 'x2' }),
      mention(3, { applicantId: 'x2', leadId: 'l2' }),
      mention(4, { leadId: 'l2' }),
      mention(5, { applicantId: 'x5' }),
    ];
    expect(ids(leaving(mentions, at(1), [at(2)]))).toEqual([2, 3, 4]);
  });

  it('is not what the same ids join to what stays', () => {
    const mentions = [1, 2, 3, 4].map((id) => mention(id, { externalId: 'both' }));
    expect(ids(leaving(mentions, at(1), [at(2), at(3)]))).toEqual([2, 3]);
  });

  it('is what a delivery without ids says, where the unit ties it to what leaves', () => {
    const unit = { id: null, externalId: null, title: '5C', property: null, address: null };
    const inUnit = (eventId: number, changes: object, application: string | null) => ({
      eventId,
      position: 0,
      event: event('applicant_submitted', {
        people: [person({ firstName: 'Ana', lastName: 'Ruiz', email: 'ana@example.com', ...changes })],
        application: { id: application, unit },
      }),
    });
    const mentions = [
      mention(1, { applicantId: 'x1' }),
      inUnit(2, { applicantId: 'x2' }, 'a2'),
      inUnit(3, {}, null),
    ];
    expect(ids(leaving(mentions, at(1), [at(2)]))).toEqual([2, 3]);
  });
});
