/** The named steps of a delivery's way, and how a server is killed at each of them. */
import type { Point } from './campaign.ts';

const DIE_AT = new URL('die-at.mjs', import.meta.url).href;

/** In the order in which a delivery comes to them; those of die-at.mjs, but for what only the PMS can tell. */
export const STEPS = [
  'receive',
  'store, before the commit',
  'store, after the commit',
  'acknowledge',
  'project, before the commit',
  'project, after the commit',
  'intent, before the commit',
  'intent, after the commit',
  'call',
  'call, as it comes in',
  'call, done and not answered',
  'response',
  'record, before the commit',
  'record, after the commit',
] as const;
export type Step = (typeof STEPS)[number];

export function dieAt(step: Step, when = 1): Point {
  const name = `${step}, ${when}`;
  if (step === 'call, as it comes in') return { name, pms: { moment: 'before', when } };
  if (step === 'call, done and not answered') return { name, pms: { moment: 'after', when } };
  const query = new URLSearchParams({ step, when: String(when) });
  return { name, under: { imports: [`${DIE_AT}?${query}`] } };
}
