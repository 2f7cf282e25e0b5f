import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { fillSearch } from '../../src/operate/fill-search.ts';
import { createLog } from '../../src/operate/log.ts';
import { aboutNth } from '../support/people.ts';
import { openTestStore } from '../support/store.ts';

it('makes everybody findable who was on record before, and ends by itself', async () => {
  const { knex, stores, deliver, project } = await openTestStore();
  for (let n = 1; n <= 60; n += 1) await deliver(aboutNth(n, 'application_approved'));
  await project();
  await knex('tenant_words').delete();
  await knex('tenants').update({ worded: 0 });
  const stop = fillSearch(stores, createLog('silent'));
  await vi.waitFor(async () =>
    expect(await knex('tenants').where({ worded: 0 }).first('id')).toBeUndefined(),
  );
  await stop();
  expect(await knex('tenant_words').where({ word: 'ruiz60' }).select('tenant_id')).toEqual([
    { tenant_id: 't60' },
  ]);
});

it('stops between two steps where it is told to', async () => {
  let steps = 0;
  const fillWords = async () => {
    steps += 1;
    return true;
  };
  const stop = fillSearch({ fillWords }, createLog('silent'));
  await stop();
  const before = steps;
  await sleep(20);
  expect(steps).toBe(before);
});
