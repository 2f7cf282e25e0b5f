/** Forgetting somebody in a whole boomsync: what stands where before and after, in every byte of its folder. */
import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { story } from '../../../src/boom/story.ts';
import type { Receipt } from '../../../src/operate/forget/receipt.ts';
import { openTombstones } from '../../../src/operate/forget/tombstones.ts';
import { lastingKeys } from '../../../src/project/forgotten.ts';
import { filesWith } from '../../support/bytes.ts';
import { type Landlord, startLandlord } from '../../support/landlord.ts';

const AT = '2026-11-21T12:00:00.000Z';
const BODIES = story(new Date(Date.UTC(2026, 10, 20))).map(({ body }) => body);
const EMAIL = 'maya.torres@demo.example.com';
const PHONE = '5125550163';
const ROSA = 'rosa.torres@demo.example.com';

async function ask(
  landlord: Landlord,
  name: string,
  args: object,
  at = new Date(),
): Promise<Record<string, unknown>> {
  const { commands } = landlord.stores;
  const id = await commands.ask(name, args, at.toISOString());
  for (;;) {
    const result = await commands.take(id);
    if (result !== undefined) return result as Record<string, unknown>;
    await new Promise((turn) => setTimeout(turn, 20));
  }
}

async function idOf({ stores }: Landlord, email: string): Promise<string> {
  const found = (await stores.tenants.list({})).find(({ record }) => record.person.email === email);
  return found?.record.id ?? 'nobody';
}

async function withStory(): Promise<Landlord> {
  const landlord = await startLandlord({ oak: ['units: { 4B: 10231 }'] });
  await landlord.tell(...BODIES);
  return landlord;
}

const data = ({ folder }: Landlord) => join(folder, 'data');
const forgetHer = async (landlord: Landlord, backups = false) =>
  (await ask(landlord, 'forget', {
    tenantId: await idOf(landlord, EMAIL),
    backups,
    who: 'terminal',
  })) as unknown as Receipt;

describe('forgetting', () => {
  it('leaves nothing of the person in any byte of the folder, and the others as they were', async () => {
    const landlord = await withStory();
    const [maya, rosa] = [await idOf(landlord, EMAIL), await idOf(landlord, ROSA)];
    const before = await landlord.stores.tenants.get(rosa);
    for (const text of [EMAIL, PHONE, 'Maya'])
      expect(filesWith(data(landlord), text), text).toContain('boomsync.sqlite-wal');
    for (const file of ['rent-roll.csv', 'applicants.csv', '.applicants.kept.json'])
      expect(filesWith(data(landlord), EMAIL)).toContain(file);

    const receipt = await forgetHer(landlord);
    expect(receipt).toMatchObject({ tenantId: maya, clean: true, why: 'asked' });
    await landlord.settled();

    for (const text of [EMAIL, PHONE, 'Maya']) expect(filesWith(data(landlord), text), text).toEqual([]);
    expect(await landlord.stores.tenants.get(maya)).toBeNull();
    expect(await landlord.stores.tenants.get(rosa)).toEqual(before);
    expect(filesWith(data(landlord), ROSA)).not.toEqual([]);
  });

  it('is carried out by the next start where it was cut short', async () => {
    const landlord = await withStory();
    // As a process that was killed after the tombstone leaves it.
    const other = await idOf(landlord, 'derek.olsen@demo.example.com');
    const { keys } = await landlord.stores.forget.traces(other);
    openTombstones(data(landlord)).add({ at: AT, account: 'main', why: 'asked', keys: lastingKeys(keys) });
    expect(await ask(landlord, 'forget_again', {})).toEqual({ tenants: 1, unreadable: 0 });
    expect(await landlord.stores.tenants.get(other)).toBeNull();
    expect(await ask(landlord, 'forget_again', {})).toEqual({ tenants: 0, unreadable: 0 });
    expect(filesWith(data(landlord), 'derek.olsen@')).toEqual([]);
  });

  it('lists the records in a PMS, and leaves them there', async () => {
    const landlord = await withStory();
    const receipt = await forgetHer(landlord);
    expect(receipt.pms.map(({ connection }) => connection)).toEqual(['oak']);
    const held = JSON.stringify(await landlord.stores.sync.states([receipt.tenantId]));
    expect(held).toBe('[]');
  });

  it('keeps what was decided and when, and a receipt, that name nobody', async () => {
    const landlord = await withStory();
    const { id } = await forgetHer(landlord);
    const file = join(data(landlord), 'forgotten', `${id}.receipt.json`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ id });
    for (const name of ['key', `${id}.json`, `${id}.receipt.json`])
      expect(statSync(join(data(landlord), 'forgotten', name)).mode & 0o777).toBe(0o600);
    const [one] = await landlord.stores.forget.all();
    expect(one).toMatchObject({ id, why: 'asked' });
    const [entry] = await landlord.stores.peopleLog.list({ limit: 1 });
    expect(entry).toMatchObject({ what: 'forgot', who: 'terminal' });
  });

  it('keeps nothing of a late delivery, and makes nobody of it', async () => {
    const landlord = await withStory();
    await forgetHer(landlord);
    const count = await landlord.stores.tenants.count();
    await landlord.tell(...BODIES.map((body) => ({ ...body, request_id: randomUUID() })));
    expect(await idOf(landlord, EMAIL)).toBe('nobody');
    expect(await landlord.stores.tenants.count()).toBe(count);
    for (const text of [EMAIL, PHONE, 'Maya']) expect(filesWith(data(landlord), text), text).toEqual([]);
  });

  it('makes the same tenants again of what stays', async () => {
    const landlord = await withStory();
    await forgetHer(landlord);
    const again = await ask(landlord, 'replay', { tenantId: null, failed: false, dryRun: true });
    expect(again.replay).toMatchObject({ failed: 0, changed: [], added: [], gone: [] });
  });

  it('deletes the backups too where it is told to, once there is a new one', async () => {
    const landlord = await withStory();
    await ask(landlord, 'backup', { to: null });
    expect(filesWith(data(landlord), EMAIL).some((file) => file.startsWith('backups/'))).toBe(true);
    const receipt = await forgetHer(landlord, true);
    expect(receipt).toMatchObject({ copies: [], erased: [expect.stringContaining('backups')] });
    expect(filesWith(data(landlord), EMAIL)).toEqual([]);
    expect(filesWith(data(landlord), ROSA).some((file) => file.startsWith('backups/'))).toBe(true);
  });

  it('forgets by itself who never moved in, once their time is over, and nobody else', async () => {
    let at = new Date();
    const landlord = await startLandlord({ withoutOak: true, now: () => at });
    await landlord.tell(...BODIES);
    const before = await landlord.stores.tenants.count();
    const run = (dryRun: boolean) => ask(landlord, 'forget_applicants', { dryRun }, at);
    expect(await run(false)).toMatchObject({ applicants: 0 });
    at = new Date(at.getTime() + 27 * 31 * 24 * 60 * 60_000);
    expect(await run(true)).toMatchObject({ applicants: 1 });
    expect(await run(false)).toMatchObject({ applicants: 1 });
    expect(await idOf(landlord, 'derek.olsen@demo.example.com')).toBe('nobody');
    expect(await landlord.stores.tenants.count()).toBe(before - 1);
    const [entry] = await landlord.stores.peopleLog.list({ limit: 1 });
    expect(entry).toMatchObject({ what: 'forgot', who: 'retention' });
  });

  it('says where copies stand, and when they are gone', async () => {
    const landlord = await withStory();
    await ask(landlord, 'backup', { to: null });
    const { copies } = await forgetHer(landlord);
    expect(copies).toMatchObject([{ goneBy: expect.stringMatching(/^20/) }]);
  });

  it('does nothing to somebody who is held, until they are released', async () => {
    const landlord = await withStory();
    const tenantId = await idOf(landlord, EMAIL);
    const asked = { tenantId, reason: 'a claim', who: 'terminal' };
    expect(await ask(landlord, 'legal_hold', asked)).toMatchObject({ already: false });
    expect(await ask(landlord, 'legal_hold', asked)).toMatchObject({ already: true });
    expect(await forgetHer(landlord)).toMatchObject({ error: expect.stringContaining('You hold') });
    expect(await idOf(landlord, EMAIL)).toBe(tenantId);
    await ask(landlord, 'legal_release', asked);
    expect(await forgetHer(landlord)).toMatchObject({ tenantId });
  });
});
