/** Whatever way a row has gone, its request id is known. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { type Delivery, type EventStatus, Inbox } from '../../src/store/inbox.ts';
import { appending } from '../../src/store/inbox-append.ts';
import { writeAtOnce } from '../../src/store/sqlite-client.ts';

let folder: string;
let file: string;
let knex: Knex;
let inbox: Inbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boomsync-unfiled-'));
  file = join(folder, 'boomsync.sqlite');
  knex = await openDatabase(file);
  await migrate(knex);
  inbox = new Inbox(knex);
});

afterEach(async () => {
  await knex.destroy();
  rmSync(folder, { recursive: true, force: true });
});

function numbered(from: number, to = from): Delivery[] {
  return Array.from({ length: to - from + 1 }, (_, at) => ({
    account: 'main',
    source: 'webhook',
    requestId: `r${from + at}`,
    wireEvent: 'application_approved',
    bodyHash: `h${from + at}`,
    body: '{}',
    receivedAt: '2026-11-12T09:30:00.000Z',
  }));
}

async function mark(status: EventStatus, from: number, to = from): Promise<void> {
  await inbox.markProjected(
    Array.from({ length: to - from + 1 }, (_, at) => ({
      id: from + at,
      status,
      detail: null,
      tenantId: null,
      normalised: null,
      projectedAt: '2026-11-12T09:31:00.000Z',
    })),
  );
}

async function filed(): Promise<number[]> {
  return (await knex('inbox').where({ filed: 1 }).orderBy('id').select('id')).map((row) => row.id);
}

/** The first row's repeat, and another body under its request id, as this inbox answers them. */
async function asked(of = inbox) {
  const [first] = numbered(1) as [Delivery];
  const [repeat, other] = await of.appendAll([first, { ...first, bodyHash: 'other' }]);
  const [row] = await of.byIds([other?.id ?? 0]);
  return { repeat, other: row?.status };
}

const KNOWN = { repeat: { status: 'duplicate', id: 1 }, other: 'quarantined' };

describe('a request id is known', () => {
  test('while its event waits, without being in the index', async () => {
    await inbox.appendAll(numbered(1));
    expect(await filed()).toEqual([]);
    expect(await asked()).toEqual(KNOWN);
    // The one that contradicts waits for nobody.
    expect(await filed()).toEqual([2]);
  });

  test.each(['projected', 'ignored', 'failed'] as const)('once it is %s', async (status) => {
    await inbox.appendAll(numbered(1));
    await mark(status, 1);
    expect(await filed()).toEqual([1]);
    expect(await asked()).toEqual(KNOWN);
  });

  test('to the next start, whether it was projected or not', async () => {
    await inbox.appendAll(numbered(1));
    expect(await asked(new Inbox(knex))).toEqual(KNOWN);
    await mark('projected', 1);
    expect(await asked(new Inbox(knex))).toMatchObject({ repeat: KNOWN.repeat });
  });

  test('when its event is due again, here and to the next start', async () => {
    await inbox.appendAll(numbered(1));
    await mark('failed', 1);
    await inbox.requeue([1]);
    expect(await asked()).toEqual(KNOWN);
    expect((await new Inbox(knex).appendAll(numbered(1)))[0]).toEqual(KNOWN.repeat);
  });

  test('when a statement that knows nothing of filing has moved it, there and back', async () => {
    await inbox.appendAll(numbered(1));
    await knex('inbox').update({ status: 'projected' });
    expect((await new Inbox(knex).appendAll(numbered(1)))[0]).toEqual(KNOWN.repeat);
    await knex('inbox').update({ status: 'received' });
    expect(await asked()).toEqual(KNOWN);
    expect((await new Inbox(knex).appendAll(numbered(1)))[0]).toEqual(KNOWN.repeat);
  });

  test('when another process stored it', async () => {
    await inbox.appendAll(numbered(7));
    const other = await openDatabase(file);
    await new Inbox(other).appendAll([...numbered(1), { ...(numbered(2)[0] as Delivery), requestId: null }]);
    expect((await inbox.appendAll(numbered(1)))[0]).toEqual({ status: 'duplicate', id: 2 });
    expect((await new Inbox(other).appendAll(numbered(7)))[0]).toEqual({ status: 'duplicate', id: 1 });
    await other.destroy();
  });

  test('only from the commit on: what was rolled back was never there', async () => {
    const bad = { ...(numbered(2)[0] as Delivery), account: null as unknown as string };
    await expect(inbox.appendAll([...numbered(1), bad])).rejects.toThrow('NOT NULL');
    expect(await inbox.appendAll(numbered(1))).toEqual([{ status: 'stored', id: 1 }]);
    expect(await asked()).toEqual(KNOWN);
  });

  test('no longer once its row is gone', async () => {
    await inbox.appendAll(numbered(1, 2));
    await knex('inbox').where({ id: 1 }).del();
    const [again] = await inbox.appendAll([{ ...(numbered(1)[0] as Delivery), bodyHash: 'other' }]);
    expect(await inbox.byIds([again?.id ?? 0])).toMatchObject([{ id: 3, status: 'received' }]);
  });

  test('among thousands, of which some were projected and forgotten meanwhile', async () => {
    for (let from = 1; from <= 4_000; from += 500) {
      await inbox.appendAll(numbered(from, from + 499));
      if (from > 500) await mark('projected', from - 500, from - 1);
    }
    const answers = await inbox.appendAll(numbered(1, 4_001));
    expect(answers.slice(0, 4_000)).toEqual(
      Array.from({ length: 4_000 }, (_, at) => ({ status: 'duplicate', id: at + 1 })),
    );
    expect(answers[4_000]?.status).toBe('stored');
  });

  test('when so many wait that no more are remembered', async () => {
    const MOST = 50_000;
    for (let from = 1; from <= MOST; from += 5_000) await inbox.appendAll(numbered(from, from + 4_999));
    expect(await filed()).toEqual([]);
    await inbox.appendAll(numbered(MOST + 1, MOST + 2));
    expect(await filed()).toEqual([MOST + 1, MOST + 2]);
    for (const known of [1, MOST, MOST + 2]) {
      expect(await inbox.appendAll(numbered(known))).toEqual([{ status: 'duplicate', id: known }]);
    }
    // There is room again once some have been projected.
    await mark('projected', 1, MOST);
    for (const id of [MOST + 3, MOST + 4]) await inbox.appendAll(numbered(id));
    expect(
      await knex('inbox')
        .where({ id: MOST + 4 })
        .first('filed'),
    ).toEqual({ filed: 0 });
  });
});

test('who appends without a memory may not bring request ids', async () => {
  await expect(writeAtOnce(knex, () => appending(numbered(1)))).rejects.toThrow('request id');
  expect(await inbox.count()).toBe(0);
});
