import { beforeEach, describe, expect, it } from 'vitest';
import type { AlertChange } from '../../src/store/alerts.ts';
import type { AlertMessage } from '../../src/store/outbox.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString();
const message = (changes: Partial<AlertMessage> = {}): AlertMessage => ({
  kind: 'opened',
  cause: 'connection-oak',
  title: 'Buildium refused our key',
  lines: [],
  personal: ['Ana Ruiz, unit 4B'],
  remedy: null,
  link: null,
  ...changes,
});

let store: TestStore;
let channels: string[];

beforeEach(async () => {
  store = await openTestStore();
  channels = ['mail', 'phone'];
});

const say = (minute: number, messages: AlertMessage[], change: Partial<AlertChange> = {}) =>
  store.stores.alerts.record({ kept: [], ended: [], messages, channels, ...change }, at(minute));
const titles = async (channel: string, minute: number) =>
  (await store.stores.outbox.due(channel, at(minute))).map(
    (row) => `${row.message.kind} ${row.message.title}`,
  );

describe('the outbox', () => {
  it('keeps a message for each channel until it is sent, and what it said no longer', async () => {
    const { outbox } = store.stores;
    await say(0, [message()]);
    const [row] = await outbox.due('mail', at(0));
    expect(row).toMatchObject({ channel: 'mail', attempts: 0, createdAt: at(0), message: message() });
    await outbox.begin(row?.id ?? 0, at(1));
    await outbox.sent(row?.id ?? 0, at(0));
    expect(await outbox.due('mail', at(60))).toEqual([]);
    expect(await outbox.due('phone', at(0))).toHaveLength(1);
    const kept = await store.knex('outbox').where({ channel: 'mail' }).first();
    expect(JSON.stringify(kept)).not.toContain('Ana');
    expect(kept).toMatchObject({ sent_at: at(0), message: null });
  });

  it('tries one whose try was begun and not heard of again when its time has come', async () => {
    const { outbox } = store.stores;
    await say(0, [message()]);
    const [row] = await outbox.due('mail', at(0));
    await outbox.begin(row?.id ?? 0, at(5));
    expect(await outbox.due('mail', at(4))).toEqual([]);
    expect(await outbox.due('mail', at(5))).toMatchObject([{ attempts: 1 }]);
  });

  it('says how each channel fares', async () => {
    const { outbox } = store.stores;
    await say(0, [message()]);
    const [mail] = await outbox.due('mail', at(0));
    await outbox.begin(mail?.id ?? 0, at(1));
    await outbox.failed(mail?.id ?? 0, 'unreachable', null);
    const [phone] = await outbox.due('phone', at(0));
    await outbox.sent(phone?.id ?? 0, at(0));
    expect(await outbox.channels()).toEqual([
      {
        channel: 'mail',
        waiting: 1,
        lastSentAt: null,
        failing: { error: 'unreachable', attempts: 1, nextAttemptAt: at(1) },
        gaveUpAt: null,
      },
      { channel: 'phone', waiting: 0, lastSentAt: at(0), failing: null, gaveUpAt: null },
    ]);
    await outbox.failed(mail?.id ?? 0, 'unreachable', at(9));
    expect((await outbox.channels())[0]).toMatchObject({ waiting: 0, failing: null, gaveUpAt: at(9) });
    expect(await outbox.due('mail', at(60))).toEqual([]);
  });

  it('says nothing at all of what was over before a word of it was sent', async () => {
    const { outbox } = store.stores;
    await say(0, [message()]);
    const [phone] = await outbox.due('phone', at(0));
    await outbox.sent(phone?.id ?? 0, at(0));
    await say(1, [message({ kind: 'ended' })]);
    expect(await titles('mail', 1)).toEqual([]);
    expect(await titles('phone', 1)).toEqual(['ended Buildium refused our key']);
  });

  it('says that it is over where somebody may have heard that it began', async () => {
    const { outbox } = store.stores;
    await say(0, [message()]);
    const [row] = await outbox.due('mail', at(0));
    await outbox.begin(row?.id ?? 0, at(1));
    await say(1, [message({ kind: 'ended' })]);
    expect(await titles('mail', 1)).toEqual([
      'opened Buildium refused our key',
      'ended Buildium refused our key',
    ]);
  });

  it('holds one reminder, the newest', async () => {
    await say(0, [message({ kind: 'reminder', cause: null, title: '2 things' })]);
    await say(1, [message({ kind: 'reminder', cause: null, title: '3 things' })]);
    expect(await titles('mail', 1)).toEqual(['reminder 3 things']);
  });

  it('drops what a channel that is gone was to say', async () => {
    await say(0, [message()]);
    await store.stores.outbox.keepChannels(['phone']);
    expect(await titles('mail', 1)).toEqual([]);
    expect(await titles('phone', 1)).toHaveLength(1);
  });

  it('forgets after a month what was sent', async () => {
    const { outbox } = store.stores;
    await say(0, [message()]);
    const [mail] = await outbox.due('mail', at(0));
    await outbox.sent(mail?.id ?? 0, at(0));
    const [phone] = await outbox.due('phone', at(0));
    await outbox.sent(phone?.id ?? 0, new Date(Date.UTC(2026, 11, 24)).toISOString());
    expect(await store.knex('outbox').select()).toEqual([]);
  });
});

describe('alerts', () => {
  const alert = { cause: 'gap-1', title: 'a gap', openedAt: at(0), saidAt: at(0), items: [] };

  it('are kept with what is to be said of them, or not at all', async () => {
    const { alerts } = store.stores;
    const broken = { ...message(), cause: { no: 'text' } } as unknown as AlertMessage;
    await expect(say(0, [broken], { kept: [alert] })).rejects.toThrow();
    expect(await alerts.open()).toEqual([]);
    expect(await titles('mail', 0)).toEqual([]);
    await say(0, [message()], { kept: [alert] });
    expect(await alerts.open()).toEqual([alert]);
    await say(1, [], { kept: [{ ...alert, saidAt: at(1), items: ['x'] }] });
    expect(await alerts.open()).toEqual([{ ...alert, saidAt: at(1), items: ['x'] }]);
    await say(2, [], { ended: ['gap-1'] });
    expect(await alerts.open()).toEqual([]);
  });

  it('remember the week of which was told', async () => {
    expect(await store.stores.alerts.week()).toBeNull();
    await say(0, [], { week: '2026-11-16' });
    await say(0, [], { week: '2026-11-23' });
    await say(1, []);
    expect(await store.stores.alerts.week()).toBe('2026-11-23');
  });
});
