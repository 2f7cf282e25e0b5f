/** What a person may answer to each cause under which a record waits for them: what the pages make buttons of. */
import type { ParkedCause } from '../reconcile/causes.ts';

/**
 * `retry` look again · `keep_theirs`, `use_boom` the command `settle` · `choose` the commands `candidates` and `choose` ·
 * `approve` let it be made · `map_unit` say which unit it is · `done` it was done by hand · `link` say who is who ·
 * `ignore` the command `quiet` · `edit_config` a setting of the connection.
 */
export type Answer =
  | 'retry'
  | 'keep_theirs'
  | 'use_boom'
  | 'choose'
  | 'approve'
  | 'map_unit'
  | 'done'
  | 'link'
  | 'ignore'
  | 'edit_config';

/** The likeliest first. */
export const PARKED_CAUSES: Readonly<Record<ParkedCause, { answers: readonly Answer[] }>> = {
  ambiguous: { answers: ['choose', 'link', 'retry', 'ignore'] },
  another_person: { answers: ['choose', 'retry', 'ignore'] },
  by_hand: { answers: ['done', 'ignore'] },
  cannot_change: { answers: ['retry', 'keep_theirs', 'edit_config', 'ignore'] },
  conflict: { answers: ['retry', 'edit_config', 'ignore'] },
  decided_there: { answers: ['retry', 'ignore'] },
  edited_there: { answers: ['keep_theirs', 'use_boom', 'edit_config', 'ignore'] },
  forbidden: { answers: ['retry', 'edit_config', 'ignore'] },
  gone_there: { answers: ['retry', 'ignore'] },
  invalid: { answers: ['retry', 'edit_config', 'ignore'] },
  not_a_resident: { answers: ['retry', 'ignore'] },
  not_found: { answers: ['retry', 'edit_config', 'ignore'] },
  not_there: { answers: ['approve', 'retry', 'ignore'] },
  note_unknown: { answers: ['retry', 'ignore'] },
  on_a_lease: { answers: ['retry', 'ignore'] },
  over_quota: { answers: ['approve', 'ignore'] },
  resident: { answers: ['retry', 'ignore'] },
  superseded: { answers: ['retry', 'ignore'] },
  takes_failed: { answers: ['edit_config', 'ignore'] },
  transient: { answers: ['retry', 'ignore'] },
  unknown_outcome: { answers: ['retry', 'ignore'] },
  unmapped_unit: { answers: ['map_unit', 'retry', 'ignore'] },
  weak_match: { answers: ['link', 'ignore'] },
};
