import { expect, it } from 'vitest';
import { memoryRig } from '../support/memory.ts';
import { aboutNth } from '../support/people.ts';

const MANY = 1000;

it(`asks nothing of a PMS for ${MANY} tenants of whom nothing changed`, async () => {
  const rig = await memoryRig({ createsPerDay: MANY, concurrency: 20 });
  for (let n = 1; n <= MANY; n += 1) await rig.deliver(aboutNth(n, 'applicant_submitted'));
  await rig.drain();
  expect(rig.pms.records).toHaveLength(MANY);
  const states = await rig.states();
  expect(states.filter(({ state }) => state === 'synced')).toHaveLength(MANY);
  rig.pms.calls.length = 0;

  // A start, a day later; then the same news of everybody again.
  rig.pass(24 * 60);
  await rig.drain();
  for (let n = 1; n <= MANY; n += 1) await rig.deliver(aboutNth(n, 'applicant_submitted'));
  await rig.drain();
  expect(rig.pms.calls).toEqual([]);
}, 60_000);
