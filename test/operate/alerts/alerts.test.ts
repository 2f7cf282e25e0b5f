import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AlertsConfig, ChannelConfig } from '../../../src/config/config.ts';
import { createAlerts } from '../../../src/operate/alerts/alerts.ts';
import type { Send } from '../../../src/operate/alerts/send.ts';
import { alertsState } from '../../../src/operate/alerts/state.ts';
import { readStatus } from '../../../src/operate/status.ts';
import { acknowledged } from '../../../src/reconcile/acknowledge.ts';
import type { ConnectionHealth } from '../../../src/store/connections.ts';
import type { OutboxStore } from '../../../src/store/outbox.ts';
import { aboutAna } from '../../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../../support/memory.ts';
import { type Mailbox, startMailbox, startPostbox } from './mailbox.ts';

let rig: MemoryRig;
let box: Mailbox;
let logged: string;

beforeEach(async () => {
  rig = await memoryRig({}, { byHand: true, find: 'none', readBack: false });
  box = await startMailbox();
  logged = '';
});

const log = pino(
  { base: null },
  new Writable({
    write(line, _, done) {
      logged += line;
      done();
    },
  }),
);

interface Options {
  alerts?: Partial<AlertsConfig>;
  senderOf?: (channel: ChannelConfig) => Send;
  outbox?: OutboxStore;
}

function alertsOf({ alerts = {}, senderOf, outbox }: Options = {}) {
  const config = {
    timezone: 'UTC',
    accounts: [],
    backup: { schedule: null, keep: { daily: 1, weekly: 0 }, folder: rig.folder, passphrase: null },
  };
  const asNow = { channels: [box.channel()], quietHours: null, weekly: null, heartbeat: null, ...alerts };
  const { stores, now } = rig;
  const server = { running: true, address: null };
  return createAlerts({
    alerts: () => asNow,
    timezone: config.timezone,
    stores: outbox === undefined ? stores : { ...stores, outbox },
    status: () => readStatus({ stores, connections: [rig.connection], config, server, now }),
    base: 'https://sync.example.com',
    now,
    random: () => 0.5,
    log,
    ...(senderOf ? { senderOf } : {}),
  });
}

const subjects = () => box.mails.map(({ headers }) => headers.subject);
async function breaks(kind: ConnectionHealth['kind'], message: string) {
  await rig.stores.connections.save({
    name: 'memory',
    state: kind === null ? 'working' : 'broken',
    kind,
    message: kind === null ? null : message,
    remedy: kind === null ? null : 'Replace the key.',
    since: rig.now().toISOString(),
    waitUntil: null,
    probes: 0,
  });
}
async function task(changes: object = {}) {
  await rig.deliver(aboutAna('application_approved', 1, changes));
  await rig.drain();
}
async function tick() {
  for (const state of await rig.states())
    if (state.state === 'parked')
      await rig.stores.sync.saveState(acknowledged(state, rig.now().toISOString()));
  await rig.stores.sync.makeDue({});
  await rig.drain();
}

describe('what is to be done by hand', () => {
  it('is told once as a sentence, reminded of after a day, and over when it is done', async () => {
    const alerts = alertsOf();
    await alerts.look();
    expect(box.mails).toEqual([]);
    await task();
    await alerts.look();
    await alerts.look();
    expect(subjects()).toEqual(['boomsync: One thing is to be done by hand in Memory']);
    expect(box.mails[0]?.text).toContain('In Memory set Ana Ruiz, unit 4B, to Yes');
    expect(box.mails[0]?.text).toContain('https://sync.example.com/needs-you/at/parked-memory-by_hand');
    rig.pass(23 * 60);
    await alerts.look();
    expect(box.mails).toHaveLength(1);
    rig.pass(60);
    await alerts.look();
    await alerts.look();
    expect(subjects()[1]).toBe('boomsync: Still open: One thing is to be done by hand in Memory');
    expect(box.mails).toHaveLength(2);
    await tick();
    await alerts.look();
    await alerts.look();
    expect(subjects()[2]).toBe('boomsync: Over: One thing is to be done by hand in Memory');
    expect(box.mails).toHaveLength(3);
  });

  it('is told of each further task, and of that alone', async () => {
    const alerts = alertsOf();
    await task();
    await alerts.look();
    await task({
      first_name: 'Jane',
      last_name: 'Doe',
      email: 'j@example.com',
      external_id: 'x',
      application_id: 'a2',
      unit: '5',
    });
    await alerts.look();
    await alerts.look();
    expect(subjects()).toHaveLength(2);
    expect(subjects()[1]).toBe('boomsync: 2 things are to be done by hand in Memory');
    expect(box.mails[1]?.text).toContain('In Memory set Jane Doe, unit 5, to Yes');
    expect(box.mails[1]?.text).not.toContain('Ana Ruiz');
  });

  it('names people in mail alone, as text, and in no log', async () => {
    const postbox = await startPostbox();
    const url: ChannelConfig = { kind: 'url', name: 'chat', where: '', url: postbox.url, secret: null };
    await task({ first_name: '<img src=x onerror=alert(1)>', last_name: 'Ruiz\r\nBcc: thief@example.com' });
    box.refuse = { code: 451, text: 'Ana is busy' };
    await alertsOf({ alerts: { channels: [box.channel(), url] } }).look();
    expect(postbox.posts).toHaveLength(1);
    expect(postbox.posts[0]?.text).not.toMatch(/img|Ruiz/);
    expect(logged).toContain('"error":"busy"');
    expect(logged).not.toMatch(/img|Ruiz|example\.com|Ana/);
    box.refuse = null;
    rig.pass(2);
    await alertsOf({ alerts: { channels: [box.channel(), url] } }).look();
    expect(box.mails).toHaveLength(1);
    expect(box.mails[0]?.to).toEqual(['you@example.com']);
    expect(box.mails[0]?.text).toContain('<img src=x onerror=alert(1)>');
    expect(box.mails[0]?.text).not.toMatch(/^Bcc:/m);
    expect(JSON.stringify(await rig.knex('outbox').select())).not.toMatch(/img|Ruiz/);
  });
});

describe('a connection', () => {
  it('that is refused is told at once, with its remedy', async () => {
    const alerts = alertsOf();
    await breaks('unauthorized', 'Memory refused our key.');
    await alerts.look();
    expect(subjects()).toEqual(['boomsync: Memory refused our key']);
    expect(box.mails[0]?.text).toContain('What to do: Replace the key.');
    await breaks(null, '');
    await alerts.look();
    expect(subjects()[1]).toBe('boomsync: Over: Memory refused our key');
  });

  it('that is away for a moment is told of to nobody', async () => {
    const alerts = alertsOf();
    await breaks('transient', 'Memory cannot be reached.');
    await alerts.look();
    rig.pass(29);
    await alerts.look();
    expect(box.mails).toEqual([]);
    rig.pass(2);
    await alerts.look();
    expect(subjects()).toEqual(['boomsync: Memory cannot be reached']);
  });
});

describe('quiet hours', () => {
  it('hold what happened, and say nothing of what is over by then', async () => {
    const quiet = { from: 12 * 60, to: 13 * 60 };
    const alerts = alertsOf({ alerts: { quietHours: quiet } });
    await breaks('unauthorized', 'Memory refused our key.');
    await alerts.look();
    await task();
    await alerts.look();
    await breaks(null, '');
    await alerts.look();
    expect(box.mails).toEqual([]);
    rig.pass(60);
    await alerts.look();
    expect(subjects()).toEqual(['boomsync: One thing is to be done by hand in Memory']);
  });
});

describe('the weekly word', () => {
  it('comes once a week, and not for the week in which it was set', async () => {
    const weekly = { text: 'tuesday 08:00', weekday: 2, minute: 8 * 60 };
    const alerts = alertsOf({ alerts: { weekly } });
    await task();
    await tick();
    await alerts.look();
    expect(box.mails).toEqual([]);
    rig.pass(24 * 60);
    await alerts.look();
    await alerts.look();
    expect(subjects()).toEqual(['boomsync: The one tenant is in line']);
    rig.pass(7 * 24 * 60);
    await alertsOf({ alerts: { weekly } }).look();
    expect(subjects()).toHaveLength(2);
  });
});

describe('a process that is killed', () => {
  it('between deciding and sending loses nothing', async () => {
    await task();
    let begun = false;
    const hangs = new Promise<void>((resolve) => {
      const dead = alertsOf({
        senderOf: () => async () => {
          begun = true;
          resolve();
          return await new Promise<never>(() => {});
        },
      });
      void dead.look();
    });
    await hangs;
    expect(begun).toBe(true);
    expect(box.mails).toEqual([]);
    rig.pass(2);
    await alertsOf().look();
    await alertsOf().look();
    expect(subjects()).toEqual(['boomsync: One thing is to be done by hand in Memory']);
  });

  it('between sending and keeping that sends once more at most, under the same id', async () => {
    await task();
    const dies: OutboxStore = {
      ...rig.stores.outbox,
      sent: async () => {
        throw new Error('killed');
      },
    };
    await expect(alertsOf({ outbox: dies }).look()).rejects.toThrow('killed');
    expect(box.mails).toHaveLength(1);
    rig.pass(2);
    await alertsOf().look();
    await alertsOf().look();
    expect(box.mails).toHaveLength(2);
    expect(box.mails[1]?.headers['message-id']).toBe(box.mails[0]?.headers['message-id']);
  });
});

describe('a channel that fails', () => {
  it('is tried again, later each time, while the others go on', async () => {
    const postbox = await startPostbox();
    postbox.answer = { status: 500 };
    const url: ChannelConfig = { kind: 'url', name: 'chat', where: 'host', url: postbox.url, secret: null };
    const channels = [url, box.channel()];
    const alerts = alertsOf({ alerts: { channels } });
    await task();
    const tries: number[] = [];
    for (let minute = 0; minute < 25; minute += 1) {
      const before = postbox.posts.length;
      await alerts.look();
      if (postbox.posts.length > before) tries.push(minute);
      rig.pass(1);
    }
    expect(tries).toEqual([0, 1, 6, 21]);
    expect(box.mails).toHaveLength(1);
    const config = { alerts: { channels, quietHours: null, weekly: null, heartbeat: null } };
    expect(await alertsState({ config, stores: rig.stores })).toMatchObject({
      channels: [
        {
          name: 'chat',
          where: 'host',
          waiting: 1,
          lastSentAt: null,
          failing: { error: 'transient', attempts: 4 },
        },
        { name: 'mail', kind: 'mail', waiting: 0, failing: null },
      ],
      open: [{ cause: 'parked-memory-by_hand', title: 'One thing is to be done by hand in Memory' }],
    });
    postbox.answer = { status: 200 };
    rig.pass(120);
    await alerts.look();
    expect(await rig.stores.outbox.due('chat', '9999')).toEqual([]);
  });

  it('is waited for when we stop', async () => {
    await task();
    let begin: () => void = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let end: (answer: string) => void = () => {};
    const alerts = alertsOf({
      senderOf: () => () => {
        begin();
        return new Promise<string>((resolve) => {
          end = resolve;
        });
      },
    });
    alerts.start();
    await begun;
    const stopped = alerts.stop();
    end('250');
    await stopped;
    expect(await rig.stores.outbox.due('mail', '9999')).toEqual([]);
  });
});

describe('something that a person put aside', () => {
  it('is not told of', async () => {
    await task();
    const [state] = await rig.states();
    if (state === undefined) throw new Error('no state');
    await rig.stores.sync.quiet([state], { until: null, why: 'later' });
    await alertsOf().look();
    expect(box.mails).toEqual([]);
  });
});

it('is sent of nothing that is merely tried again', async () => {
  await task();
  for (const state of await rig.states())
    await rig.stores.sync.saveState({ ...state, state: 'retrying', cause: 'transient' });
  await alertsOf().look();
  expect(box.mails).toEqual([]);
});

it('leaves the mail program out of memory until there is mail to send', () => {
  const source = resolve(import.meta.dirname, '../../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const importing = (what: RegExp) =>
    files.filter((name) => what.test(readFileSync(join(source, name), 'utf8')));
  expect(importing(/from 'nodemailer/)).toEqual([join('operate', 'alerts', 'mail.ts')]);
  expect(importing(/from '[./a-z]*\/mail\.ts'/)).toEqual([]);
});
