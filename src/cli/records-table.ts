import type { CommandResult } from '../operate/commands.ts';
import { table } from './output.ts';

/** How the records stand after a command. */
export function recordsTable({ records }: CommandResult): string {
  return table(
    ['connection', 'state', 'records'],
    records.map(({ connection, state, count }) => [connection, state, count]),
  );
}
