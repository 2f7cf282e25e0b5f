/** Boom's own push of the approved into a PMS: what failed is tried again the next day. */
import type { Life } from './life.ts';
import type { Applicant, Application } from './records.ts';
import { pushPayload } from './screen-payloads.ts';
import { DAY, MINUTE } from './time.ts';

/** Not every approval is pushed: a landlord sets it up for each property. */
export function pushSoon(life: Life, application: Application): void {
  if (!life.random.chance(0.7)) return;
  const { round } = application;
  life.after(15 * MINUTE, () => {
    if (application.round !== round) return;
    for (const applicant of application.applicants) push(life, applicant);
  });
}

function push(life: Life, applicant: Applicant): void {
  const { application } = applicant;
  if (applicant.status === 'canceled' || application.decidedAt === null) return;
  const error = life.random.chance(0.15) ? 'The unit was not found in the property management system' : null;
  const details = {
    applicant_id: applicant.id,
    pms_push_status: error === null ? 'success' : 'failed',
    error_message: error,
  };
  life.log('push_applicants_to_property_management_system', application, details);
  life.send('push_applicants_to_property_management_system', pushPayload(applicant, error));
  if (error !== null) life.after(DAY, () => push(life, applicant));
}
