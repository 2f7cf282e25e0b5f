/** What the landlord wants of the end of an application: its status there, a note, or nothing. Pure. */
import { type Connection, ENDS, type End } from '../connect/connection.ts';
import type { Note } from '../connect/contract.ts';
import type { Leasing } from '../project/tenant.ts';

export interface DecisionToShow {
  leasing: Leasing;
  /** Says it in words; null while there is nothing to say. */
  note: Note | null;
  /** Whether the PMS's own word for it may be set. */
  asStatus: boolean;
}

function isEnd(leasing: Leasing): leasing is End & Leasing {
  return (ENDS as readonly string[]).includes(leasing);
}

/** With `nothing` an end is as if Boom had not decided: a decision of ours that no longer holds is taken back. */
export function asLandlordWants(
  decision: { leasing: Leasing; note: Note | null },
  onEnd: Connection['onEnd'],
): DecisionToShow {
  const { leasing } = decision;
  if (!isEnd(leasing)) return { ...decision, asStatus: true };
  switch (onEnd[leasing]) {
    case 'status':
      return { ...decision, asStatus: true };
    case 'annotate':
      return { ...decision, asStatus: false };
    case 'nothing':
      return { leasing: 'in_review', note: null, asStatus: true };
  }
}
