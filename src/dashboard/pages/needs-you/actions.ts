/** What can be answered to records that need a person. */
import { z } from 'zod';
import { nameOfRecord } from '../../../operate/records.ts';
import type { SyncState } from '../../../store/sync.ts';
import { type Action, action } from '../../contract.ts';
import { optional, whole } from '../../forms.ts';
import { peopleActions } from './actions-people.ts';
import { settingActions } from './actions-settings.ts';
import { answerEach, chosenInput, refusal } from './chosen.ts';
import { readToken } from './token.ts';

const DAY_MS = 24 * 60 * 60_000;

const tenantsOf = (states: readonly SyncState[]) => [...new Set(states.map(({ tenantId }) => tenantId))];

const recordActions: readonly Action[] = [
  action({
    name: 'needs_retry',
    role: 'helper',
    about: 'Looks at these records again, and sends what may be sent',
    input: z.object(chosenInput),
    run: (input, at) =>
      answerEach(input, at, async (states) => {
        await at.commands.run('retry', { tenantIds: tenantsOf(states) });
        return null;
      }),
  }),
  action({
    name: 'needs_settle',
    role: 'helper',
    about: 'Says whose value stays where both sides changed it',
    input: z.object({ ...chosenInput, take: z.enum(['theirs', 'boom']), field: optional }),
    run: ({ take, field, ...input }, at) =>
      answerEach(input, at, async (states) => {
        for (const state of states) {
          const seen = (state.plan?.fields ?? []).map(({ field: name, boom, there }) => [
            name,
            { boom, there },
          ]);
          const asked = { fields: field === null ? null : [field], take, shown: Object.fromEntries(seen) };
          const answer = await at.commands.run('settle', { ...nameOfRecord(state), ...asked });
          const refused = refusal(answer, at.words);
          if (refused !== null) return refused;
        }
        return null;
      }),
  }),
  action({
    name: 'needs_approve',
    role: 'helper',
    about: 'Lets these records be made',
    input: z.object(chosenInput),
    run: (input, at) =>
      answerEach(input, at, async (states) => {
        for (const connection of new Set(states.map((state) => state.connection))) {
          const own = states.filter((state) => state.connection === connection);
          const asked = { connection, tenantIds: tenantsOf(own), shown: null };
          const refused = refusal(await at.commands.run('approve', asked), at.words);
          if (refused !== null) return refused;
        }
        return null;
      }),
  }),
  action({
    name: 'needs_done',
    role: 'helper',
    about: 'Says that what was to be done by hand is done',
    input: z.object(chosenInput),
    run: (input, at) =>
      answerEach(input, at, async (states) => {
        for (const { tenantId, connection, kind, place } of states) {
          // Another task of the same person was not ticked.
          const asked = { tenantId, connection, record: { kind, place } };
          const refused = refusal(await at.commands.run('done', asked), at.words);
          if (refused !== null) return refused;
        }
        return null;
      }),
  }),
  action({
    name: 'needs_choose',
    role: 'helper',
    about: 'Says of a record over there that it is this person’s, or somebody else’s',
    input: z.object({
      record: z.string(),
      remoteId: z.string(),
      same: z.enum(['yes', 'no']),
      /** As the view gives it: what is chosen is what was looked at. */
      seen: optional,
    }),
    async run({ record, remoteId, same, seen }, at) {
      const { needsYou } = at.words;
      const read = readToken(record);
      if (read === null) return { ok: false, text: needsYou.nothingTicked };
      const label = at.connections().find(({ name }) => name === read.record.connection)?.label ?? '';
      const answer = await at.commands.run('choose', {
        ...read.record,
        remoteId,
        same: same === 'yes',
        seen: seenFacts(seen),
      });
      const refused = refusal(answer, at.words);
      if (refused !== null) return refused;
      return {
        ok: true,
        text: same === 'yes' ? needsYou.chosen(label) : needsYou.notChosen,
        to: '/needs-you',
      };
    },
  }),
  action({
    name: 'needs_quiet',
    role: 'helper',
    about: 'Says nothing of these records for some days (0: for good), with the reason',
    input: z.object({ ...chosenInput, days: whole.min(0).max(366), why: optional }),
    async run({ days, why, ...input }, at) {
      const { needsYou } = at.words;
      let count = 0;
      const said = await answerEach(input, at, async (states) => {
        const until = days === 0 ? null : new Date(at.now().getTime() + days * DAY_MS).toISOString();
        const asked = { records: states.map(nameOfRecord), until, why: (why ?? '').slice(0, 500) };
        count += states.length;
        return refusal(await at.commands.run('quiet', asked), at.words);
      });
      return count > 0 && said.ok ? { ...said, text: needsYou.notNow(count) } : said;
    },
  }),
  action({
    name: 'needs_wake',
    role: 'helper',
    about: 'Shows again what was put aside',
    input: z.object({ record: chosenInput.record }),
    async run({ record }, at) {
      const records = record.flatMap((token) => readToken(token)?.record ?? []);
      const { ended } = (await at.commands.run('unquiet', { records })) as { ended: number };
      const { needsYou } = at.words;
      return ended === 0
        ? { ok: false, text: needsYou.changedSince }
        : { ok: true, text: needsYou.woken(ended) };
    },
  }),
];

/** Null where it is none: the command then takes the record as it is now. */
function seenFacts(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

export const needsYouActions: readonly Action[] = [...recordActions, ...peopleActions, ...settingActions];
