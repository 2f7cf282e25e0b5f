/** What a look found, as it is kept and as a preview says it. Pure. */
import type { Connection } from '../connect/connection.ts';
import type { Fields } from '../connect/contract.ts';
import type { FieldDifference, Plan } from '../store/sync.ts';
import type { Verdict } from './verdict.ts';

export function emptyPlan(): Plan {
  return { record: 'none', fields: [], decision: null, notes: [] };
}

/** Null where nothing differs, and nothing that does is only waiting. */
export function planToKeep(plan: Plan | null): Plan | null {
  if (plan === null || plan.settling !== undefined) return plan;
  const nothing =
    plan.record === 'none' && plan.fields.length === 0 && plan.decision === null && plan.notes.length === 0;
  return nothing ? null : plan;
}

/** A record that is not there: all that it would be made with. */
export function createdWith(fields: Fields): FieldDifference[] {
  return Object.entries(fields)
    .filter(([, boom]) => boom !== null && boom !== '')
    .map(([field, boom]) => ({ field, boom, there: null, does: 'write' }));
}

/** Whether there is something to send. */
export function writes(plan: Plan): boolean {
  return plan.record !== 'none' || plan.decision !== null || plan.notes.length > 0;
}

function words({ record, fields, decision, notes }: Plan): string {
  const names = fields.filter(({ does }) => does === 'write').map(({ field }) => field);
  return [
    record === 'create' && 'add one record',
    record === 'update' && `change ${names.join(', ')}`,
    decision !== null && 'set the decision',
    notes.length === 1 && 'add a note',
    notes.length > 1 && `add ${notes.length} notes`,
  ]
    .filter(Boolean)
    .join(' and ');
}

export function previewVerdict(plan: Plan, { label, name }: Pick<Connection, 'label' | 'name'>): Verdict {
  return {
    state: 'waiting',
    cause: 'preview',
    message: `Preview: boomsync would ${words(plan)} in ${label}`,
    remedy: `When you are content: boomsync connection live ${name}`,
  };
}
