import { describe, expect, it } from 'vitest';
import { noticeDueAt } from '../../src/store/notices.ts';
import { aboutAna } from '../support/buildium.ts';
import { openTestStore } from '../support/store.ts';
import { planOf } from './plan-of.ts';

describe('a notice that may be due', () => {
  it('is told of a decline and of a conditional approval, and of each person concerned', async () => {
    const { deliver, project, stores } = await openTestStore();
    await deliver(aboutAna('application_declined', 1));
    await deliver(
      aboutAna('application_conditionally_approved', 1, {
        first_name: 'Ben',
        last_name: 'Sosa',
        email: 'ben@example.com',
        phone: null,
        application_id: 'a2',
        external_id: 'ext-ben',
      }),
    );
    await deliver(
      aboutAna('application_approved', 1, {
        first_name: 'Cara',
        last_name: 'Tran',
        email: 'cara@example.com',
        phone: null,
        application_id: 'a3',
        external_id: 'ext-cara',
      }),
    );
    await project();
    const due = await stores.notices.due({ limit: 10 });
    expect(due.map(({ record }) => record.person.firstName)).toEqual(['Ana', 'Ben']);
    expect(await stores.notices.count()).toBe(2);
  });

  it('is no longer told once it was seen to, until a later decision', async () => {
    const { deliver, project, stores } = await openTestStore();
    await deliver(aboutAna('application_declined', 1));
    await project();
    const [notice] = await stores.notices.due({ limit: 1 });
    const id = notice?.record.id ?? '';
    expect(await stores.notices.seen(id)).toBe(1);
    expect(await stores.notices.seen(id)).toBe(0);
    await deliver(
      aboutAna('application_updated', 2, { email: 'ana.new@example.com', application_status: 'declined' }),
    );
    await project();
    expect(await stores.notices.count()).toBe(0);
    await deliver(aboutAna('application_decision_reverted', 3));
    await deliver(aboutAna('application_declined', 4));
    await project();
    expect(await stores.notices.count()).toBe(1);
  });

  it('is taken back with the decision', async () => {
    const { deliver, project, stores } = await openTestStore();
    await deliver(aboutAna('application_declined', 1));
    await project();
    await deliver(aboutAna('application_decision_reverted', 2));
    await project();
    expect(await stores.notices.due({ limit: 10 })).toEqual([]);
  });

  it('is none of an application that the person has left', async () => {
    const { deliver, project, tenants } = await openTestStore();
    await deliver(aboutAna('application_declined', 1));
    await project();
    const [tenant] = await tenants();
    if (tenant === undefined) throw new Error('there is nobody');
    expect(noticeDueAt(tenant)).not.toBeNull();
    expect(
      noticeDueAt({ applications: tenant.applications.map((one) => ({ ...one, left: true })) }),
    ).toBeNull();
  });

  it('is counted by its index alone, as are Boom’s own failed pushes and rent reporting', async () => {
    const { knex, stores } = await openTestStore();
    const notices = await planOf(knex, () => stores.notices.count());
    expect(notices).toBe('SCAN tenants USING COVERING INDEX tenants_notice_due');
    const pushes = await planOf(knex, () => stores.tenants.countPushFailures());
    expect(pushes).toBe('SCAN tenants USING COVERING INDEX tenants_push_failed');
    const reporting = await planOf(knex, () => stores.reporting.count());
    expect(reporting).toBe('SCAN tenants USING COVERING INDEX tenants_reporting');
    expect(await planOf(knex, () => stores.notices.due({ limit: 5 }))).not.toContain('TEMP B-TREE');
  });
});
