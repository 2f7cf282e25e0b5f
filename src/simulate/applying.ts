/** Who applies for a unit, and how far they get by themselves: from the invitation to handing in. */
import { cancel, submitted } from './deciding.ts';
import { newApplicant, newApplication, newLead } from './entering.ts';
import { checkIdentity } from './identity-checks.ts';
import type { Life } from './life.ts';
import type { Applicant, Application, Invitation, Person, Role, Unit } from './records.ts';
import { basicPayload, createdPayload, groupPayload } from './screen-payloads.ts';
import { DAY, HOUR, MINUTE, SECOND } from './time.ts';

const NEVER_STARTS = 0.07;
const NEVER_SUBMITS = 0.05;

/** Somebody who has applied before wants another unit. */
export function applyAgain(life: Life, unit: Unit, who: Person): void {
  begin(life, unit, who, []);
}

/** A household that nobody knows yet wants this unit. */
export function applyFor(life: Life, unit: Unit): void {
  const { random, casting } = life;
  const who = casting.stranger();
  const draw = random.next();
  if (draw < 0.56) begin(life, unit, who, []);
  else if (draw < 0.58) begin(life, unit, who, [[casting.namesakeOf(who), 'co_signer']]);
  else if (draw < 0.74) begin(life, unit, who, [[casting.parentOf(who), 'co_signer']]);
  else if (draw < 0.9) begin(life, unit, who, [[casting.partnerOf(who), 'applicant']]);
  else {
    const one = begin(life, unit, who, []);
    const other = begin(life, unit, casting.partnerOf(who), []);
    one.twin = other;
    other.twin = one;
  }
}

function begin(life: Life, unit: Unit, person: Person, invited: [Person, Role][]): Application {
  const application = newApplication(life, unit);
  const first = newApplicant(life, newLead(life, application, person), 'applicant', null);
  life.log('invited', application, { applicant_id: first.id });
  life.send('application_created', createdPayload(first));
  life.send('applicant_created', basicPayload(first));
  const started = () => {
    for (const [whom, role] of invited) invite(life, first, whom, role);
  };
  if (life.random.chance(NEVER_STARTS)) loseInterest(life, application);
  else life.within(5 * MINUTE, 2 * DAY, () => start(life, first, started));
  return application;
}

/** Reminded once, then canceled. */
function loseInterest(life: Life, application: Application): void {
  const [first] = application.applicants;
  life.within(2 * DAY, 4 * DAY, () => {
    if (first && application.status === 'pending')
      life.send('applicant_invite_followup', groupPayload(application, first.lead));
  });
  life.within(10 * DAY, 20 * DAY, () => cancel(life, application));
}

/** A person who was asked to join, and is no applicant before beginning. */
function invite(life: Life, inviting: Applicant, person: Person, role: Role): void {
  const { application } = inviting;
  const lead = newLead(life, application, person);
  const invitation = { id: life.newId('magic-link'), lead, role, inviting, createdAt: life.now() };
  application.invitations.push(invitation);
  application.updatedAt = life.now();
  life.log('invited', application, { name: `${person.firstName} ${person.lastName}` });
  if (life.random.chance(NEVER_STARTS)) {
    remindInvited(life, invitation, 9 * DAY);
    life.after(9 * DAY, () => withdraw(life, invitation));
    return;
  }
  const joins = life.random.int(1, 60) * HOUR;
  remindInvited(life, invitation, joins);
  life.after(joins, () => {
    if (!isWaiting(invitation)) return;
    close(life, invitation);
    const applicant = newApplicant(life, lead, role, invitation.createdAt);
    start(life, applicant, () => life.send('applicant_created', basicPayload(applicant)));
  });
}

function remindInvited(life: Life, invitation: Invitation, before: number): void {
  const { lead, inviting } = invitation;
  for (const reminder of [DAY, 2 * DAY].filter((at) => at < before)) {
    life.after(reminder, () => {
      if (isWaiting(invitation))
        life.send('applicant_invite_followup', groupPayload(lead.application, lead, { inviting }));
    });
  }
}

function withdraw(life: Life, invitation: Invitation): void {
  if (!isWaiting(invitation)) return;
  close(life, invitation);
  handInWhereComplete(life, invitation.lead.application);
}

function close(life: Life, invitation: Invitation): void {
  const { application } = invitation.lead;
  application.invitations = application.invitations.filter((one) => one !== invitation);
  application.updatedAt = life.now();
}

function isWaiting(invitation: Invitation): boolean {
  const { application } = invitation.lead;
  return application.invitations.includes(invitation) && isOpen(application);
}

function start(life: Life, applicant: Applicant, then: () => void): void {
  const { application } = applicant;
  if (!isOpen(application)) return;
  const now = life.now();
  applicant.status = 'started';
  applicant.startedAt = now;
  application.updatedAt = now;
  const first = application.status === 'pending';
  if (first) {
    application.status = 'started';
    application.startedAt = now;
  }
  life.send('applicant_started', basicPayload(applicant));
  if (first) life.after(SECOND, () => life.send('application_started', basicPayload(applicant)));
  life.after(2 * SECOND, then);
  checkIdentity(life, applicant);
  remind(life, applicant);
  if (life.random.chance(NEVER_SUBMITS))
    life.within(12 * DAY, 25 * DAY, () => cancel(life, applicant.application));
  else life.within(6 * HOUR, 5 * DAY, () => handIn(life, applicant));
}

/** The configurable reminders: each for a share of the applicants. */
function remind(life: Life, applicant: Applicant): void {
  const { random } = life;
  const send = (event: 'applicant_income_followup' | 'applicant_checkout_followup') => () => {
    if (applicant.status === 'started' && isOpen(applicant.application))
      life.send(event, groupPayload(applicant.application, applicant.lead));
  };
  if (random.chance(0.3)) life.within(DAY, 3 * DAY, send('applicant_income_followup'));
  if (random.chance(0.25)) life.within(DAY, 4 * DAY, send('applicant_checkout_followup'));
  if (applicant.application.pets === 0) return;
  life.within(HOUR, 5 * HOUR, () => {
    if (!isOpen(applicant.application)) return;
    life.log('requested_pet_screening', applicant.application);
    life.send('pet_screening_requested', groupPayload(applicant.application, applicant.lead));
  });
}

/** The deprecated twin follows at once, the receipt a little later. */
function handIn(life: Life, applicant: Applicant): void {
  const { application } = applicant;
  if (applicant.status !== 'started' || !isOpen(application)) return;
  applicant.status = 'submitted';
  applicant.submittedAt = life.now();
  application.updatedAt = life.now();
  life.log('submitted', application, { applicant_id: applicant.id });
  life.send('applicant_submitted', basicPayload(applicant));
  life.send('applicant_completed', basicPayload(applicant));
  life.after(10 * MINUTE, () =>
    life.send('applicant_receipt', groupPayload(applicant.application, applicant.lead)),
  );
  handInWhereComplete(life, application);
}

function handInWhereComplete(life: Life, application: Application): void {
  const active = application.applicants.filter(({ status }) => status !== 'canceled');
  const complete = active.length > 0 && active.every(({ status }) => status === 'submitted');
  if (complete && application.status === 'started' && application.invitations.length === 0)
    life.after(SECOND, () => submitted(life, application));
}

/** Nobody has handed it in for all. */
function isOpen({ status }: Application): boolean {
  return status === 'pending' || status === 'started';
}
