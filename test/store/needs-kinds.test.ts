import { describe, expect, it } from 'vitest';
import { aboutAna } from '../support/buildium.ts';
import { openTestStore } from '../support/store.ts';
import { planOf } from './plan-of.ts';

const AT = '2026-11-20T13:00:00.000Z';

describe('messages of a kind that nobody knows', () => {
  it('are told by kind, the one that came last first, until the kind is dismissed', async () => {
    const { deliver, project, stores } = await openTestStore();
    await deliver({ ...aboutAna('application_approved', 1), event: 'pet_added' });
    await deliver(aboutAna('application_approved', 1));
    await deliver({ ...aboutAna('application_approved', 1), event: 'parking_assigned' });
    await deliver({ ...aboutAna('application_approved', 2), event: 'pet_added' });
    await project();
    const open = async () =>
      (await stores.unknownKinds.open({ limit: 10 })).map(({ wireEvent, count, newest }) => [
        wireEvent,
        count,
        newest,
      ]);
    expect(await open()).toEqual([
      ['pet_added', 2, 4],
      ['parking_assigned', 1, 3],
    ]);
    expect(await stores.unknownKinds.open({ limit: 1 })).toMatchObject([{ wireEvent: 'pet_added' }]);
    await stores.unknownKinds.dismiss('pet_added', AT);
    await stores.unknownKinds.dismiss('pet_added', AT);
    expect(await open()).toEqual([['parking_assigned', 1, 3]]);
  });

  it('are none of those that a person put aside', async () => {
    const { deliver, knex, project, stores } = await openTestStore();
    const id = await deliver(aboutAna('application_approved', 1));
    await project();
    await knex('inbox').where({ id }).update({ status: 'failed', detail: 'not read' });
    expect(await stores.inbox.putAside(id)).toBe(1);
    expect(await stores.unknownKinds.open({ limit: 10 })).toEqual([]);
  });

  it('are found by an index of them alone', async () => {
    const { knex, stores } = await openTestStore();
    const plan = await planOf(knex, () => stores.unknownKinds.open({ limit: 5 }));
    expect(plan).toContain('inbox USING COVERING INDEX inbox_unknown');
  });
});
