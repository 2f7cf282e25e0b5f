/**
 * The notes we leave in a PMS: short, without reasons, each under a marker against repetition.
 * Never in them: scores, recommendations, conditions, memos, why somebody left rent reporting.
 */
import type { Note } from '../connect/contract.ts';
import type { TenantApplication, TenantEnrollment } from '../project/tenant.ts';

/** By time zone: one takes a quarter of a millisecond to make. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** `12 Nov 2026`, in the landlord's time zone. */
function day(at: string, timezone: string): string {
  let format = FORMATS.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: timezone,
    });
    FORMATS.set(timezone, format);
  }
  return format.format(new Date(at));
}

function note(kind: string, at: string, text: string): Note {
  const marker = `[boomsync ${kind} ${at.slice(0, 16)}Z]`;
  return { marker, text: `${text} ${marker}` };
}

const DECISION_WORDS: Readonly<Record<string, string>> = {
  approved: 'approved',
  approved_with_conditions: 'conditional approval',
  declined: 'declined',
  canceled: 'canceled',
};

/** The decision as a note, for a PMS that cannot take it as a status; null where there is nothing to say. */
export function decisionNote(application: TenantApplication, timezone: string): Note | null {
  if (application.leasing === null) return null;
  const at = application.since;
  if (application.leasing === 'merged' && at !== null) {
    return note('merged', at, `BoomScreen: merged into another application on ${day(at, timezone)}.`);
  }
  const word = DECISION_WORDS[application.leasing];
  if (word === undefined || at === null) return null;
  return note(application.leasing, at, `BoomScreen: ${word} on ${day(at, timezone)}. Details in Boom.`);
}

/** The marker in a note of ours, by which it is known to be said; null where the text has none. */
export function markerIn(text: string): string | null {
  return /\[boomsync [^\]]+\]/.exec(text)?.[0] ?? null;
}

/** Whether the last of our notes about a decision says one, and was not taken back. */
export function lastSaysDecided(markers: readonly string[]): boolean {
  const said = markers.filter((marker) =>
    /^\[boomsync (approved|approved_with_conditions|declined|canceled|reverted) /.test(marker),
  );
  return said.length > 0 && !said.at(-1)?.startsWith('[boomsync reverted ');
}

/** Takes back what an earlier note said. */
export function revertNote(at: string, timezone: string): Note {
  return note(
    'reverted',
    at,
    `BoomScreen: the decision was taken back on ${day(at, timezone)}. Details in Boom.`,
  );
}

/** On a record that we made and that the landlord took back: only a person removes it. */
export function takenBackNote(at: string): Note {
  return note('taken-back', at, 'Made by boomsync, taken back by the landlord.');
}

/** On a tenant who no longer lives there; the date of a move-out is never set. */
export function movedOutNote(since: string, timezone: string): Note {
  return note('moved-out', since, `Rent reporting: moved out, says Boom, on ${day(since, timezone)}.`);
}

export function reportingNote(enrollment: TenantEnrollment, timezone: string): Note | null {
  if (enrollment.since === null) return null;
  const since = day(enrollment.since, timezone);
  if (enrollment.reporting === 'approved') {
    return note('reporting-active', enrollment.since, `Rent reporting: active since ${since}.`);
  }
  if (enrollment.reporting === 'unenrolled' || enrollment.reporting === 'moved_out') {
    return note('reporting-ended', enrollment.since, `Rent reporting: ended on ${since}.`);
  }
  return null;
}
