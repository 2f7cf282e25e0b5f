/** Do no harm: what never leaves, what nobody is sent, and what is not written at all. */
import { arrive, boomSays, holdsInLine, inLine, staffAdds, writes } from '../acts.ts';
import { type Case, firstOf, holds, WHY } from '../case.ts';
import type { SeenRequest } from '../fake-server.ts';
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

/** All that a request carries. */
function carried({ path, query, headers, body }: SeenRequest): string {
  return JSON.stringify([path, query, headers, body]);
}

export const harmCases: Case[] = [
  {
    name: 'nothing that must never leave is in any request or record',
    without: (subject) => firstOf(WHY.byHand(subject), WHY.noBeginning(subject)),
    async run({ open }) {
      const rig = await open();
      await inLine(rig, ANA);
      await wholeStory(rig);
      const told = rig.server.seen.find((request) => CANARY.test(carried(request)));
      holds(
        told === undefined,
        `${told?.method} ${told?.path} carried ${CANARY.exec(told ? carried(told) : '')?.input}`,
      );
      const kept = [...rig.fake.people('applicant'), ...rig.fake.people('tenant')];
      holds(!CANARY.test(JSON.stringify(kept)), 'A record holds it');
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
      for (const who of crowd(10)) await inLine(rig, who);
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
