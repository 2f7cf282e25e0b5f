/** The real server, killed at every step that a delivery takes. */
import { describe, expect, it } from 'vitest';
import { NIGHTLY } from '../support/profile.ts';
import { survive } from './campaign.ts';
import { makeTemplate } from './landlord.ts';
import { dieAt, STEPS } from './steps.ts';

/** Two people come with each kill, so that the second write is not the one that is reset. */
const EVERYBODY = Math.ceil((STEPS.length * 2) / 3);

describe('a server that is killed at a named step', () => {
  it('loses nothing that it acknowledged and makes nobody twice, whatever the step', async () => {
    const campaign = { template: await makeTemplate(), people: EVERYBODY };
    const { outcome: uninterrupted } = await survive([], campaign);
    const points = STEPS.map((step) => dieAt(step));
    const { outcome, reached } = await survive(points, campaign);
    expect(reached).toEqual(points.map(({ name }) => name));
    expect(outcome).toEqual(uninterrupted);
    console.info(`${reached.length} kills at named steps`);
  });
});
