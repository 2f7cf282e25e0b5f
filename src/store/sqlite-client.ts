/**
 * knex's better-sqlite3 dialect with what a durable store needs on top: settings on every open, write
 * transactions that begin IMMEDIATE, prepared statements that are kept, and a connection that is given up
 * after an I/O error.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { Knex } from 'knex';
import BetterSqliteClient, { type RunningQuery } from 'knex/lib/dialects/better-sqlite3/index.js';
import SqliteTransaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import pRetry from 'p-retry';
import { sqliteCode } from './store-unavailable.ts';

/** Enough for every statement of the program and one insert per batch size. */
const STATEMENTS_KEPT = 256;

interface Settings {
  filename: string;
  options?: { readonly?: boolean };
  /** How long SQLite itself waits for a lock. It stalls the event loop for that long. */
  busyTimeout: number;
}

export class SqliteClient extends BetterSqliteClient {
  override async acquireRawConnection(): Promise<Database> {
    const connection = await super.acquireRawConnection();
    try {
      const { busyTimeout, options } = this.connectionSettings as Settings;
      configure(connection, busyTimeout, options?.readonly === true);
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  override transaction(container: unknown, config: unknown, outerTx: unknown): Knex.Transaction {
    return new ImmediateTransaction(this, container, config, outerTx) as unknown as Knex.Transaction;
  }

  override async _query(connection: Database, query: RunningQuery): Promise<RunningQuery> {
    if (!query.sql) throw new Error('The query is empty');
    try {
      const statement = statementFor(connection, query.sql);
      const bindings = this._formatBindings(query.bindings);
      if (statement.reader) {
        query.response = statement.all(bindings);
      } else {
        const result = statement.run(bindings);
        query.response = result;
        query.context = { lastID: result.lastInsertRowid, changes: result.changes };
      }
      return query;
    } catch (error) {
      if (isIoError(error)) giveUp(connection);
      throw error;
    }
  }
}

/** knex's own transactions are deferred: one that reads first and then writes fails at once with BUSY_SNAPSHOT. */
class ImmediateTransaction extends SqliteTransaction {
  override begin(connection: Database): Promise<unknown> {
    const readonly = this.readOnly || connection.readonly;
    // Rejects rather than settling the transaction, so that its container never runs without one.
    return retryWhileBusy(() => this.trxClient.query(connection, readonly ? 'BEGIN;' : 'BEGIN IMMEDIATE;'));
  }
}

/** Waits between the tries without holding the thread; gives up after a second or two. */
async function retryWhileBusy<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  return await pRetry(work, {
    retries: 5,
    factor: 2,
    minTimeout: 20,
    maxTimeout: 300,
    randomize: true,
    shouldRetry: ({ error }) => isBusy(error),
  });
}

export interface Query {
  sql: string;
  bindings: readonly unknown[];
}

/**
 * Asks for one query after the other, is handed the rows of each, and returns its result. A statement without
 * rows answers with one that holds the id of the last row it inserted.
 */
export type Steps<Result> = Generator<Query, Result, unknown[]>;

/**
 * A write transaction from begin to commit in one go, past knex, whose own costs half a millisecond more. For
 * the one place where that counts; the same steps can be run one by one in a knex transaction elsewhere.
 */
export async function writeAtOnce<Result>(knex: Knex, steps: () => Steps<Result>): Promise<Result> {
  const client = knex.client as SqliteClient;
  const connection: Database = await client.acquireConnection();
  try {
    return await retryWhileBusy(() => runAtOnce(connection, steps()));
  } catch (error) {
    if (isIoError(error)) giveUp(connection);
    throw error;
  } finally {
    await client.releaseConnection(connection);
  }
}

function runAtOnce<Result>(connection: Database, steps: Steps<Result>): Result {
  statementFor(connection, 'BEGIN IMMEDIATE;').run();
  try {
    let step = steps.next();
    while (!step.done) {
      step = steps.next(answerTo(statementFor(connection, step.value.sql), step.value.bindings));
    }
    statementFor(connection, 'COMMIT;').run();
    return step.value;
  } finally {
    // SQLite has rolled back by itself after some errors.
    if (connection.inTransaction) statementFor(connection, 'ROLLBACK;').run();
  }
}

function answerTo(statement: Statement<unknown[]>, bindings: readonly unknown[]): unknown[] {
  return statement.reader ? statement.all(bindings) : [{ lastId: statement.run(bindings).lastInsertRowid }];
}

function isBusy(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_BUSY');
}

function isIoError(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_IOERR');
}

/** After a failed write or sync nobody knows what the page cache holds: the pool closes and reopens it. */
function giveUp(connection: Database): void {
  Object.assign(connection, { __knex__disposed: 'an I/O error' });
}

const statements = new WeakMap<Database, Map<string, Statement<unknown[]>>>();

function statementFor(connection: Database, sql: string): Statement<unknown[]> {
  let kept = statements.get(connection);
  if (kept === undefined) {
    kept = new Map();
    statements.set(connection, kept);
  }
  const known = kept.get(sql);
  if (known !== undefined) return known;

  const statement = connection.prepare<unknown[]>(sql);
  if (/^\s*(create|alter|drop|pragma|vacuum)\b/i.test(sql)) {
    kept.clear();
    return statement;
  }
  if (kept.size >= STATEMENTS_KEPT) {
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      break;
    }
  }
  kept.set(sql, statement);
  return statement;
}

function configure(connection: Database, busyTimeout: number, readonly: boolean): void {
  connection.pragma(`busy_timeout = ${busyTimeout}`);
  connection.pragma('foreign_keys = ON');
  if (readonly) return;
  // Takes effect only before the first page, which switching to WAL writes; later it would be a write for nothing.
  const isNew = connection.pragma('page_count', { simple: true }) === 0;
  if (isNew) connection.pragma('auto_vacuum = INCREMENTAL');
  const mode = connection.pragma('journal_mode = WAL', { simple: true });
  // The library's build falls back to NORMAL for a WAL file, which loses the last commits with the power.
  connection.pragma('synchronous = FULL');
  const synchronous = connection.pragma('synchronous', { simple: true });
  if (mode !== 'wal' || synchronous !== 2) {
    throw new Error(
      `SQLite keeps journal_mode=${mode} and synchronous=${synchronous}, not WAL and FULL. Put the data folder on a local disk.`,
    );
  }
  connection.pragma('secure_delete = ON');
}
