import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { type Delivery, Inbox } from '../../src/store/inbox.ts';

let folder: string;
let knex: Knex;
let inbox: Inbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boomsync-inbox-'));
  knex = await openDatabase(join(folder, 'boomsync.sqlite'));
  await migrate(knex);
  inbox = new Inbox(knex);
});

afterEach(async () => {
  await knex.destroy();
  rmSync(folder, { recursive: true, force: true });
});

function delivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    account: 'main',
    source: 'webhook',
    requestId: 'r1',
    wireEvent: 'application_approved',
    bodyHash: 'hash-1',
    body: '{"event":"application_approved"}',
    receivedAt: '2026-11-12T09:30:00.000Z',
    ...changes,
  };
}

function numbered(count: number, from = 0): Delivery[] {
  return Array.from({ length: count }, (_, at) =>
    delivery({ requestId: `r${from + at}`, bodyHash: `h${from + at}`, body: `{"n":${from + at}}` }),
  );
}

describe('appending', () => {
  test('stores a delivery as it is and gives its id', async () => {
    const [appended] = await inbox.appendAll([delivery()]);
    expect(appended).toEqual({ status: 'stored', id: 1 });
    expect(await inbox.byIds([1])).toEqual([
      {
        id: 1,
        account: 'main',
        source: 'webhook',
        requestId: 'r1',
        wireEvent: 'application_approved',
        bodyHash: 'hash-1',
        body: '{"event":"application_approved"}',
        normalised: null,
        status: 'received',
        detail: null,
        tenantId: null,
        receivedAt: '2026-11-12T09:30:00.000Z',
        projectedAt: null,
      },
    ]);
  });

  test('answers in the order of the deliveries, over several statements', async () => {
    await inbox.appendAll(numbered(3));
    const appended = await inbox.appendAll(numbered(350));
    expect(appended.map((it) => it.status)).toEqual([
      ...Array(3).fill('duplicate'),
      ...Array(347).fill('stored'),
    ]);
    expect(appended.map((it) => it.id)).toEqual(Array.from({ length: 350 }, (_, at) => at + 1));
    const stored = await inbox.byIds(appended.map((it) => it.id));
    expect(stored.map((it) => it.body)).toEqual(numbered(350).map((it) => it.body));
  });

  test('knows a repeat by account, request id and body', async () => {
    await inbox.appendAll([delivery()]);
    expect(await inbox.appendAll([delivery({ receivedAt: '2027-11-12T09:30:00.000Z' })])).toEqual([
      { status: 'duplicate', id: 1 },
    ]);
    expect(await inbox.appendAll([delivery({ account: 'other' })])).toEqual([{ status: 'stored', id: 2 }]);
  });

  test('knows repeats within one batch', async () => {
    expect(await inbox.appendAll([delivery(), delivery({ requestId: 'r2' }), delivery()])).toEqual([
      { status: 'stored', id: 1 },
      { status: 'stored', id: 2 },
      { status: 'duplicate', id: 1 },
    ]);
  });

  test('quarantines a known request id with another body, across batches and within one', async () => {
    await inbox.appendAll([delivery()]);
    const other = delivery({ bodyHash: 'hash-2', body: '{"other":true}' });
    expect(await inbox.appendAll([other, other])).toEqual([
      { status: 'stored', id: 2 },
      { status: 'duplicate', id: 2 },
    ]);
    await inbox.appendAll([delivery({ requestId: 'x' }), delivery({ requestId: 'x', bodyHash: 'hash-3' })]);
    const rows = await inbox.byIds([1, 2, 3, 4]);
    expect(rows.map((it) => it.status)).toEqual(['received', 'quarantined', 'received', 'quarantined']);
    expect(rows[1]?.detail).toMatch(/used this request id before.+another body/);
    expect(rows[1]?.body).toBe('{"other":true}');
  });

  test('counts an equal body without a request id as a repeat for ten minutes only', async () => {
    const at = (receivedAt: string) => inbox.appendAll([delivery({ requestId: null, receivedAt })]);
    expect(await at('2026-11-12T09:30:00.000Z')).toEqual([{ status: 'stored', id: 1 }]);
    expect(await at('2026-11-12T09:39:59.999Z')).toEqual([{ status: 'duplicate', id: 1 }]);
    expect(await at('2026-11-12T09:40:00.000Z')).toEqual([{ status: 'stored', id: 2 }]);
    expect(await at('2026-12-12T09:40:00.000Z')).toEqual([{ status: 'stored', id: 3 }]);
    // A clock that was a month ahead has been set right.
    expect(await at('2026-11-12T10:00:00.000Z')).toEqual([{ status: 'stored', id: 4 }]);
  });

  test('takes many without a request id in one batch', async () => {
    const unnumbered = [...numbered(150), ...numbered(150)].map((it) => ({ ...it, requestId: null }));
    const appended = await inbox.appendAll(unnumbered);
    expect(appended.filter((it) => it.status === 'stored')).toHaveLength(150);
    expect(appended.slice(150).map((it) => it.id)).toEqual(appended.slice(0, 150).map((it) => it.id));
  });

  test('never takes a correction by the landlord for a repeat', async () => {
    const correction = delivery({ source: 'correction', requestId: null });
    await inbox.appendAll([correction]);
    expect(await inbox.appendAll([correction])).toEqual([{ status: 'stored', id: 2 }]);
  });

  test('stores what could not be kept as failed', async () => {
    await inbox.appendAll([delivery({ body: null, failed: 'too deep' })]);
    expect(await inbox.byIds([1])).toMatchObject([{ body: null, status: 'failed', detail: 'too deep' }]);
  });

  test('stores all or none', async () => {
    const bad = { ...delivery({ requestId: 'bad' }), account: null as unknown as string };
    await expect(inbox.appendAll([delivery(), bad])).rejects.toThrow('NOT NULL');
    expect(await inbox.count()).toBe(0);
    expect(await inbox.appendAll([delivery()])).toEqual([{ status: 'stored', id: 1 }]);
  });

  test('never gives an id twice, even after the last row is gone', async () => {
    await inbox.appendAll(numbered(2));
    await knex('inbox').del();
    expect(await inbox.appendAll([delivery()])).toEqual([{ status: 'stored', id: 3 }]);
  });

  test('takes an empty batch', async () => {
    expect(await inbox.appendAll([])).toEqual([]);
  });
});

describe('reading', () => {
  test('finds its way by indexes, not by scanning', async () => {
    const plan = async (query: Knex.QueryBuilder) => {
      const { sql, bindings } = query.toSQL();
      const rows: { detail: string }[] = await knex.raw(`explain query plan ${sql}`, [...bindings]);
      return rows.map((row) => row.detail).join(', ');
    };
    expect(await plan(knex('inbox').where('status', 'received').orderBy('id').limit(10))).toBe(
      'SEARCH inbox USING INDEX inbox_status (status=?)',
    );
    expect(await plan(knex('inbox').where('tenant_id', 't').orderBy('id', 'desc'))).toBe(
      'SEARCH inbox USING INDEX inbox_tenant (tenant_id=?)',
    );
    expect(
      await plan(
        knex('inbox')
          .where({ account: 'a', request_id: 'r' })
          .whereRaw("(filed = 1 or status <> 'received')")
          .orderBy('id'),
      ),
    ).toContain('SEARCH inbox USING INDEX inbox_request (account=? AND request_id=?)');
    expect(
      await plan(knex('inbox').where('status', 'received').where('id', '>', 7).orderBy('id').limit(10)),
    ).toBe('SEARCH inbox USING INDEX inbox_status (status=? AND id>?)');
    expect(
      await plan(
        knex('inbox')
          .where('account', 'a')
          .whereNull('request_id')
          .whereIn('body_hash', ['h'])
          .whereBetween('received_at', ['a', 'b']),
      ),
    ).toBe(
      'SEARCH inbox USING INDEX inbox_unnumbered (account=? AND body_hash=? AND received_at>? AND received_at<?)',
    );
  });

  test('pages newest first, filters and counts', async () => {
    await inbox.appendAll(numbered(5));
    await inbox.markProjected([
      { id: 2, status: 'projected', detail: null, tenantId: 't1', normalised: '{}', projectedAt: 'now' },
      { id: 4, status: 'failed', detail: 'no name', tenantId: 't1', normalised: null, projectedAt: 'now' },
    ]);
    expect((await inbox.list({ limit: 2 })).map((it) => it.id)).toEqual([5, 4]);
    expect((await inbox.list({ limit: 2, beforeId: 4 })).map((it) => it.id)).toEqual([3, 2]);
    expect((await inbox.list({ limit: 9, tenantId: 't1' })).map((it) => it.id)).toEqual([4, 2]);
    expect(await inbox.list({ limit: 9, tenantId: 't1', status: 'failed' })).toMatchObject([
      { id: 4, detail: 'no name', tenantId: 't1' },
    ]);
    expect(Object.keys((await inbox.list({ limit: 1 }))[0] ?? {})).not.toContain('body');
    expect([await inbox.count(), await inbox.count({ status: 'received' })]).toEqual([5, 3]);
  });
});

describe('the outcome', () => {
  test('is recorded in bulk, within the transaction that is given', async () => {
    await inbox.appendAll(numbered(250));
    const outcomes = Array.from({ length: 250 }, (_, at) => ({
      id: at + 1,
      status: 'projected' as const,
      detail: null,
      tenantId: `t${at}`,
      normalised: `{"n":${at}}`,
      projectedAt: '2026-11-12T09:31:00.000Z',
    }));
    await expect(
      knex.transaction(async (trx) => {
        await inbox.markProjected(outcomes, trx);
        throw new Error('the tenants could not be written');
      }),
    ).rejects.toThrow();
    expect(await inbox.pending(300)).toHaveLength(250);

    await knex.transaction((trx) => inbox.markProjected(outcomes, trx));
    expect(await inbox.pending(300)).toEqual([]);
    expect(await inbox.byIds([250, 1])).toMatchObject([
      { id: 1, tenantId: 't0', normalised: '{"n":0}', status: 'projected' },
      { id: 250, tenantId: 't249', normalised: '{"n":249}', projectedAt: '2026-11-12T09:31:00.000Z' },
    ]);
  });

  test('can be taken back, for some or for all that failed', async () => {
    await inbox.appendAll(numbered(3));
    const failed = (id: number) => ({
      id,
      status: 'failed' as const,
      detail: 'no name',
      tenantId: null,
      normalised: null,
      projectedAt: 'now',
    });
    await inbox.markProjected([failed(1), failed(2), failed(3)]);
    expect(await inbox.requeue([2, 99])).toBe(1);
    expect((await inbox.pending(9)).map((it) => it.id)).toEqual([2]);
    expect(await inbox.requeue('unused')).toBe(2);
    expect(await inbox.pending(2)).toMatchObject([{ id: 1, detail: null, projectedAt: null }, { id: 2 }]);
  });
});
