/**
 * What may befall up to five people at Boom, and what Boom sends of it: an interpreter of arbitrary commands, so that
 * every list of commands is a history that could be, and a shorter list is a shorter one.
 */
import fc from 'fast-check';
import { RETRY_WINDOW_MS } from '../../src/project/ordering.ts';

/** Something that comes into the inbox. */
export interface Step {
  /** When Boom sent it or when we read it, milliseconds. */
  at: number;
  source: 'webhook' | 'read';
  body: Record<string, unknown>;
}

export interface Command {
  what: Action;
  who: number;
  /** Milliseconds since the command before. */
  gap: number;
  /** Chooses among what the action allows. */
  pick: number;
}

/** How Boom spells a history. */
export interface Spelling {
  /** What deliveries about one person name them by: Boom's ids, only the landlord's id of the lead, or no id at all. */
  ids: 'boom' | 'landlord' | 'none';
  /** The deprecated twins are sent too. */
  twins: boolean;
  /** Rent reporting names its customers in full, as it used to. */
  older: boolean;
}

export interface Story {
  commands: Command[];
  spelling: Spelling;
  people: number;
}

const START = Date.UTC(2026, 9, 1, 12);
const MINUTE = 60_000;
/**
 * Two deliveries without a time that say the contrary are sent so far apart that no retry brings them within the
 * window of each other. What happens closer is what nothing can decide, which has tests of its own.
 */
const APART = 261_000;

interface Member {
  person: number;
  status: 'pending' | 'started' | 'submitted' | 'canceled';
  applicantId: string;
  role: string;
}

interface Application {
  id: string;
  unit: string;
  status: string;
  rent: number;
  members: Member[];
  createdAt: number;
  updatedAt: number;
  decidedAt: number | null;
}

interface Enrollment {
  id: string;
  status: string;
  address: string;
  issues: Set<string>;
}

interface Human {
  key: string;
  version: number;
  enrollments: Enrollment[];
  customer: boolean;
  paid: number;
}

const iso = (at: number) => new Date(at).toISOString();
const monthOf = (nth: number) => `2026-${String(1 + (nth % 12)).padStart(2, '0')}-01`;
const monthsUpTo = (nth: number) => Array.from({ length: nth }, (_, index) => monthOf(index + 1));
const rentalOf = (for_month: string) => ({ for_month });
const addressOf = (unit: string) => `210 Oak Street, Unit ${unit}, Austin, TX 78701`;
/** Nobody else's, and never corrected. */
export const FIRST = ['Ana', 'Ben', 'Cara', 'Dara', 'Eli'];
const OPEN = new Set(['started', 'submitted', 'on_hold']);
const DECIDED = new Set(['approved', 'approved_with_conditions', 'rejected']);
const DECISION_EVENT: Record<string, string> = {
  approved: 'application_approved',
  approved_with_conditions: 'application_conditionally_approved',
  rejected: 'application_declined',
  canceled: 'application_canceled',
};

class World {
  readonly steps: Step[] = [];
  readonly applications: Application[] = [];
  readonly humans: Human[];
  readonly spelling: Spelling;
  now = START;
  /** When something was last said without a time, by what it was about. */
  readonly #said = new Map<string, number>();

  constructor({ people, spelling }: Story) {
    this.spelling = spelling;
    this.humans = Array.from({ length: people }, (_, index) => ({
      key: `p${index + 1}`,
      version: 0,
      enrollments: [],
      customer: false,
      paid: 0,
    }));
  }

  human(who: number): Human {
    return this.humans[who % this.humans.length] as Human;
  }

  send(event: string, body: Record<string, unknown>): void {
    this.steps.push({ at: this.now, source: 'webhook', body: { event, ...body } });
  }

  read(event: string, object: Record<string, unknown>): void {
    this.steps.push({ at: this.now, source: 'read', body: { event, read_at: iso(this.now), object } });
  }

  /** Lets time pass until nothing said of `about` can be confused with what is said next. */
  wait(about: string): void {
    this.now = Math.max(this.now, (this.#said.get(about) ?? 0) + APART);
  }

  said(about: string): void {
    this.#said.set(about, this.now);
  }

  person({ key, version }: Human) {
    const first_name = FIRST[Number(key.slice(1)) - 1];
    return {
      first_name,
      last_name: version > 1 ? 'Marsh' : 'Okafor',
      email: `${first_name}.${version}@example.com`.toLowerCase(),
      phone: `+1512555010${key.slice(1)}`,
    };
  }

  applicationsOf(who: number): Application[] {
    const index = who % this.humans.length;
    return this.applications.filter(
      (a) => a.status !== 'merged' && a.members.some((member) => member.person === index),
    );
  }

  touch(application: Application, status = application.status): void {
    application.status = status;
    application.updatedAt = this.now;
  }

  lease(application: Application) {
    return {
      monthly_rent_amount: { cents: application.rent, currency: 'USD' },
      desired_move_in_date: '2026-12-01',
      status: application.status,
      created_at: iso(application.createdAt),
      application_updated_at: iso(application.updatedAt),
    };
  }

  /** The basic family: one person. */
  basic(event: string, application: Application, member: Member, more: Record<string, unknown> = {}): void {
    const human = this.human(member.person);
    const ids = { application_id: application.id, applicant_id: member.applicantId };
    this.send(event, {
      ...this.person(human),
      ...this.lease(application),
      unit: application.unit,
      address: addressOf(application.unit),
      ...(this.spelling.ids === 'none' ? {} : { external_id: `external-${human.key}` }),
      ...(this.spelling.ids === 'boom' ? ids : {}),
      ...more,
    });
  }

  /** The group family: everyone in the application. */
  group(event: string, application: Application, more: Record<string, unknown> = {}): void {
    this.send(event, {
      id: application.id,
      ...this.lease(application),
      unit: application.unit,
      unit_object: {
        id: `unit-${application.unit}`,
        title: application.unit,
        property: { name: 'Oak Street', address: addressOf(application.unit) },
      },
      applicants: this.applicants(application),
      ...more,
    });
  }

  applicants(application: Application) {
    return application.members.map((member) => {
      const human = this.human(member.person);
      return {
        id: member.applicantId,
        ...this.person(human),
        external_id: `external-${human.key}`,
        role: member.role,
      };
    });
  }

  report(event: string, human: Human, more: Record<string, unknown> = {}, named = this.spelling.older): void {
    this.wait(`read ${human.key}`);
    const { first_name, last_name, email, phone } = this.person(human);
    const person = {
      customer_first_name: first_name,
      customer_last_name: last_name,
      customer_email: email,
      customer_phone: phone,
    };
    this.send(event, { customer_id: `customer-${human.key}`, ...(named ? person : {}), ...more });
    this.said(`person ${human.key}`);
  }
}

type Act = (world: World, command: Command) => void;

const pickOf = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];

function onApplication(act: (world: World, application: Application, command: Command) => void): Act {
  return (world, command) => {
    const application = pickOf(world.applicationsOf(command.who), command.pick);
    if (application) act(world, application, command);
  };
}

function onEnrollment(act: (world: World, human: Human, last: Enrollment, command: Command) => void): Act {
  return (world, command) => {
    const human = world.human(command.who);
    const last = human.enrollments.at(-1);
    if (last) act(world, human, last, command);
  };
}

function memberOf(application: Application, world: World, who: number): Member {
  const index = who % world.humans.length;
  return application.members.find(({ person }) => person === index) as Member;
}

function begin(world: World, application: Application, member: Member): void {
  world.basic('applicant_started', application, member);
  if (world.spelling.twins) world.basic('applicant_created', application, member);
}

function decide(world: World, application: Application, status: string, members: Member[]): void {
  // Whether somebody lives where they were approved before is told by the times of both.
  if (status.startsWith('approved'))
    for (const { person } of application.members) world.wait(`home p${person + 1}`);
  world.touch(application, status);
  application.decidedAt = world.now;
  for (const member of members) {
    if (member.status !== 'canceled') world.basic(DECISION_EVENT[status] as string, application, member);
  }
}

const followUp = (event: string): Act =>
  onApplication((world, application) => world.group(event, application));

const verify = (event: string): Act =>
  onApplication((world, application, { who, pick }) => {
    const member = memberOf(application, world, who);
    const human = world.human(who);
    world.send(event, {
      status: event.endsWith('expired') ? 'expired' : pickOf(['finished', 'failed', 'review_required'], pick),
      lead_id: `lead-${human.key}`,
      ...world.person(human),
      external_customer_id: `external-${human.key}`,
      application_id: application.id,
      application_status: application.status,
      applicant_id: member.applicantId,
      updated_at: iso(world.now),
      finished_at: iso(world.now),
    });
  });

const resides = (event: string, status: string): Act =>
  onEnrollment((world, human, enrollment) => {
    const before = status === 'approved' ? ['pending'] : ['pending', 'approved'];
    if (!before.includes(enrollment.status)) return;
    if (status === 'approved' || status === 'moved_out') world.wait(`home ${human.key}`);
    enrollment.status = status;
    const reasons = status === 'unenrolled' ? { reasons: ['landlord_pending'] } : {};
    world.report(event, human, { enrollment_id: enrollment.id, ...reasons });
    if (status === 'approved' || status === 'moved_out') world.said(`home ${human.key}`);
  });

/** Boom's words for how our registers end. */
const API_STATUS: Record<string, string> = { unenrolled: 'closed', moved_out: 'finished' };

export const ACTIONS = {
  apply(world, { who, pick }) {
    const human = world.human(who);
    const person = who % world.humans.length;
    const nth = world.applications.length + 1;
    if (world.applicationsOf(who).filter((a) => OPEN.has(a.status)).length > 1) return;
    const member: Member = {
      person,
      status: 'started',
      applicantId: `applicant-${human.key}-a${nth}`,
      role: 'applicant',
    };
    const application: Application = {
      id: `a${nth}`,
      // Now and then the unit that the person has applied for before.
      unit: (pick > 8 && world.applicationsOf(who).at(-1)?.unit) || `${nth}${'ABC'[pick % 3]}`,
      status: 'started',
      rent: 150_000,
      members: [member],
      createdAt: world.now,
      updatedAt: world.now,
      decidedAt: null,
    };
    world.applications.push(application);
    world.basic('application_started', application, member);
    if (world.spelling.twins) world.basic('application_created', application, member);
    begin(world, application, member);
  },
  invite: onApplication((world, application, { who, pick }) => {
    const others = world.humans
      .map((_, index) => index)
      .filter((index) => !application.members.some(({ person }) => person === index));
    const person = pickOf(others, pick);
    const inviting = memberOf(application, world, who);
    if (person === undefined || !OPEN.has(application.status)) return;
    const human = world.human(person);
    world.group('applicant_invite_followup', application, {
      lead_id: `lead-${human.key}`,
      external_id: `external-${human.key}`,
      invited_lead: { id: `lead-${human.key}`, ...world.person(human) },
      inviting_applicant: { id: inviting.applicantId },
    });
    world.now += MINUTE;
    const role = pick % 2 === 0 ? 'applicant' : 'co_signer';
    const applicantId = `applicant-${human.key}-${application.id}`;
    const member: Member = { person, status: 'started', applicantId, role };
    application.members.push(member);
    world.touch(application);
    begin(world, application, member);
  }),
  submit: onApplication((world, application, { who }) => {
    const member = memberOf(application, world, who);
    if (application.status !== 'started' || member.status !== 'started') return;
    member.status = 'submitted';
    const complete = application.members.every(({ status }) => status !== 'started');
    world.touch(application, complete ? 'submitted' : 'started');
    world.basic('applicant_submitted', application, member);
    if (world.spelling.twins) world.basic('applicant_completed', application, member);
    if (!complete) return;
    world.basic('application_submitted', application, member);
    if (world.spelling.twins) world.basic('application_completed', application, member);
  }),
  review: onApplication((world, application) => {
    if (application.status === 'submitted') world.group('application_under_review', application);
  }),
  decide: onApplication((world, application, { pick }) => {
    if (!OPEN.has(application.status)) return;
    decide(world, application, pickOf(Object.keys(DECISION_EVENT), pick) as string, application.members);
  }),
  decideOne: onApplication((world, application, { who, pick }) => {
    if (!OPEN.has(application.status) && !DECIDED.has(application.status)) return;
    decide(world, application, pickOf(Object.keys(DECISION_EVENT), pick) as string, [
      memberOf(application, world, who),
    ]);
  }),
  revert: onApplication((world, application, { pick }) => {
    if (!DECIDED.has(application.status)) return;
    // It may still carry the decision that it takes back.
    if (pick % 2 === 0) application.status = 'submitted';
    world.touch(application);
    world.group('application_decision_reverted', application);
    world.touch(application, 'submitted');
    application.decidedAt = null;
  }),
  update: onApplication((world, application, { who, pick }) => {
    application.rent += 100 * (1 + (pick % 3));
    world.touch(application);
    world.basic('application_updated', application, memberOf(application, world, who));
  }),
  hold: onApplication((world, application, { who, pick }) => {
    if (application.status !== 'submitted') return;
    world.touch(application, 'on_hold');
    if (pick % 2 === 0) world.basic('application_updated', application, memberOf(application, world, who));
  }),
  resume: onApplication((world, application) => {
    if (application.status === 'on_hold' || application.status === 'canceled')
      world.touch(application, 'submitted');
  }),
  leave: onApplication((world, application, { who }) => {
    if (application.members.length < 2 || !OPEN.has(application.status)) return;
    memberOf(application, world, who).status = 'canceled';
    world.touch(application);
  }),
  split: onApplication((world, application, { who }) => {
    if (application.members.length < 2) return;
    application.members.splice(application.members.indexOf(memberOf(application, world, who)), 1);
    world.touch(application);
  }),
  merge: onApplication((world, target, { pick }) => {
    const sources = world.applications.filter((a) => a !== target && OPEN.has(a.status));
    const source = pickOf(sources, pick);
    if (!source || !OPEN.has(target.status)) return;
    for (const member of source.members) {
      if (!target.members.some(({ person }) => person === member.person)) target.members.push(member);
    }
    world.touch(source, 'merged');
    world.touch(target);
    world.send('application_merged', {
      target_application_id: target.id,
      merged_application_ids: [source.id],
      merged_at: iso(world.now),
    });
  }),
  correct(world, { who }) {
    const human = world.human(who);
    // Where no application says it with a time.
    if (world.applicationsOf(who).length === 0) world.wait(`person ${human.key}`);
    human.version += 1;
    const units = new Set<string>();
    for (const application of world.applicationsOf(who)) {
      // Without ids nothing tells apart what two applications for one unit say at the same time.
      if (units.has(application.unit)) world.now += 1;
      units.add(application.unit);
      world.touch(application);
      world.basic('application_updated', application, memberOf(application, world, who));
    }
  },
  identityFollowUp: followUp('applicant_identity_followup'),
  incomeFollowUp: followUp('applicant_income_followup'),
  checkoutFollowUp: followUp('applicant_checkout_followup'),
  receipt: followUp('applicant_receipt'),
  pet: followUp('pet_screening_requested'),
  identify: verify('identity_verification_finished'),
  expire: verify('identity_verification_expired'),
  push: onApplication((world, application, { who, pick }) => {
    const human = world.human(who);
    world.wait(`push ${human.key}`);
    const error = pick % 2 === 0 ? { error_message: 'unit not found' } : {};
    const status = { pms_push_status: pick % 2 === 0 ? 'failed' : 'done' };
    const member = memberOf(application, world, who);
    world.basic('push_applicants_to_property_management_system', application, member, {
      ...status,
      ...error,
    });
    world.said(`push ${human.key}`);
  }),
  readApplication: onApplication((world, application) => {
    const { members } = application;
    world.read('application_read', {
      id: application.id,
      ...world.lease(application),
      unit_id: `unit-${application.unit}`,
      decision_at: application.decidedAt === null ? null : iso(application.decidedAt),
      applicants: world.applicants(application).map((applicant, index) => ({
        ...applicant,
        application_status: members[index]?.status,
      })),
    });
  }),
  readLog: onApplication((world, application) => {
    if (application.decidedAt === null || !DECIDED.has(application.status)) return;
    world.read('activity_read', {
      id: `log-${world.steps.length}`,
      application_id: application.id,
      event_type: 'decision_made',
      occurred_at: iso(application.decidedAt),
      details: { status: application.status, decision_at: iso(application.decidedAt) },
    });
  }),
  readLead: onApplication((world, application, { who }) => {
    const human = world.human(who);
    world.read('lead_read', {
      id: `lead-${human.key}`,
      ...world.person(human),
      external_id: `external-${human.key}`,
      applicant_id: memberOf(application, world, who).applicantId,
      application_id: application.id,
      updated_at: iso(world.now),
    });
  }),

  register(world, { who }) {
    const human = world.human(who);
    if (human.customer) return;
    human.customer = true;
    world.report('customer_registered', human);
  },
  enroll(world, { who, pick }) {
    const human = world.human(who);
    const last = human.enrollments.at(-1);
    if (!human.customer || (last && ['pending', 'approved'].includes(last.status))) return;
    const units = world.applications.map((a) => a.unit);
    const enrollment: Enrollment = {
      id: `enrollment-${human.key}-${human.enrollments.length + 1}`,
      status: 'pending',
      address: addressOf(pickOf([...units, '99Z'], pick) as string).replace('Street, Unit ', 'St Apt #'),
      issues: new Set(),
    };
    human.enrollments.push(enrollment);
    world.report('enrollment_pending', human, { enrollment_id: enrollment.id });
  },
  enrollmentApproved: resides('enrollment_approved', 'approved'),
  enrollmentRejected: resides('enrollment_rejected', 'rejected'),
  unenroll: resides('customer_unenrolled', 'unenrolled'),
  moveOut: resides('enrollment_moved_out', 'moved_out'),
  check: onEnrollment((world, human, enrollment, { pick }) => {
    const kind = pickOf(['identity', 'lease', 'landlord'], pick) as string;
    const about = `check ${enrollment.id} ${kind}`;
    world.wait(about);
    const outcome = pick % 2 === 0 ? 'verified' : 'rejected';
    world.report(`enrollment_verification_${outcome}`, human, {
      enrollment_id: enrollment.id,
      verification_id: `v-${world.steps.length}`,
      kind,
      review_method: 'automatic',
    });
    world.said(about);
  }),
  openIssue: onEnrollment((world, human, enrollment, { pick }) => {
    const slug = pickOf(['bank', 'lease'], pick) as string;
    if (enrollment.issues.has(slug)) return;
    world.wait(`issue ${enrollment.id} ${slug}`);
    enrollment.issues.add(slug);
    world.report('issue_pending', human, { enrollment_id: enrollment.id, slug, title: slug });
    world.said(`issue ${enrollment.id} ${slug}`);
  }),
  resolveIssue: onEnrollment((world, human, enrollment, { pick }) => {
    const slug = pickOf([...enrollment.issues], pick);
    if (slug === undefined) return;
    enrollment.issues.delete(slug);
    world.report('issue_resolved', human, { enrollment_id: enrollment.id, slug, title: slug });
    world.said(`issue ${enrollment.id} ${slug}`);
  }),
  furnish: onEnrollment((world, human, enrollment, { pick }) => {
    world.report('furnishment_finished', human, {
      enrollment_id: enrollment.id,
      bureau: pickOf(['equifax', 'experian'], pick),
      rental_verification: { id: `r-${human.paid}`, for_month: '2026-10-01', status: 'pending_confirmation' },
    });
  }),
  pay: onEnrollment((world, human, enrollment, { pick }) => {
    human.paid += 1;
    world.report('rental_payment_verified', human, {
      enrollment_id: enrollment.id,
      rental_verification_id: `r-${human.paid}`,
      for_month: monthOf(human.paid),
      transactions: [
        {
          amount: 150_000,
          source: 'bank',
          ...(pick % 2 === 0 ? { external_id: `t-${human.key}-${human.paid}` } : {}),
        },
      ],
    });
  }),
  linkVisited(world, { who }) {
    const human = world.human(who);
    if (!human.customer) return;
    world.wait(`link ${human.key}`);
    world.report('boomreport_plaid_link_visited', human, {}, true);
    world.said(`link ${human.key}`);
  },
  linkRequested(world, { who }) {
    const human = world.human(who);
    if (!human.customer) return;
    world.wait(`link ${human.key}`);
    world.report('boomreport_plaid_link_requested', human, {}, true);
    world.said(`link ${human.key}`);
  },
  readCustomer(world, { who }) {
    const human = world.human(who);
    if (human.customer) world.read('customer_read', { id: `customer-${human.key}`, ...world.person(human) });
  },
  readEnrollment: onEnrollment((world, human, enrollment, { pick }) => {
    world.read('enrollment_read', {
      id: enrollment.id,
      customer_id: `customer-${human.key}`,
      status: API_STATUS[enrollment.status] ?? enrollment.status,
      ...(pick % 2 === 0 ? { address: { one_line_address: enrollment.address } } : {}),
      // Of the months that may have been paid the first ones, and the one that may have been furnished.
      ...(pick % 3 === 0 ? {} : { rental_verifications: [...monthsUpTo(pick), '2026-10-01'].map(rentalOf) }),
    });
    world.said(`read ${human.key}`);
  }),
  readIssues(world, { who }) {
    const human = world.human(who);
    if (!human.customer) return;
    const open = new Set(human.enrollments.flatMap(({ issues }) => [...issues]));
    world.read('issues_read', {
      customer_id: `customer-${human.key}`,
      issues: [...open].map((slug) => ({ slug, title: slug, description: null })),
    });
    world.said(`read ${human.key}`);
  },
} satisfies Record<string, Act>;
export type Action = keyof typeof ACTIONS;

/** What Boom sends and what we read of it, in order. */
export function stepsOf(story: Story): Step[] {
  const world = new World(story);
  for (const command of story.commands) {
    world.now += command.gap;
    const act: Act = ACTIONS[command.what];
    act(world, command);
    // Boom's clock does not stand still between two changes.
    world.now += 1000;
  }
  return world.steps;
}

/** What usually comes after each other; without it little else could happen. */
const COURSES: Action[][] = [
  ['apply', 'submit', 'review', 'decide'],
  ['apply', 'invite', 'submit'],
  ['decide', 'revert', 'decide'],
  ['register', 'enroll', 'enrollmentApproved'],
  ['unenroll', 'enroll', 'enrollmentApproved'],
  ['openIssue', 'resolveIssue', 'openIssue'],
  ['decide', 'readLog', 'readApplication'],
  ['enrollmentApproved', 'moveOut', 'readEnrollment'],
];

const command = (what: fc.Arbitrary<Action>): fc.Arbitrary<Command> =>
  fc.record({
    what,
    who: fc.nat({ max: 4 }),
    gap: fc.constantFrom(0, 1000, 20_000, 90_000, 200_000, 900_000, 86_400_000),
    pick: fc.nat({ max: 11 }),
  });

const course: fc.Arbitrary<Command[]> = fc
  .tuple(fc.constantFrom(...COURSES), fc.nat({ max: 4 }))
  .chain(([actions, who]) =>
    fc.tuple(...actions.map((action) => command(fc.constant(action)).map((one) => ({ ...one, who })))),
  );
const single = command(fc.constantFrom(...(Object.keys(ACTIONS) as Action[]))).map((one) => [one]);

export const stories: fc.Arbitrary<Story> = fc.record({
  people: fc.integer({ min: 1, max: 5 }),
  spelling: fc.record({
    ids: fc.constantFrom('boom', 'landlord', 'none'),
    twins: fc.boolean(),
    older: fc.boolean(),
  }),
  commands: fc
    .array(fc.oneof({ weight: 2, arbitrary: single }, { weight: 1, arbitrary: course }), {
      minLength: 4,
      maxLength: 40,
      size: 'max',
    })
    .map((lists) => lists.flat()),
});

/** Delays that Boom's retries may cause, up to a place behind everything of the window. */
export const delays = fc.array(fc.constantFrom(0, 0, 0, 60_000, 120_000, RETRY_WINDOW_MS), {
  minLength: 1,
  maxLength: 60,
});
/** Which deliveries come twice. */
export const choices = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
