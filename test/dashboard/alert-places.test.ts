/** Whatever an alert links to stands under Needs you, with something to do about it. */
import { Fragment, h } from 'preact';
import { render } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import type { At, Frame } from '../../src/dashboard/contract.ts';
import { needsYouPage } from '../../src/dashboard/pages/needs-you/page.tsx';
import { readNeeds } from '../../src/dashboard/pages/needs-you/read.ts';
import { CAUSE_KINDS, causesOf } from '../../src/operate/alerts/causes.ts';
import { parkedGroups, parkedKey } from '../../src/operate/alerts/parked.ts';
import { PARKED_CAUSES } from '../../src/operate/remedies.ts';
import { readStatus, type Status } from '../../src/operate/status.ts';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { type ConnectionHealth, healthName } from '../../src/store/connections.ts';
import { english } from '../../src/words/en/english.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';
import { aboutNth } from '../support/people.ts';

const DAY = 24 * 60 * 60_000;

/** A home in which everything is wrong at once. */
async function allWrong(kind: ConnectionHealth['kind']): Promise<{ rig: MemoryRig; at: At; status: Status }> {
  const rig = await memoryRig({}, { find: 'none', readBack: false });
  const { stores, now, knex } = rig;
  const began = now().toISOString();
  await rig.deliver(aboutAna('application_submitted', 1));
  await rig.deliver(aboutAna('application_submitted', 2));
  await rig.deliver(aboutNth(3, 'application_submitted'));
  await rig.drain();
  const [one, two] = await knex('inbox').orderBy('id').select('id');
  await knex('inbox').where({ id: one.id }).update({ status: 'failed' });
  await knex('inbox').where({ id: two.id }).update({ status: 'quarantined' });
  // The first has a record that asks whether it is one person already.
  await knex('tenants').update({ push_failed_at: began, weakly_joined: 1 });
  const gap = await stores.uptime.openGap('2026-11-03T14:02:00.000Z', '2026-11-03T14:31:00.000Z', () => []);
  const [gapId, since] = [gap.id, gap.from];
  const reading = { account: 'main', gapId, since, until: gap.to, baseline: false, covers: true };
  const resync = await stores.resyncs.begin({ ...reading, startedAt: began });
  await stores.resyncs.save({ ...resync, finishedAt: began });
  const { id } = await knex('tenants').orderBy('ordinal').first('id');
  for (const [n, cause] of Object.keys(PARKED_CAUSES).entries()) {
    const record = { tenantId: id, connection: 'memory', kind: 'applicant', place: `of-${n}` } as const;
    await stores.sync.saveState({ ...freshState(record, began), state: 'parked', cause });
  }
  for (const [name, why] of [
    ['memory', kind],
    [healthName('main'), 'unauthorized'],
  ] as const)
    await stores.connections.save({
      name,
      state: 'broken',
      kind: why,
      message: 'It refused our key.',
      remedy: 'Replace the key.',
      since: began,
      waitUntil: null,
      probes: 1,
    });
  rig.pass(31);
  const config = {
    accounts: [
      { name: 'main', api: {} },
      { name: 'unheard', api: null },
    ],
    timezone: 'UTC',
    backup: { schedule: null, keep: { daily: 1, weekly: 0 }, folder: rig.folder, passphrase: null },
    configDir: rig.folder,
  } as unknown as At['config'];
  const connections = () => [rig.connection];
  const server = { running: true, address: null };
  const read = await readStatus({ stores, connections: connections(), config, server, now });
  const silence = { lastAt: began, silentMs: 19 * DAY, usualGapMs: 2 * DAY, quiet: true };
  const status: Status = {
    ...read,
    backup: { ...read.backup, overdue: true },
    boom: { ...read.boom, silence },
  };
  const who = { name: 'Test owner', role: 'owner', key: null, session: null } as const;
  const at = { stores, config, connections, status: async () => status, now, who, words: english };
  return { rig, at: at as unknown as At, status };
}

/** What stands in the element of this id, as far as the next of its kind. */
function placeOf(html: string, id: string): string {
  const found = [...html.matchAll(new RegExp(`<(section|article)[^>]* id="${id}"`, 'g'))];
  expect(found, id).toHaveLength(1);
  const [match] = found;
  return html.slice(match?.index, html.indexOf(`</${match?.[1]}>`, match?.index));
}

it.each(['unauthorized', 'forbidden', 'transient'] as const)(
  'has a place with a remedy for every cause there is, where a PMS is away with: %s',
  async (kind) => {
    const { rig, at, status } = await allWrong(kind);
    const parked = await parkedGroups(rig.stores.needs, ['memory'], rig.now().toISOString());
    const causes = causesOf({ status, parked, timezone: 'UTC' });
    // A kind that nothing here brings about would be one that nobody has looked for on the page.
    expect(new Set(causes.map((cause) => cause.kind))).toEqual(new Set(CAUSE_KINDS));
    const keys = causes.map(({ key }) => key);
    for (const cause of Object.keys(PARKED_CAUSES)) expect(keys).toContain(parkedKey('memory', cause));

    const frame = {
      words: english,
      who: at.who,
      status,
      timezone: 'UTC',
      now: rig.now(),
      here: '/',
      said: null,
    };
    const html = render(h(Fragment, null, needsYouPage.body(await readNeeds(at), frame as Frame)));
    for (const key of keys) expect(placeOf(html, key), key).toMatch(/<button|<a class="button/);
  },
);
