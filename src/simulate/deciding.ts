/** What the landlord makes of an application that was handed in: decisions, and taking them back. */

import type { Life } from './life.ts';
import { pushSoon } from './pms-push.ts';
import type { Applicant, Application, ApplicationStatus } from './records.ts';
import { basicPayload, groupPayload, mergedPayload } from './screen-payloads.ts';
import { changeSilently } from './silent-changes.ts';
import { moveIn } from './tenancies.ts';
import { DAY, dayOf, HOUR, iso } from './time.ts';

type Decision = Extract<ApplicationStatus, 'approved' | 'approved_with_conditions' | 'rejected'>;

const EVENT = {
  approved: 'application_approved',
  approved_with_conditions: 'application_conditionally_approved',
  rejected: 'application_declined',
} as const satisfies Record<Decision, string>;

export function submitted(life: Life, application: Application): void {
  if (application.status !== 'started') return;
  const [first] = active(application);
  if (first === undefined) return;
  application.status = 'submitted';
  application.submittedAt = life.now();
  application.updatedAt = life.now();
  life.log('group_submitted', application);
  life.send('application_submitted', basicPayload(first));
  life.send('application_completed', basicPayload(first));
  const { twin } = application;
  if (twin?.status === 'submitted') mergeSoon(life, application, twin);
  else lookInto(life, application);
}

/** Also for an application that came out of another one. */
function lookInto(life: Life, application: Application): void {
  life.within(HOUR, 12 * HOUR, () => {
    const [first] = active(application);
    if (first && application.status === 'submitted')
      life.send('application_under_review', groupPayload(application, first.lead));
  });
  if (life.random.chance(0.18)) life.within(13 * HOUR, 22 * HOUR, () => amend(life, application));
  if (life.random.chance(0.15)) {
    life.within(13 * HOUR, 22 * HOUR, () => {
      const splitOff = changeSilently(life, application);
      if (splitOff !== null) lookInto(life, splitOff);
    });
  }
  decideWithin(life, application, DAY, 6 * DAY);
}

/** The rent or the date of moving in is put right. */
function amend(life: Life, application: Application): void {
  const [first] = active(application);
  if (first === undefined || application.status !== 'submitted') return;
  if (life.random.chance(0.5)) {
    application.rent += 2_500;
    life.log('application_rent_adjusted', application, { cents: application.rent });
  } else {
    application.moveInOn = dayOf(Date.parse(application.moveInOn) + 2 * DAY);
    life.log('desired_move_in_date_updated', application, { desired_move_in_date: application.moveInOn });
  }
  application.updatedAt = life.now();
  life.send('application_updated', basicPayload(first));
}

/** Two who applied apart become one application. */
function mergeSoon(life: Life, source: Application, target: Application): void {
  target.round += 1;
  life.within(2 * HOUR, 8 * HOUR, () => {
    if (source.status === 'submitted' && target.status === 'submitted') {
      merge(life, source, target);
      lookInto(life, target);
    } else for (const one of [source, target]) decideWithin(life, one, HOUR, DAY);
  });
}

/** Its people move over, and the source is left empty. */
function merge(life: Life, source: Application, target: Application): void {
  const now = life.now();
  source.status = 'merged';
  source.mergedInto = target;
  for (const applicant of source.applicants.splice(0)) {
    applicant.application = target;
    applicant.lead.application = target;
    applicant.lead.updatedAt = now;
    target.applicants.push(applicant);
  }
  source.updatedAt = now;
  target.updatedAt = now;
  life.log('application_merged', target, { merged_application_ids: [source.id] });
  life.log('application_merged', source, { merged_into_application_id: target.id });
  life.send('application_merged', mergedPayload(source, target, now));
}

/** Not where another decision was planned since; put off while it is on hold. */
function decideWithin(life: Life, application: Application, fromMs: number, toMs: number): void {
  const { round } = application;
  life.within(fromMs, toMs, () => {
    if (application.round !== round) return;
    if (application.status === 'on_hold') decideWithin(life, application, DAY, 2 * DAY);
    else if (application.status === 'submitted') decide(life, application);
  });
}

function decide(life: Life, application: Application): void {
  const { letTo } = application.unit;
  const outcome = letTo === null || letTo === application ? free(life) : taken(life);
  if (outcome === 'canceled') cancel(life, application);
  else settle(life, application, outcome);
}

function free({ random }: Life): Decision | 'canceled' {
  const draw = random.next();
  if (draw < 0.62) return 'approved';
  if (draw < 0.77) return 'approved_with_conditions';
  return draw < 0.94 ? 'rejected' : 'canceled';
}

/** Somebody else got the unit. */
function taken({ random }: Life): Decision | 'canceled' {
  return random.chance(0.6) ? 'rejected' : 'canceled';
}

function settle(life: Life, application: Application, decision: Decision): void {
  const now = life.now();
  application.status = decision;
  application.decidedAt = now;
  application.updatedAt = now;
  life.log('decision_made', application, { status: decision, decision_at: iso(now) });
  for (const applicant of active(application)) life.send(EVENT[decision], basicPayload(applicant));
  if (life.random.chance(0.09)) {
    const { round } = application;
    life.within(3 * HOUR, 2 * DAY, () => {
      if (application.round === round && application.status === decision) takeBack(life, application);
    });
  }
  if (decision === 'rejected') lookElsewhere(life, application);
  else {
    application.unit.letTo = application;
    pushSoon(life, application);
    moveInLater(life, application);
  }
}

/** Some who were declined apply for another unit. */
function lookElsewhere(life: Life, application: Application): void {
  const [first] = active(application);
  if (first === undefined || !life.random.chance(0.15)) return;
  life.within(3 * DAY, 12 * DAY, () => {
    if (application.status === 'rejected') life.seekAnother(first.person);
  });
}

function takeBack(life: Life, application: Application): void {
  const [first] = active(application);
  if (first === undefined) return;
  application.status = 'submitted';
  application.decidedAt = null;
  application.updatedAt = life.now();
  application.round += 1;
  if (application.unit.letTo === application) application.unit.letTo = null;
  const reasons = ['Decided by mistake'];
  life.send('application_decision_reverted', groupPayload(application, first.lead, { reasons }));
  decideWithin(life, application, 4 * HOUR, 3 * DAY);
}

/** A share of the canceled is taken up again, which no event tells. */
export function cancel(life: Life, application: Application): void {
  const { status, unit } = application;
  if (status === 'canceled' || status === 'merged' || status === 'rejected') return;
  application.status = 'canceled';
  application.updatedAt = life.now();
  application.round += 1;
  if (unit.letTo === application) unit.letTo = null;
  life.log('canceled', application);
  for (const applicant of active(application)) life.send('application_canceled', basicPayload(applicant));
  if (status !== 'submitted' || !life.random.chance(0.25)) return;
  life.within(DAY, 3 * DAY, () => {
    application.status = 'submitted';
    application.updatedAt = life.now();
    life.log('uncanceled', application);
    decideWithin(life, application, DAY, 3 * DAY);
  });
}

function moveInLater(life: Life, application: Application): void {
  const { round } = application;
  const still = () => application.round === round && application.unit.letTo === application;
  if (life.random.chance(0.08)) {
    life.within(3 * DAY, 6 * DAY, () => {
      if (still()) cancel(life, application);
    });
    return;
  }
  const at = Math.max(Date.parse(application.moveInOn), application.unit.freeFrom, life.now() + 4 * DAY);
  life.after(at + 15 * HOUR - life.now(), () => {
    if (still()) moveIn(life, application);
  });
}

function active({ applicants }: Application): Applicant[] {
  return applicants.filter(({ status }) => status !== 'canceled');
}
