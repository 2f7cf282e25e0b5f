/**
 * What to do about a decision of Boom's in a PMS. Pure. A decision goes where the PMS has a place and a word for it,
 * else into a note; nobody's own decision is overwritten, nothing on a lease is touched, nothing weak is pushed.
 */
import type { Note, RemoteDecision } from '../connect/contract.ts';
import type { Leasing } from '../project/tenant.ts';
import type { Verdict } from './verdict.ts';
import { parked } from './verdict.ts';

export interface DecisionQuestion {
  leasing: Leasing;
  /** Says the decision in words; null while Boom has not decided. */
  note: Note | null;
  weak: boolean;
  /** The PMS's word for what Boom says; null where it has none that means the same. */
  word: string | null;
  /** The PMS's word for "not decided". */
  openWord: string | null;
  /** What we set there last; null if never. */
  before: string | null;
  /** What the PMS shows; null where it has no place for a decision. */
  remote: RemoteDecision | null;
  /** Lives in the unit, or may: an outcome that is no approval is a person's business. */
  resident: boolean;
  /** Whether the PMS takes notes that staff alone read. */
  canNote: boolean;
  /** Whether a note of ours over there says a decision. */
  noted: boolean;
  /** Takes such a note back. */
  revert: Note;
  label: string;
}

export type DecisionAnswer =
  | { do: 'nothing' }
  /** The PMS shows it already. */
  | { do: 'remember'; value: string }
  | { do: 'set'; value: string; note: Note | null }
  | { do: 'note'; note: Note }
  | { do: 'park'; verdict: Verdict };

const NOTHING: DecisionAnswer = { do: 'nothing' };

const WEAK: DecisionAnswer = {
  do: 'park',
  verdict: parked(
    'weak_match',
    'Only name, e-mail and phone say that this decision is about this person',
    'It is shown here and not sent. If it is the same person: boomsync tenants link; if not: boomsync tenants unlink.',
  ),
};

const RESIDENT: DecisionAnswer = {
  do: 'park',
  verdict: parked(
    'resident',
    'Boom ended the application of somebody who lives in that unit, or seems to',
    'Look in Boom what is meant. Nothing is written about it.',
  ),
};

export function answerDecision(question: DecisionQuestion): DecisionAnswer {
  const { note, weak, word, openWord, before, remote, noted, revert, resident, canNote, leasing } = question;
  if (remote === null && !canNote) return NOTHING;
  if (resident && (leasing === 'declined' || leasing === 'canceled')) return RESIDENT;
  if (remote === null) {
    const say = note ?? (noted ? revert : null);
    if (say === null) return NOTHING;
    return weak ? WEAK : { do: 'note', note: say };
  }
  if (note === null) return undecided(question, remote);
  if (word !== null) return decided(question, remote, word);
  if (remote.locked) return NOTHING;
  if (weak) return WEAK;
  // It has no word for this one: what we said before must not stand as if it still held.
  const stale = openWord !== null && before !== null && before !== openWord && remote.value === before;
  return stale ? { do: 'set', value: openWord, note } : { do: 'note', note };
}

function decided(
  { weak, before, label }: DecisionQuestion,
  remote: RemoteDecision,
  word: string,
): DecisionAnswer {
  if (remote.value === word) return { do: 'remember', value: word };
  if (remote.locked) return NOTHING;
  if (!remote.open && remote.value !== before) return decidedThere(label);
  return weak ? WEAK : { do: 'set', value: word, note: null };
}

/** Boom has not decided, or no longer: only a decision of ours is taken back. */
function undecided(question: DecisionQuestion, remote: RemoteDecision): DecisionAnswer {
  const { weak, word, openWord, before, noted, revert, label } = question;
  const value = word ?? openWord;
  if (value === null || before === null || before === value) {
    return noted && !weak && before === null ? { do: 'note', note: revert } : NOTHING;
  }
  if (remote.value === value) return { do: 'remember', value };
  if (remote.locked) {
    return {
      do: 'park',
      verdict: parked(
        'on_a_lease',
        `Boom took its decision back, and the record in ${label} is on a lease`,
        `Decide in ${label} what becomes of the lease.`,
      ),
    };
  }
  if (remote.value !== before) return decidedThere(label);
  return weak ? NOTHING : { do: 'set', value, note: null };
}

function decidedThere(label: string): DecisionAnswer {
  return {
    do: 'park',
    verdict: parked(
      'decided_there',
      `${label} shows another decision than Boom`,
      `Set the decision in ${label} as you want it; boomsync does not overwrite it.`,
    ),
  };
}
