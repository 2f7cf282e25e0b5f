/** The timeline: what Boom said and what it changed, what was sent and whether the PMS shows it. */

import { z } from 'zod';
import type { Connection } from '../../../connect/connection.ts';
import { fieldValue } from '../../../operate/records.ts';
import { CHANGED } from '../../../operate/tenant-changes.ts';
import type { HistoryEntry, HistoryPage } from '../../../operate/tenant-history.ts';
import type { StoredAttempt } from '../../../store/attempts.ts';

export const historyEntry = z.discriminatedUnion('entry', [
  z.object({
    entry: z.literal('event'),
    at: z.string(),
    eventId: z.number(),
    event: z.string(),
    changes: z.array(
      z.object({ what: z.enum(CHANGED), from: z.string().nullable(), to: z.string().nullable() }),
    ),
    more: z.boolean(),
  }),
  z.object({
    entry: z.literal('attempt'),
    at: z.string(),
    attemptId: z.number(),
    connection: z.string(),
    label: z.string(),
    action: z.enum(['create', 'adopt', 'update', 'decide', 'note', 'look', 'undo']),
    /** `done`: the PMS shows it · `sent`: nobody knows · `failed`. */
    outcome: z.enum(['done', 'sent', 'failed']),
    message: z.string().nullable(),
    changes: z.array(z.object({ field: z.string(), from: fieldValue, to: fieldValue })),
    undoneAt: z.string().nullable(),
    /** Whether it can be asked to be taken back. */
    undoable: z.boolean(),
  }),
]);
export type HistoryEntryView = z.output<typeof historyEntry>;
export type AttemptView = Extract<HistoryEntryView, { entry: 'attempt' }>;

export function historyView(
  { entries, next }: HistoryPage,
  connections: readonly Connection[],
): { entries: HistoryEntryView[]; next: string | null } {
  return { entries: entries.map((entry) => viewOf(entry, connections)), next };
}

function viewOf(entry: HistoryEntry, connections: readonly Connection[]): HistoryEntryView {
  return entry.entry === 'event' ? entry : attemptView(entry.attempt, connections);
}

export function attemptView(attempt: StoredAttempt, connections: readonly Connection[]): AttemptView {
  const { id, at, action, kind, connection: name, outcome, message, before, changes, undoneAt } = attempt;
  const connection = connections.find((one) => one.name === name);
  const rules = connection?.rules(kind);
  const wrote = action !== 'look' && action !== 'undo' && action !== 'adopt';
  const mayBeThere = outcome === 'done' || outcome === 'sent';
  return {
    entry: 'attempt',
    at,
    attemptId: id,
    connection: name,
    label: connection?.label ?? name,
    action,
    outcome: mayBeThere ? outcome : 'failed',
    message,
    changes: Object.entries(changes ?? {})
      .map(([field, to]) => ({ field, from: before?.[field] ?? null, to }))
      .filter(({ field, from, to }) => !(rules?.same(field, from, to) ?? from === to)),
    undoneAt,
    undoable: wrote && mayBeThere && undoneAt === null && connection?.capabilities.local === false,
  };
}
