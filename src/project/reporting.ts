/** The reporting register of one enrollment. Pure. */
import { EFFECTS, REPORTING_BY_STATUS } from './effects.ts';
import { type FoldEvent, write } from './fold-event.ts';
import { READ_CONFIRMS, REPORTING_RANK } from './ordering.ts';
import { type Settled, settle, type Write } from './register.ts';
import type { Reporting } from './tenant.ts';

export interface ReportingValue {
  reporting: Reporting;
  /** Why the enrollment ended. */
  reasons: string[];
}

/** Where the event says that the enrollment stands; undefined where it does not say. */
export function reportingSaid({ event }: FoldEvent): Reporting | undefined {
  const effect = EFFECTS[event.name].reporting;
  const status = event.enrollment?.status ?? '';
  const read = Object.hasOwn(REPORTING_BY_STATUS, status) ? REPORTING_BY_STATUS[status] : undefined;
  return effect === 'status' ? read : effect;
}

function reportingWrite(item: FoldEvent): Write<ReportingValue> | null {
  const reporting = reportingSaid(item);
  if (reporting === undefined) return null;
  return write(item, { reporting, reasons: item.event.reasons }, REPORTING_RANK[reporting]);
}

/** A repetition without reasons does not take those away that are known. */
function join(next: ReportingValue, known: ReportingValue): ReportingValue | null {
  if (next.reporting !== known.reporting) return null;
  return next.reasons.length > 0 ? next : known;
}

function confirms(said: ReportingValue, known: ReportingValue): boolean {
  return READ_CONFIRMS.enrollment_read[said.reporting]?.includes(known.reporting) ?? false;
}

export function reportingOf(events: readonly FoldEvent[]): Settled<ReportingValue> | null {
  return settle(
    events.flatMap((item) => reportingWrite(item) ?? []),
    { join, confirms },
  );
}
