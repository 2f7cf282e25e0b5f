/** The check of who an applicant is: it ends within two days as a rule, and is too old thirty days later. */
import type { Life } from './life.ts';
import type { Applicant, IdentityCheck } from './records.ts';
import { groupPayload, identityPayload } from './screen-payloads.ts';
import { DAY, MINUTE } from './time.ts';

const EXPIRES_AFTER = 30 * DAY;

export function checkIdentity(life: Life, applicant: Applicant): void {
  const { random } = life;
  const { lead } = applicant;
  const now = life.now();
  const check: IdentityCheck = { status: 'pending', createdAt: now, finishedAt: null, updatedAt: now };
  lead.identityChecks.push(check);
  const takes = random.chance(0.7) ? random.int(10, 90) * MINUTE : random.int(26, 46) * 60 * MINUTE;
  if (takes > DAY) {
    life.after(DAY, () => {
      if (check.status === 'pending' && applicant.application.status === 'started')
        life.send('applicant_identity_followup', groupPayload(applicant.application, lead));
    });
  }
  life.after(takes, () => {
    change(random.chance(0.88) ? 'finished' : random.pick(['failed', 'review_required']));
    check.finishedAt = life.now();
    life.send('identity_verification_finished', identityPayload(lead, check));
    life.after(EXPIRES_AFTER, expire);
  });

  function expire(): void {
    // Where somebody was approved nobody asks again.
    if (applicant.application.status.startsWith('approved')) return;
    change('expired');
    life.send('identity_verification_expired', identityPayload(lead, check));
  }

  function change(status: IdentityCheck['status']): void {
    check.status = status;
    check.updatedAt = life.now();
    lead.updatedAt = life.now();
  }
}
