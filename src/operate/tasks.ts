/** What a person is to do by hand in a PMS that has no API, in sentences. Made when it is shown, and kept nowhere. */
import type { Plan } from '../store/sync.ts';

/** By which boomsync knows its own notes; a person need not copy it. */
const MARKER = / *\[boomsync [^\]]*\]$/;

/** `who`: `Jane Doe, unit 4B`; `label`: what the PMS is called. */
export function tasksOf({ record, fields, decision, notes }: Plan, who: string, label: string): string[] {
  const values = fields.map(({ field, boom }) => `${field} ${boom ?? '(empty)'}`).join(', ');
  return [
    ...(record === 'create' ? [`In ${label} add ${who}${values ? `: ${values}` : ''}`] : []),
    ...(record !== 'create' && values ? [`In ${label} change for ${who}: ${values}`] : []),
    ...(decision === null ? [] : [`In ${label} set ${who}, to ${decision.to}`]),
    ...notes.map((text) => `In ${label} write down for ${who}: ${text.replace(MARKER, '')}`),
  ];
}
