/** The demo: a believable month of one building, told in Boom's deliveries. */
import {
  type Application,
  type Calendar,
  type Cast,
  calendarFor,
  castOf,
  type Enrollment,
} from './story-cast.ts';
import { type Deliveries, deliveriesOf, type Member } from './story-deliveries.ts';

export interface StoryStep {
  /** What happens, in one sentence for a landlord. */
  says: string;
  /** What Boom sends of it. */
  body: Record<string, unknown>;
}

/**
 * Told again in the same month with the same `run`, only the request ids are new: the same people, and nobody twice.
 * Another `run` has people of its own.
 */
export function story(now: Date, run = 'demo'): StoryStep[] {
  const [cast, calendar, send] = [castOf(run), calendarFor(now), deliveriesOf(run)];
  const maya: Enrollment = {
    key: '4b-torres',
    customer: cast.maya,
    customerSince: calendar.at(0, 17, 30),
  };
  return [
    ...alreadyThere(cast, calendar, send),
    ...applyingFor4B(cast, calendar, send),
    ...handingOver4B(cast, maya, send),
    ...applyingFor3C(cast, calendar, send),
    ...reportingRent(maya, calendar, send),
  ];
}

const step = (says: string, body: Record<string, unknown>): StoryStep => ({ says, body });

const RENT_OF_4B = 185_000;

function alreadyThere({ nora, walter }: Cast, { at, on }: Calendar, send: Deliveries): StoryStep[] {
  const resident = (person: typeof nora, unit: string, rent: number, day: number, since: string) => {
    const key = `${unit}-${person.contact.last_name}`.toLowerCase();
    const application: Application = { key, unit, rent, moveIn: on(day), createdAt: at(day - 30, 15) };
    const enrollment: Enrollment = { key, customer: person, customerSince: at(day + 3, 15) };
    return [
      step(
        `${since}, ${person.name} applies for ${unit}`,
        send.all('application_under_review', [{ person, role: 'applicant' }], application, at(day - 27, 10)),
      ),
      step(
        `${person.name} is approved and moves into ${unit}`,
        send.one('application_approved', person, application, at(day - 25, 11)),
      ),
      step(
        `${person.name} signs up for rent reporting and looks at how to connect a bank`,
        send.bankLink('boomreport_plaid_link_visited', enrollment),
      ),
      step(
        `${person.name}'s rent is reported from now on`,
        send.enrollment('enrollment_approved', enrollment),
      ),
    ];
  };
  return [
    ...resident(nora, '1A', 142_000, -760, 'Two years ago'),
    ...resident(walter, '4B', 172_500, -396, 'Last year'),
  ];
}

function applyingFor4B({ maya, rosa, derek }: Cast, { at, on }: Calendar, send: Deliveries): StoryStep[] {
  const moveIn = on(0);
  const mayas: Application = {
    key: '4b-torres',
    unit: '4B',
    rent: RENT_OF_4B,
    moveIn,
    createdAt: at(-24, 14),
  };
  const withASlip = { ...mayas, rent: 158_000 };
  const rosas = { ...mayas, createdAt: at(-23, 9) };
  const dereks: Application = { ...mayas, key: '4b-olsen', createdAt: at(-23, 18) };
  const tenant: Member = { person: maya, role: 'applicant' };
  const coSigner: Member = { person: rosa, role: 'co_signer' };
  const rival: Member = { person: derek, role: 'applicant' };
  return [
    step(
      'Maya Torres starts an application for 4B',
      send.one('application_started', maya, mayas, at(-24, 14, 5)),
    ),
    step('Maya Torres shows who she is', send.identity(tenant, mayas, at(-24, 14, 30))),
    step(
      'Rosa Torres, asked to co-sign for her daughter, is reminded of it',
      send.all('applicant_invite_followup', [tenant], mayas, at(-23, 15), { invited: rosa }),
    ),
    step('Derek Olsen wants 4B too', send.one('application_started', derek, dereks, at(-23, 18, 5))),
    step('Rosa Torres starts her part', send.one('applicant_started', rosa, rosas, at(-22, 19))),
    step('Rosa Torres hands it in', send.one('applicant_submitted', rosa, rosas, at(-22, 19, 40))),
    step(
      'Maya Torres hands in her application',
      send.one('application_submitted', maya, mayas, at(-21, 8, 15)),
    ),
    step(
      "The landlord looks into Maya Torres's application, with Rosa as co-signer",
      send.all('application_under_review', [tenant, coSigner], mayas, at(-20, 10)),
    ),
    step(
      'Derek Olsen hands in his application, and it is looked into',
      send.all('application_under_review', [rival], dereks, at(-19, 12)),
    ),
    step('Maya Torres is approved for 4B', send.one('application_approved', maya, withASlip, at(-16, 16))),
    step(
      'Rosa Torres is approved as her co-signer',
      send.one('application_approved', rosa, withASlip, at(-16, 16)),
    ),
    step(
      'The approval said $1,580 instead of $1,850, so the landlord takes it back',
      send.all('application_decision_reverted', [tenant, coSigner], withASlip, at(-15, 9), {
        reasons: ['The rent was wrong'],
      }),
    ),
    step('The rent is put right', send.one('application_updated', maya, mayas, at(-15, 9, 20))),
    step('Maya Torres is approved again', send.one('application_approved', maya, mayas, at(-14, 11))),
    step('Rosa Torres is approved again', send.one('application_approved', rosa, mayas, at(-14, 11))),
    step('Derek Olsen is declined', send.one('application_declined', derek, dereks, at(-13, 10))),
  ];
}

function handingOver4B({ walter, maya }: Cast, enrollment: Enrollment, send: Deliveries): StoryStep[] {
  const walters: Enrollment = { ...enrollment, key: '4b-quinn', customer: walter };
  const { name } = maya;
  return [
    step(`${walter.name} moves out of 4B`, send.enrollment('enrollment_moved_out', walters)),
    step(
      `${name} moves in, and somebody Boom does not name signs up for rent reporting`,
      send.registered(enrollment),
    ),
    step(
      `It was ${name}: she looks at how to connect her bank`,
      send.bankLink('boomreport_plaid_link_visited', enrollment),
    ),
    step(`${name} has filled in everything`, send.enrollment('enrollment_pending', enrollment)),
    step(
      `Boom has checked who ${name} is`,
      send.verified(enrollment, 'identity', 'Document and face agree', 'automatic'),
    ),
    step('Boom has checked her lease', send.verified(enrollment, 'lease', 'Dates and rent agree', 'manual')),
    step(
      'Boom has checked with the landlord',
      send.verified(enrollment, 'landlord', 'Confirmed by e-mail', 'manual'),
    ),
    step(`${name}'s rent is reported from now on`, send.enrollment('enrollment_approved', enrollment)),
  ];
}

function applyingFor3C({ priya, tom }: Cast, { at, on }: Calendar, send: Deliveries): StoryStep[] {
  const priyas: Application = {
    key: '3c-nair',
    unit: '3C',
    rent: 230_000,
    moveIn: on(45),
    createdAt: at(3, 19),
  };
  const toms: Application = { ...priyas, key: '3c-becker', createdAt: at(4, 12) };
  const both: [Member, Member] = [
    { person: priya, role: 'applicant' },
    { person: tom, role: 'applicant' },
  ];
  return [
    step(
      'Priya Nair starts an application for 3C',
      send.one('application_started', priya, priyas, at(3, 19, 10)),
    ),
    step('Priya Nair shows who she is', send.identity(both[0], priyas, at(3, 19, 35))),
    step(
      'Tom Becker, who will live with her, starts one of his own',
      send.one('application_started', tom, toms, at(4, 12, 5)),
    ),
    step('Tom Becker shows who he is', send.identity(both[1], toms, at(4, 12, 20))),
    step("Tom's application is merged into Priya's", send.merged([toms], priyas, at(6, 10))),
    step(
      'The landlord looks into the application of both',
      send.all('application_under_review', both, priyas, at(7, 16)),
    ),
    step(
      'Priya Nair is approved for 3C on a condition',
      send.one('application_conditionally_approved', priya, priyas, at(10, 14)),
    ),
    step(
      'Tom Becker is approved on the same condition',
      send.one('application_conditionally_approved', tom, priyas, at(10, 14)),
    ),
  ];
}

const BUREAUS = ['Experian', 'Equifax', 'TransUnion'];

const BANK_LOST = {
  slug: 'bank_connection_lost',
  title: 'The bank is no longer connected',
  description: 'Connect the bank again, so that the next rent can be found.',
};

function reportingRent(enrollment: Enrollment, { monthStart }: Calendar, send: Deliveries): StoryStep[] {
  const { name } = enrollment.customer;
  const month = (which: 'first' | 'second', forMonth: string) => [
    step(`Boom finds ${name}'s ${which} rent in her bank`, send.payment(enrollment, forMonth, RENT_OF_4B)),
    ...BUREAUS.map((bureau) =>
      step(
        `${bureau} hears of ${name}'s ${which} rent`,
        send.furnished(enrollment, bureau.toLowerCase(), forMonth),
      ),
    ),
  ];
  return [
    ...month('first', monthStart(0)),
    step(`${name}'s bank loses the connection`, send.issue('issue_pending', enrollment, BANK_LOST)),
    step(
      `${name} asks for a link to connect it again`,
      send.bankLink('boomreport_plaid_link_requested', enrollment),
    ),
    step('The bank is connected again', send.issue('issue_resolved', enrollment, BANK_LOST)),
    ...month('second', monthStart(1)),
  ];
}
