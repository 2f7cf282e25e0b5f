import { describe, expect, it } from 'vitest';
import { Turns, turnKeys } from '../../src/reconcile/turns.ts';
import { aboutAna } from '../support/buildium.ts';
import { memoryRig } from '../support/memory.ts';

const person = { firstName: 'Ana', lastName: 'Ruiz', email: 'Ana@example.com', phone: '+1 512 555 0143' };

describe('turns', () => {
  it('are shared by e-mail address, phone and name, however they are spelt', () => {
    const spelt = { firstName: 'ANA', lastName: 'ruiz', email: 'ana@EXAMPLE.com', phone: '(512) 555-0143' };
    expect(turnKeys(person)).toEqual(turnKeys(spelt));
    expect(turnKeys({ firstName: null, lastName: null, email: null, phone: null })).toEqual([]);
  });

  it('come one after the other for who shares a key, and side by side for others', async () => {
    const turns = new Turns();
    const log: string[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const said =
      (name: string, until = Promise.resolve()) =>
      async () => {
        log.push(`${name} begins`);
        await until;
        log.push(`${name} ends`);
      };
    const first = turns.take(['email:a', 'phone:1'], said('first', gate));
    const second = turns.take(['phone:1', 'name:x'], said('second'));
    const third = turns.take(['name:x'], said('third'));
    await turns.take(['email:b'], said('other'));
    expect(log).toEqual(['first begins', 'other begins', 'other ends']);
    open();
    await Promise.all([first, second, third]);
    expect(log.slice(3)).toEqual([
      'first ends',
      'second begins',
      'second ends',
      'third begins',
      'third ends',
    ]);
  });

  it('go on after one that failed', async () => {
    const turns = new Turns();
    const failed = turns.take(['a'], () => Promise.reject(new Error('broken')));
    const next = turns.take(['a'], async () => 'done');
    await expect(failed).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});

describe('two tenants who are one person', () => {
  it('and share phone and name alone make one record', async () => {
    const rig = await memoryRig({ concurrency: 4 });
    const { connector } = rig.connection;
    const find: typeof connector.find = async (kind, { phone, firstName, lastName }) =>
      rig.pms.records
        .filter(({ fields }) => fields.phone === phone && fields.name === `${firstName} ${lastName}`)
        .filter((record) => record.kind === kind)
        .map(({ id, fields }) => ({ id, fields: { ...fields } }));
    const create: typeof connector.create = async (kind, fields, key, who) => {
      await new Promise((resolve) => setImmediate(resolve));
      return await connector.create(kind, fields, key, who);
    };
    rig.reconnect({ ...rig.connection, connector: { ...connector, find, create } });
    for (const email of ['one@example.com', 'two@example.com', 'three@example.com'])
      await rig.deliver(
        aboutAna('applicant_submitted', 1, { email, application_id: email, external_id: `ext-${email}` }),
      );
    await rig.drain();
    expect(rig.pms.records).toHaveLength(1);
    expect((await rig.states()).map(({ cause }) => cause).sort()).toEqual(['ambiguous', 'ambiguous', null]);
  });
});
