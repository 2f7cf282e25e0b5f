/** Why a record may need a person: each cause has its remedies in src/operate/remedies.ts. */
import type { PushErrorKind } from '../http/push-error.ts';

/** Errors that are nobody's own never park a record. */
export type ParkingErrorKind = Exclude<PushErrorKind, 'rate_limited' | 'unauthorized' | 'maintenance'>;

export type ParkedCause =
  | ParkingErrorKind
  | 'another_person'
  | 'by_hand'
  | 'cannot_change'
  | 'decided_there'
  | 'edited_there'
  | 'gone_there'
  | 'not_a_resident'
  | 'not_there'
  | 'note_unknown'
  | 'on_a_lease'
  | 'over_quota'
  | 'resident'
  | 'superseded'
  | 'takes_failed'
  | 'weak_match';
