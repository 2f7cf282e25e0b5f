/** What boomsync must never do to a landlord's records, each with what shows that it does not. */

export interface HeldSentence {
  sentence: string;
  /** Names of cases of the suite. */
  cases: readonly string[];
  /** Of what is no connector's business: test files, from the root. */
  tests: readonly string[];
}

const held = (sentence: string, ...cases: string[]): HeldSentence => ({ sentence, cases, tests: [] });

export const DO_NO_HARM: readonly HeldSentence[] = [
  held(
    'A real PMS starts in preview: it shows what it would do until the landlord says live',
    'preview, which is how it begins, shows what it would write and writes nothing until it is live',
  ),
  held(
    'Decisions wait a few minutes before they are pushed: approving and taking back flap',
    'a decision settles before it is sent',
    'a decision that is taken back while it settles is never sent',
  ),
  held(
    'A decision is taken back only while the record is not on a lease; else it needs a person',
    'a decision that Boom takes back is taken back there',
    'a decision that Boom takes back waits for a person where the record is on a lease',
    'undo touches no decision of a record that is on a lease',
  ),
  held(
    'Never made or ended: a lease; never set: a move-out; never begun: a deposit; never posted: a payment',
    'no write makes or ends a lease, sets a move-out, begins a deposit or posts a payment',
    'nothing is sent that would mail the person or do what nobody may',
    'a change of somebody who is on a lease changes that field or nothing',
    'a move-out changes no field of a record',
  ),
  held(
    "One person's outcome is never written on another's record",
    'somebody else with the same e-mail address is not taken for this person',
    'two records that fit are shown to a person, and neither is touched',
  ),
  held(
    "No outcome is written on a resident's record",
    "a tenant's record is given no outcome of an application",
    'a decline of somebody who lives there is written nowhere, and a person is asked',
    'a cancellation of somebody who lives there is written nowhere, and a person is asked',
  ),
  held(
    'Nothing is written over a lease, or over what staff decided or entered',
    'nothing is decided about a record that is on a lease',
    'a decision that staff made stays theirs, and a person is asked',
    'a field that staff edited stays theirs, and a person is shown both values, under "owner: ask"',
    "a field that staff edited on a tenant's record stays theirs, and a person is asked",
  ),
  held(
    'Notes are short and without reasons',
    'a note is short, and says no reason',
    "a tenant's rent reporting is one short note where staff alone read notes, and gives no reason",
  ),
  held(
    'Never in a PMS, a file or a log: scores, recommendations, conditions, memos, identity failures, dependents or pets, why somebody left rent reporting, delinquency, bank names, transactions, links',
    'nothing that must never leave is in any request, record, task or line of the log',
  ),
  held(
    'Notes only where staff alone read them',
    'no note is written where nothing proves that staff alone read it, or the landlord wants none',
  ),
  held(
    'A conditional approval is never written as an approval',
    'a conditional approval is never written as an approval',
  ),
  held('Nobody is sent a mail by a PMS', 'nothing is sent that would mail the person or do what nobody may'),
  {
    sentence: '"In line" is never said over what Boom sent while boomsync could not be reached',
    cases: [],
    tests: ['test/operate/verdict.test.ts', 'test/read/boom-reads.test.ts'],
  },
];
