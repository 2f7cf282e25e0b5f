/** Do no harm: what never leaves, what nobody is sent, and what is not written at all. */
import {
  arrive,
  arriveForGood,
  boomSays,
  holdsInLine,
  inLine,
  personOf,
  phoneField,
  staffAdds,
  writes,
} from '../acts.ts';
import { type Case, firstOf, holds, WHY } from '../case.ts';
import type { FakePerson } from '../fake.ts';
import type { SeenRequest } from '../fake-server.ts';
import { forbiddenIn } from '../forbidden.ts';
import { ANA, CANARIES, CANARY, crowd, reporting } from '../people.ts';
import type { Rig } from '../rig.ts';

/** An application, its decision, rent reporting and a move-out, with everything that must never leave in each. */
async function wholeStory(rig: Rig): Promise<void> {
  const events = [
    'application_submitted',
    'application_approved',
    'application_declined',
    'application_approved',
  ];
  for (const event of events) {
    await boomSays(rig, event, ANA, CANARIES);
    await rig.drain();
  }
  const report = [
    reporting('customer_registered', ANA, CANARIES),
    reporting('enrollment_approved', ANA, CANARIES),
    reporting('issue_pending', ANA, {
      ...CANARIES,
      slug: 'canary-slug',
      title: 'canary',
      description: 'canary',
    }),
    reporting('customer_unenrolled', ANA, CANARIES),
    reporting('enrollment_moved_out', ANA, CANARIES),
  ];
  for (const said of report) {
    rig.pass(10);
    await rig.deliver(said);
    await rig.drain();
  }
}

const PHONE = '+15125550166';

/** All that a request carries. */
function carried({ path, query, headers, body }: SeenRequest): string {
  return JSON.stringify([path, query, headers, body]);
}

export const harmCases: Case[] = [
  {
    name: 'nothing that must never leave is in any request, record, task or line of the log',
    without: (subject) => firstOf(!subject.manifest.capabilities.byHand && WHY.noBeginning(subject)),
    async run({ subject, open }) {
      const rig = await open();
      if (!subject.manifest.capabilities.byHand) await inLine(rig, ANA);
      await wholeStory(rig);
      holds(
        !CANARY.test(JSON.stringify(await rig.states())),
        'A task, or what is shown of a record, holds it',
      );
      const told = rig.server.seen.find((request) => CANARY.test(carried(request)));
      holds(
        told === undefined,
        `${told?.method} ${told?.path} carried ${CANARY.exec(told ? carried(told) : '')?.input}`,
      );
      const kept = [...rig.fake.people('applicant'), ...rig.fake.people('tenant')];
      holds(!CANARY.test(JSON.stringify(kept)), 'A record holds it');
      const named = [ANA.firstName, ANA.lastName, ANA.email, ANA.phone];
      const line = rig.logged.find((text) => CANARY.test(text) || named.some((one) => text.includes(one)));
      holds(line === undefined, `The log holds it: ${line}`);
    },
  },
  {
    name: 'no write makes or ends a lease, sets a move-out, begins a deposit or posts a payment',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.local(subject), WHY.noBeginning(subject)),
    async run({ open }) {
      const rig = await open();
      await inLine(rig, ANA);
      await wholeStory(rig);
      for (const { write, method, path, body } of rig.server.seen) {
        const asked = write ? forbiddenIn(path, body) : null;
        holds(asked === null, `${method} ${path} asks for ${asked}`);
      }
    },
  },
  {
    name: 'a change of somebody who is on a lease changes that field or nothing',
    without: (subject) =>
      firstOf(
        WHY.byHand(subject),
        WHY.noUpdate(subject),
        WHY.noBeginning(subject),
        !subject.fake.leases && 'its records are on no lease',
      ),
    async run({ open }) {
      const rig = await open();
      const field = await phoneField(rig, ANA);
      const { id } = await inLine(rig, ANA);
      rig.fake.onLease?.(id);
      const before = personOf(rig, id);
      rig.server.seen.length = 0;
      await boomSays(rig, 'application_updated', { ...ANA, phone: PHONE }, { status: 'submitted' });
      await rig.drain();
      const now = personOf(rig, id);
      const rest = ({ fields, ...other }: FakePerson) =>
        JSON.stringify({ ...other, fields: { ...fields, [field]: null } });
      holds(rest(now) === rest(before), 'Something else was changed');
      const rules = rig.connection.rules(rig.subject.kind);
      const shown = now.fields[field];
      const either = [ANA.phone, PHONE].some((phone) => rules.same(field, phone, shown));
      holds(either, 'The field holds neither value');
      for (const request of rig.server.seen) {
        const { write, method, path, body } = request;
        const why = rig.fake.refuses?.(request) ?? (write ? forbiddenIn(path, body) : null);
        holds(why === null, `${method} ${path}: ${why}`);
      }
    },
  },
  {
    name: 'nothing is sent that would mail the person or do what nobody may',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.local(subject), WHY.noBeginning(subject)),
    async run({ open }) {
      const rig = await open();
      await inLine(rig, ANA);
      await wholeStory(rig);
      for (const request of rig.server.seen) {
        const why = rig.fake.refuses?.(request) ?? null;
        holds(why === null, `${request.method} ${request.path}: ${why}`);
      }
    },
  },
  {
    name: 'a move-out changes no field of a record',
    without: (subject) =>
      firstOf(
        WHY.byHand(subject),
        !subject.manifest.capabilities.kinds.includes('tenant') && 'it keeps no tenants',
        (subject.manifest.capabilities.local || subject.manifest.capabilities.find === 'none') &&
          'a list of our own says who lives there',
        !subject.fake.adds && 'there is no record to begin with',
      ),
    async run({ open }) {
      const rig = await open();
      await staffAdds(rig, ANA, 'tenant');
      await boomSays(rig, 'application_approved', ANA);
      await rig.deliver(reporting('customer_registered', ANA), reporting('enrollment_approved', ANA));
      await rig.drain();
      const known = (await rig.states()).filter(
        ({ kind, remoteId }) => kind === 'tenant' && remoteId !== null,
      );
      holds(known.length === 1, 'The tenant that staff made was not found');
      const fields = () => JSON.stringify(rig.fake.people('tenant').map((one) => [one.id, one.fields]));
      const before = fields();
      rig.pass(10);
      await rig.deliver(reporting('enrollment_moved_out', ANA));
      await rig.drain();
      holds(fields() === before, 'A field was changed');
    },
  },
  {
    name: 'people about whom nothing changed cost no request',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.local(subject), WHY.noBeginning(subject)),
    async run({ open }) {
      const rig = await open();
      await arriveForGood(rig, ...crowd(10));
      await holdsInLine(rig);
      rig.server.seen.length = 0;
      await rig.restart();
      rig.pass(60);
      await rig.drain();
      holds(rig.server.seen.length === 0, `${rig.server.seen.length} requests were sent`);
    },
  },
  {
    name: 'every request keeps to the limits of its manifest',
    without: (subject) =>
      firstOf(
        WHY.byHand(subject),
        WHY.local(subject),
        subject.manifest.limits.windows.length === 0 && 'its vendor names no limits',
      ),
    async run({ subject, open }) {
      const { windows, concurrency } = subject.manifest.limits;
      const rig = await open();
      await arrive(rig, ANA);
      await rig.drain();
      holds(rig.asked.length > 0, 'No HTTP client was made');
      for (const asked of rig.asked) {
        const kept = JSON.stringify(asked.windows ?? []) === JSON.stringify(windows);
        holds(kept, 'A client was made that does not keep to the windows of the manifest');
        holds(
          (asked.concurrency ?? 1) <= concurrency,
          'A client was made that sends more at once than it may',
        );
      }
    },
  },
  {
    name: 'the check lets a good key pass, and changes nothing',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.local(subject)),
    async run({ open }) {
      const rig = await open();
      await rig.connection.connector.check();
      holds(rig.server.seen.length > 0, 'Nothing was asked');
      holds(writes(rig) === 0, 'Something was written');
    },
  },
  {
    name: 'its units are listed with the ids that a unit map needs',
    without: (subject) =>
      firstOf(WHY.byHand(subject), subject.manifest.units === undefined && 'its manifest lists no units'),
    async run({ open }) {
      const rig = await open();
      const ids: string[] = [];
      for await (const unit of rig.connection.connector.units?.() ?? []) ids.push(unit.id);
      const missing = rig.fake.units.filter(({ id }) => !ids.includes(id));
      holds(missing.length === 0, `${missing.length} of ${rig.fake.units.length} units are not listed`);
      holds(writes(rig) === 0, 'Something was written');
    },
  },
];
