/** Since when a record needs a person, kept beside what a pass writes: part of the statement that writes a sync state. */

const OVER = `excluded.state in ('synced', 'skipped')`;
/** Another cause is another trouble; what is only under way in between changes nothing. */
const ANOTHER = `excluded.state = 'parked' and sync_states.state = 'parked' and sync_states.cause <> excluded.cause`;
/** Columns of before: the first time a record is written they are empty. */
const SINCE = `coalesce(sync_states.needs_since,
  case sync_states.state when 'parked' then sync_states.updated_at end)`;
const SEEN = `coalesce(sync_states.needs_seen, case sync_states.state when 'parked' then 1 else 0 end)`;

export const SET_NEEDS = `
  needs_since = case when ${OVER} then null when ${ANOTHER} then excluded.updated_at
    when excluded.state = 'parked' then coalesce(${SINCE}, excluded.updated_at) else ${SINCE} end,
  needs_seen = case when ${OVER} then null when ${ANOTHER} then 1
    when excluded.state = 'parked' then ${SEEN} + 1 else sync_states.needs_seen end,
  needs_ended_at = case when ${OVER} and ${SINCE} is not null
    then excluded.updated_at else sync_states.needs_ended_at end`;
