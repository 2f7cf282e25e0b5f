import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { boomSays } from '../../src/conform/acts.ts';
import { createHomes } from '../../src/conform/home.ts';
import { ANA, reporting, screening } from '../../src/conform/people.ts';
import { openRig, type Rig } from '../../src/conform/rig.ts';
import { loadSubject } from '../../src/conform/subject.ts';
import type { Kind } from '../../src/connect/contract.ts';
import { tasksOf } from '../../src/operate/tasks.ts';
import { acknowledged, isTask } from '../../src/reconcile/acknowledge.ts';
import type { SyncState } from '../../src/store/sync.ts';
import { connectionOf, faultsOf, scopeOf } from '../connect/support.ts';

const WHO = 'Ana Ruiz, unit 4B';
const FIELDS = 'name Ana Ruiz, e-mail ana.ruiz@example.com, phone +15125550143, unit 4B';

const homes = await createHomes();
afterAll(() => homes.remove());
const loaded = await loadSubject('checklist');
if (!loaded.ok) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
const { subject } = loaded;

async function open(): Promise<Rig> {
  const rig = await openRig(subject, homes);
  onTestFinished(() => rig.close());
  return rig;
}

async function tasks(rig: Rig, kind: Kind): Promise<SyncState[]> {
  return (await rig.states()).filter((state) => isTask(state) && state.kind === kind);
}

/** What there is to be done, in sentences. */
async function told(rig: Rig, kind: Kind = 'applicant'): Promise<string[]> {
  const plans = (await tasks(rig, kind)).map(({ plan }) => plan);
  return plans.flatMap((plan) => (plan === null ? [] : tasksOf(plan, WHO, rig.connection.label)));
}

async function tick(rig: Rig, kind: Kind = 'applicant'): Promise<void> {
  for (const task of await tasks(rig, kind))
    await rig.stores.sync.saveState(acknowledged(task, rig.now().toISOString()));
  await rig.recheck();
  await rig.drain();
}

async function applied(rig: Rig): Promise<void> {
  await rig.deliver(screening('application_submitted', ANA, rig.now()));
  await rig.drain();
}

describe('a checklist', () => {
  it('needs no credentials and no address, and is live from the start', async () => {
    expect(await faultsOf({ connector: 'checklist', server: null, credentials: {} })).toEqual([]);
    expect(
      await connectionOf({ connector: 'checklist', server: null, credentials: {}, mode: null }),
    ).toMatchObject({ mode: 'live' });
    const addressed = await faultsOf({
      connector: 'checklist',
      server: 'https://example.com',
      credentials: {},
    });
    expect(addressed.map(({ path }) => path)).toEqual(['server']);
  });

  it('names a unit by its property, and where there is no name by its address', async () => {
    const connection = await connectionOf({ connector: 'checklist', server: null, credentials: {} });
    const unit = { id: null, externalId: null, title: null, property: null, address: '12 Oak Street' };
    expect(await connection.desire('applicant', scopeOf())).toMatchObject({ unit: 'Oak Street / 4B' });
    expect(await connection.desire('tenant', scopeOf({ unit }))).toMatchObject({ unit: '12 Oak Street' });
  });

  it('tells an application and its decision, each until somebody says that it is done', async () => {
    const rig = await open();
    await applied(rig);
    expect(await told(rig)).toEqual([`In your system add ${WHO}: ${FIELDS}`]);
    await tick(rig);
    expect(await told(rig)).toEqual([]);

    await boomSays(rig, 'application_approved', ANA);
    await rig.drain();
    expect(await told(rig)).toEqual([`In your system set ${WHO}, to approved`]);
    await tick(rig);

    await boomSays(rig, 'application_updated', { ...ANA, phone: '+15125550166' });
    await rig.drain();
    expect(await told(rig)).toEqual([`In your system change for ${WHO}: phone +15125550166`]);
    expect(rig.server.seen).toEqual([]);
  });

  it('has a conditional approval written down, and never set', async () => {
    const rig = await open();
    await applied(rig);
    await tick(rig);
    await boomSays(rig, 'application_conditionally_approved', ANA);
    await rig.drain();
    expect(await told(rig)).toEqual([
      expect.stringMatching(/^In your system write down for .*conditional approval on/),
    ]);
  });

  it('tells of a resident whom rent reporting knows', async () => {
    const rig = await open();
    await rig.deliver(screening('application_approved', ANA, rig.now()));
    await rig.deliver(reporting('customer_registered', ANA), reporting('enrollment_approved', ANA));
    await rig.drain();
    expect(await told(rig, 'tenant')).toEqual([
      `In your system add ${WHO}: ${FIELDS}`,
      expect.stringContaining('Rent reporting: active since'),
    ]);
  });

  it('asks nobody to add an application that has ended, or an applicant who lives there', async () => {
    const rig = await open();
    await rig.deliver(screening('application_declined', ANA, rig.now()));
    await rig.drain();
    expect(await told(rig)).toEqual([]);
    expect(await rig.states()).toMatchObject([{ state: 'skipped', cause: 'ended' }]);
  });

  it('goes by the name that the landlord gives it', async () => {
    const named = { connector: 'checklist', server: null, credentials: {}, label: 'TenantCloud' };
    expect((await connectionOf(named)).label).toBe('TenantCloud');
  });
});
