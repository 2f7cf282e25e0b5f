/** The parts of knex that have no types of their own and that `sqlite-client.ts` builds on. */

declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  import type { Database } from 'better-sqlite3';
  import { Knex } from 'knex';

  export interface RunningQuery {
    sql: string;
    bindings?: unknown[];
    response?: unknown;
    context?: { lastID: number | bigint; changes: number };
  }

  class BetterSqliteClient extends Knex.Client {
    override acquireRawConnection(): Promise<Database>;
    _query(connection: Database, query: RunningQuery): Promise<RunningQuery>;
    _formatBindings(bindings: unknown[] | undefined): unknown[];
  }
  export default BetterSqliteClient;
}

declare module 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js' {
  import type { Database } from 'better-sqlite3';
  import type { Knex } from 'knex';

  class SqliteTransaction {
    constructor(client: Knex.Client, container: unknown, config?: unknown, outerTx?: unknown);
    client: Knex.Client;
    trxClient: Knex.Client;
    readOnly?: boolean;
    begin(connection: Database): Promise<unknown>;
  }
  export default SqliteTransaction;
}
