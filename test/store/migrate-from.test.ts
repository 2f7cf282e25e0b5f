/** A database of every schema that there ever was, with rows in every table, is brought up to date, and keeps them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate, openDatabase, schemaState } from '../../src/store/database.ts';
import { migrationNames, migrationSource } from '../../src/store/migration-source.ts';
import { temporaryFolder } from '../support/store.ts';

const NAMES = migrationNames();
const ROWS = 3;

interface Column {
  name: string;
  type: string;
  pk: number;
}

type Rows = Record<string, Record<string, unknown>[]>;

async function at(count: number): Promise<Knex> {
  const knex = await openDatabase(join(temporaryFolder(), 'data', 'boomsync.sqlite'));
  onTestFinished(() => knex.destroy());
  const source = migrationSource();
  await knex.migrate.latest({
    migrationSource: { ...source, getMigrations: async () => NAMES.slice(0, count) },
  });
  return knex;
}

async function tables(knex: Knex): Promise<string[]> {
  const found: { name: string }[] = await knex.raw(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'knex_%' order by name",
  );
  return found.map(({ name }) => name);
}

const columns = async (knex: Knex, table: string): Promise<Column[]> =>
  await knex.raw(`pragma table_info(${table})`);

/** As much of a tenant's record as a migration reads. */
const RECORD = {
  applications: [{ leasing: 'declined', left: false, decidedAt: '2026-11-05T09:00:00.000Z' }],
  enrollments: [{ reporting: 'approved', since: '2026-11-06T09:00:00.000Z' }],
  residencies: [],
  weaklyJoined: true,
};

/** Columns that hold JSON, whatever it says. */
const JSON_COLUMN =
  /^(record|known|plan|pushed|answers|candidates|normalised|changes|before|args|result|report|items|body|intent|quiet_trouble)$/;

function value(table: string, { name, type }: Column, n: number): unknown {
  if (/int|bool/i.test(type)) return name === 'is_locked' ? 0 : n;
  if (name === 'day') return `2026-11-0${n}`;
  if (/(_at|_until|^at|^since|^until|_since)$/.test(name)) return `2026-11-0${n}T08:00:00.000Z`;
  if (table === 'tenants' && name === 'record') return JSON.stringify({ ...RECORD, n });
  if (table === 'outbox' && name === 'message') return JSON.stringify({ kept: n });
  return JSON_COLUMN.test(name) ? JSON.stringify({ kept: `${table}.${name}`, n }) : `${table}-${name}-${n}`;
}

async function fill(knex: Knex): Promise<void> {
  // A session belongs to a user of the same number.
  for (const table of (await tables(knex)).sort((a, b) => Number(b === 'users') - Number(a === 'users'))) {
    await knex(table).del();
    const all = await columns(knex, table);
    for (let n = 1; n <= ROWS; n += 1)
      await knex(table).insert(
        Object.fromEntries(all.map((column) => [column.name, value(table, column, n)])),
      );
  }
}

async function contents(knex: Knex): Promise<Rows> {
  const rows: Rows = {};
  for (const table of await tables(knex)) {
    const all = await columns(knex, table);
    const keys = all.filter(({ pk }) => pk > 0).map(({ name }) => name);
    rows[table] = await knex(table).orderBy(keys.length > 0 ? keys : all.map(({ name }) => name));
  }
  return rows;
}

describe('a database of an earlier schema', () => {
  it.each(NAMES.slice(0, -1).map((name, index) => [name, index + 1] as const))(
    'after %s keeps every row and every value of it',
    async (_, count) => {
      const knex = await at(count);
      await fill(knex);
      const before = await contents(knex);
      const { ran, backup } = await migrate(knex);
      expect(ran).toEqual(NAMES.slice(count));
      expect(existsSync(backup ?? '')).toBe(true);
      expect((await schemaState(knex)).pending).toEqual([]);

      const after = await contents(knex);
      for (const [table, rows] of Object.entries(before)) {
        expect(after[table]?.length, table).toBe(ROWS);
        rows.forEach((row, index) => {
          const found = after[table]?.[index] ?? {};
          const kept = Object.fromEntries(Object.keys(row).map((column) => [column, found[column]]));
          expect(kept, table).toEqual(row);
        });
      }
      expect(await knex.raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(await knex.raw('pragma foreign_key_check')).toEqual([]);
    },
  );

  it('gets of what was there what its new columns say', async () => {
    const knex = await at(NAMES.indexOf('0002_tenants_and_sync') + 1);
    await fill(knex);
    await migrate(knex);
    expect(await knex('tenants').first('reporting', 'notice_due_at', 'weakly_joined')).toEqual({
      reporting: 'approved',
      weakly_joined: 1,
      notice_due_at: '2026-11-05T09:00:00.000Z',
    });
    expect(await knex('inbox').first('filed')).toEqual({ filed: 1 });
  });

  it('comes to the same tables as one that is made anew', async () => {
    const schema = async (knex: Knex) =>
      Object.fromEntries(
        await Promise.all(
          (await tables(knex)).map(
            async (table) =>
              [table, (await columns(knex, table)).map(({ name, type }) => `${name} ${type}`)] as const,
          ),
        ),
      );
    const older = await at(1);
    await fill(older);
    await migrate(older);
    expect(await schema(older)).toEqual(await schema(await at(NAMES.length)));
  });
});
