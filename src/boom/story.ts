/** The demo: a believable month of one building, told in Boom's deliveries. */
import {
  type Application,
  type Calendar,
  type Cast,
  calendarFor,
  castOf,
  type Enrollment,
  keyFor,
  type Person,
} from './story-cast.ts';
import { type Deliveries, deliveriesOf, type Member } from './story-deliveries.ts';

export interface StoryStep {
  /** What happens, in one sentence for a landlord. */
  says: string;
  /** What Boom sends of it. */
  body: Record<string, unknown>;
}

interface Scene extends Cast, Calendar {
  send: Deliveries;
}

/**
 * Told again in the same month with the same `run`, only the request ids are new: the same people, and nobody twice.
 * Another `run` has people of its own.
 */
export function story(now: Date, run = 'demo'): StoryStep[] {
  const scene: Scene = { ...castOf(run), ...calendarFor(now, 1), send: deliveriesOf(run) };
  const { nora, walter, maya, at } = scene;
  const [twoYearsAgo, lastYear] = [calendarFor(now, 25), calendarFor(now, 13)];
  const noras = enrollmentOf(nora, '1A', twoYearsAgo.at(3, 15));
  const walters = enrollmentOf(walter, '4B', lastYear.at(3, 15));
  const mayas = enrollmentOf(maya, '4B', at(0, 17));
  return [
    ...alreadyLivesThere({ ...scene, ...twoYearsAgo }, noras, '1A', 142_000, 'Two years ago'),
    ...alreadyLivesThere({ ...scene, ...lastYear }, walters, '4B', 172_500, 'Last year'),
    ...applyingFor4B(scene),
    ...handingOver4B(scene, walters, mayas),
    ...applyingFor3C(scene),
    ...reportingRent(scene, mayas),
  ];
}

const RENT_OF_4B = 185_000;

function step(says: string, body: Record<string, unknown>): StoryStep {
  return { says, body };
}

function enrollmentOf(customer: Person, unit: string, customerSince: string): Enrollment {
  return { key: keyFor(unit, customer), customer, customerSince };
}

function applicationOf(person: Person, terms: Omit<Application, 'key'>): Application {
  return { key: keyFor(terms.unit, person), ...terms };
}

function applicant(person: Person): Member {
  return { person, role: 'applicant' };
}

function alreadyLivesThere(
  { send, at, on }: Scene,
  enrollment: Enrollment,
  unit: string,
  rent: number,
  when: string,
): StoryStep[] {
  const person = enrollment.customer;
  const { name } = person;
  const application = applicationOf(person, { unit, rent, moveIn: on(0), createdAt: at(-30, 15) });
  return [
    step(
      `${when}, ${name} applied for ${unit}`,
      send.all('application_under_review', [applicant(person)], application, at(-27, 10)),
    ),
    step(
      `${name} was approved, and moved in`,
      send.one('application_approved', person, application, at(-25, 11)),
    ),
    step(
      `${name} signed up for rent reporting, and looked at how to connect a bank`,
      send.bankLink('boomreport_plaid_link_visited', enrollment),
    ),
    step(`${name}'s rent has been reported since`, send.enrollment('enrollment_approved', enrollment)),
  ];
}

function applyingFor4B({ send, at, on, maya, rosa, derek }: Scene): StoryStep[] {
  const terms = { unit: '4B', rent: RENT_OF_4B, moveIn: on(0) };
  const mayas = applicationOf(maya, { ...terms, createdAt: at(-24, 14) });
  const withASlip = { ...mayas, rent: 158_000 };
  const dereks = applicationOf(derek, { ...terms, createdAt: at(-23, 18) });
  const both: [Member, Member] = [applicant(maya), { person: rosa, role: 'co_signer' }];
  return [
    step(
      'Maya Torres starts an application for 4B',
      send.one('application_started', maya, mayas, at(-24, 14, 5)),
    ),
    step('Maya Torres shows who she is', send.identity(both[0], mayas, at(-24, 14, 30))),
    step(
      'Rosa Torres, asked to co-sign for her daughter, is reminded of it',
      send.all('applicant_invite_followup', [both[0]], mayas, at(-23, 15), { invited: rosa }),
    ),
    step('Derek Olsen wants 4B too', send.one('application_started', derek, dereks, at(-23, 18, 5))),
    step('Rosa Torres starts her part', send.one('applicant_started', rosa, mayas, at(-22, 19))),
    step('Rosa Torres hands it in', send.one('applicant_submitted', rosa, mayas, at(-22, 19, 40))),
    step(
      'Maya Torres hands in her application',
      send.one('application_submitted', maya, mayas, at(-21, 8, 15)),
    ),
    step(
      "Maya Torres's application is looked into, with Rosa as co-signer",
      send.all('application_under_review', both, mayas, at(-20, 10)),
    ),
    step(
      'Derek Olsen hands in his, and it is looked into',
      send.all('application_under_review', [applicant(derek)], dereks, at(-19, 12)),
    ),
    step('Maya Torres is approved for 4B', send.one('application_approved', maya, withASlip, at(-16, 16))),
    step(
      'Rosa Torres is approved as her co-signer',
      send.one('application_approved', rosa, withASlip, at(-16, 16)),
    ),
    step(
      'The approval says $1,580 where it should say $1,850, so it is taken back',
      send.all('application_decision_reverted', both, withASlip, at(-15, 9), {
        reasons: ['The rent was wrong'],
      }),
    ),
    step('The rent is put right', send.one('application_updated', maya, mayas, at(-15, 9, 20))),
    step('Maya Torres is approved again', send.one('application_approved', maya, mayas, at(-14, 11))),
    step('Rosa Torres is approved again', send.one('application_approved', rosa, mayas, at(-14, 11))),
    step('Derek Olsen is declined', send.one('application_declined', derek, dereks, at(-13, 10))),
  ];
}

function handingOver4B({ send }: Scene, walters: Enrollment, mayas: Enrollment): StoryStep[] {
  return [
    step('Walter Quinn moves out of 4B', send.enrollment('enrollment_moved_out', walters)),
    step('Somebody signs up for rent reporting; Boom does not say who', send.registered(mayas)),
    step(
      'It is Maya Torres, who has moved in and looks at how to connect her bank',
      send.bankLink('boomreport_plaid_link_visited', mayas),
    ),
    step('Maya Torres has filled in everything', send.enrollment('enrollment_pending', mayas)),
    step(
      'Boom has checked who she is',
      send.verified(mayas, 'identity', 'Document and face agree', 'automatic'),
    ),
    step('Boom has checked her lease', send.verified(mayas, 'lease', 'Dates and rent agree', 'manual')),
    step(
      'Boom has checked with the landlord',
      send.verified(mayas, 'landlord', 'Confirmed by e-mail', 'manual'),
    ),
    step("Maya Torres's rent is reported from now on", send.enrollment('enrollment_approved', mayas)),
  ];
}

function applyingFor3C({ send, at, on, priya, tom }: Scene): StoryStep[] {
  const terms = { unit: '3C', rent: 230_000, moveIn: on(45) };
  const priyas = applicationOf(priya, { ...terms, createdAt: at(3, 19) });
  const toms = applicationOf(tom, { ...terms, createdAt: at(4, 12) });
  const both: [Member, Member] = [applicant(priya), applicant(tom)];
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
      'The application of both is looked into',
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

function reportingRent({ send, monthStart }: Scene, mayas: Enrollment): StoryStep[] {
  const paidAndReported = (which: string, month: string) => [
    step(
      `Boom finds Maya Torres's ${which} rent in her bank account`,
      send.payment(mayas, month, RENT_OF_4B),
    ),
    ...BUREAUS.map((bureau) =>
      step(`${bureau} is told of her ${which} rent`, send.furnished(mayas, bureau.toLowerCase(), month)),
    ),
  ];
  return [
    ...paidAndReported('first', monthStart(0)),
    step('Her bank is no longer connected', send.issue('issue_pending', mayas, BANK_LOST)),
    step(
      'Maya Torres asks for a link to connect it again',
      send.bankLink('boomreport_plaid_link_requested', mayas),
    ),
    step('The bank is connected again', send.issue('issue_resolved', mayas, BANK_LOST)),
    ...paidAndReported('second', monthStart(1)),
  ];
}
