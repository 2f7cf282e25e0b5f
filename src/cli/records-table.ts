import type { Done } from '../operate/command.ts';
import { table } from './output.ts';

/** How the records stand after a command. */
export function recordsTable({ records }: Pick<Done, 'records'>): string {
  return table(
    ['connection', 'state', 'records'],
    records.map(({ connection, state, count }) => [connection, state, count]),
  );
}
