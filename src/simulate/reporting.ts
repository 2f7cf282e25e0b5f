/** An enrollment that Boom reports: its months, its issues, and how it ends. */
import type { Life } from './life.ts';
import type { Customer, Enrollment, Issue, RentalVerification, Unit } from './records.ts';
import { enrollmentPayload, furnishmentPayload, issuePayload, paymentPayload } from './report-payloads.ts';
import { DAY, dayOf, HOUR, monthStart } from './time.ts';

const BUREAUS = ['experian', 'equifax', 'transunion'] as const;

const ISSUES: Record<'bank_connection_lost' | 'missing_lease_signature' | 'rent_not_found', Issue> = {
  bank_connection_lost: {
    slug: 'bank_connection_lost',
    title: 'The bank is no longer connected',
    description: 'Connect the bank again, so that the next rent can be found.',
  },
  missing_lease_signature: {
    slug: 'missing_lease_signature',
    title: 'The lease is not signed',
    description: 'Upload the page of the lease that carries the signatures.',
  },
  rent_not_found: {
    slug: 'rent_not_found',
    title: 'No rent was found',
    description: 'Tell us from which account you pay the rent.',
  },
};

/** `comesBack`: what somebody does who leaves rent reporting and returns. */
export function approve(life: Life, enrollment: Enrollment, comesBack: (unit: Unit) => void): void {
  if (enrollment.status !== 'pending') return;
  enrollment.status = 'approved';
  life.send('enrollment_approved', enrollmentPayload(enrollment, life.generation));
  planMonth(life, enrollment, 1);
  const { random } = life;
  if (!random.chance(0.15)) return;
  life.within(20 * DAY, 160 * DAY, () => {
    if (enrollment.status !== 'approved') return;
    unenroll(life, enrollment, []);
    if (random.chance(0.6)) comesBack(enrollment.unit);
  });
}

function planMonth(life: Life, enrollment: Enrollment, months: number): void {
  const start = monthStart(life.now(), months);
  life.after(start - life.now(), () => {
    if (enrollment.status === 'approved') reportMonth(life, enrollment);
  });
}

function reportMonth(life: Life, enrollment: Enrollment): void {
  const { random, generation } = life;
  const paid = random.chance(0.92);
  const month: RentalVerification = {
    id: life.newId('rental-verification'),
    month: dayOf(life.now()),
    status: 'pending_confirmation',
    monthsDelinquent: paid ? 0 : 1,
    paid: false,
    bureaus: [],
  };
  for (const earlier of enrollment.months) earlier.status = 'confirmed';
  enrollment.months.push(month);
  const live = (act: () => void) => () => {
    if (enrollment.status === 'approved') act();
  };
  if (paid) {
    const pay = () => {
      month.paid = true;
      life.send('rental_payment_verified', paymentPayload(enrollment, generation, month));
    };
    life.within(DAY, 6 * DAY, live(pay));
  } else life.after(6 * DAY, () => openIssue(life, enrollment, 'rent_not_found'));
  if (random.chance(0.05))
    life.within(9 * DAY, 20 * DAY, () => openIssue(life, enrollment, 'bank_connection_lost'));
  for (const bureau of BUREAUS) {
    const furnish = () => {
      month.bureaus.push(bureau);
      life.send('furnishment_finished', furnishmentPayload(enrollment, generation, month, bureau));
    };
    life.within(8 * DAY, 12 * DAY, live(furnish));
  }
  planMonth(life, enrollment, 1);
}

/** Most are resolved within ten days, and a few of those come back. */
export function openIssue(life: Life, enrollment: Enrollment, slug: keyof typeof ISSUES): void {
  const { random, generation } = life;
  if (!isLive(enrollment) || enrollment.openIssues.has(slug)) return;
  enrollment.openIssues.set(slug, ISSUES[slug]);
  life.send('issue_pending', issuePayload(enrollment, generation, ISSUES[slug]));
  if (!random.chance(0.88)) return;
  life.within(5 * HOUR, 10 * DAY, () => {
    resolveIssue(life, enrollment, slug);
    if (random.chance(0.25)) life.within(2 * DAY, 20 * DAY, () => openIssue(life, enrollment, slug));
  });
}

export function resolveIssue(life: Life, enrollment: Enrollment, slug: string): void {
  const issue = enrollment.openIssues.get(slug);
  if (issue === undefined || !isLive(enrollment)) return;
  enrollment.openIssues.delete(slug);
  life.send('issue_resolved', issuePayload(enrollment, life.generation, issue));
}

/** Without reasons the customer ended it, else Boom. */
export function unenroll(life: Life, enrollment: Enrollment, reasons: string[]): void {
  if (!isLive(enrollment) && enrollment.status !== 'rejected') return;
  enrollment.status = reasons.length === 0 ? 'opted_out' : 'closed';
  enrollment.reasons = reasons;
  const why = reasons.length === 0 ? {} : { reasons };
  life.send('customer_unenrolled', { ...enrollmentPayload(enrollment, life.generation), ...why });
}

/** What was still being verified ends without an outcome. */
export function moveOut(life: Life, customer: Customer, unit: Unit): void {
  for (const enrollment of life.enrollments.values()) {
    if (enrollment.customer !== customer || enrollment.unit !== unit || !isLive(enrollment)) continue;
    if (enrollment.status === 'pending') {
      unenroll(life, enrollment, []);
      continue;
    }
    enrollment.status = 'finished';
    enrollment.movedOutAt = life.now();
    life.send('enrollment_moved_out', enrollmentPayload(enrollment, life.generation));
  }
}

function isLive({ status }: Enrollment): boolean {
  return status === 'pending' || status === 'approved';
}
