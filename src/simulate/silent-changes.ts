/** What Boom has no event for: only a fresh read of its API shows it. */
import type { Life } from './life.ts';
import type { Applicant, Application } from './records.ts';
import { DAY } from './time.ts';

/**
 * Puts it on hold for some days, changes a role, takes somebody out, or makes two applications of one: then the new
 * one is returned.
 */
export function changeSilently(life: Life, application: Application): Application | null {
  if (application.status !== 'submitted') return null;
  const last = application.applicants.at(-1);
  if (application.applicants.length < 2 || last === undefined || life.random.chance(0.4)) {
    hold(life, application);
    return null;
  }
  if (last.role === 'applicant') return split(life, application, last);
  application.updatedAt = life.now();
  if (life.random.chance(0.5)) {
    last.role = 'applicant';
    life.log('role_changed', application, { applicant_id: last.id, role: 'applicant' });
  } else {
    last.status = 'canceled';
    life.log('canceled', application, { applicant_id: last.id });
  }
  return null;
}

function hold(life: Life, application: Application): void {
  application.status = 'on_hold';
  application.updatedAt = life.now();
  life.log('placed_on_hold', application);
  life.within(DAY, 4 * DAY, () => {
    if (application.status !== 'on_hold') return;
    application.status = 'submitted';
    application.updatedAt = life.now();
    life.log('resumed', application);
  });
}

function split(life: Life, application: Application, leaving: Applicant): Application {
  const now = life.now();
  const own: Application = {
    ...application,
    id: life.newId('application'),
    applicants: [leaving],
    invitations: [],
    twin: null,
    round: 0,
    createdAt: now,
    updatedAt: now,
  };
  life.applications.set(own.id, own);
  application.applicants = application.applicants.filter((one) => one !== leaving);
  leaving.application = own;
  leaving.lead.application = own;
  leaving.lead.updatedAt = now;
  application.updatedAt = now;
  life.log('split_application', application, { application_id: own.id });
  life.log('created_from_split', own, { application_id: application.id });
  return own;
}
