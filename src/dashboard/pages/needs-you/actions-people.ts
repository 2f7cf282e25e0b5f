/** What can be answered where no record is held: who is who, Boom’s own pushes, gaps, notices. */
import { z } from 'zod';
import { anotherPerson, correctionOf, heldBy, onePerson } from '../../../operate/tenant-events.ts';
import { type Action, action } from '../../contract.ts';
import { several } from '../../forms.ts';
import { refusal, standing } from './chosen.ts';

export const peopleActions: readonly Action[] = [
  action({
    name: 'needs_join',
    role: 'owner',
    about: 'Says whether what only name, e-mail and phone join is one person',
    input: z.object({ tenantId: z.string(), same: z.enum(['yes', 'no']) }),
    async run({ tenantId, same }, at) {
      const { stores, commands, words } = at;
      const held = await heldBy(stores, tenantId);
      if (held === null || !held.record.weaklyJoined) return { ok: false, text: words.needsYou.changedSince };
      const before = await stores.sync.states([held.record.id]);
      const said = same === 'yes' ? onePerson(held) : anotherPerson(held);
      const answer = (await commands.run('correct', correctionOf(said))) as {
        correction?: { status: string; detail: string | null };
      };
      const refused = refusal(answer, words);
      if (refused !== null) return refused;
      const { correction } = answer;
      if (correction?.status !== 'projected')
        return { ok: false, text: words.needsYou.asked, remedy: correction?.detail ?? '' };
      const waited = before.filter(({ cause }) => cause === 'weak_match');
      if (waited.length > 0) return await standing(waited, at);
      return { ok: true, text: same === 'yes' ? words.needsYou.keptAsOne : words.needsYou.keptApart };
    },
  }),
  action({
    name: 'needs_push_done',
    role: 'helper',
    about: 'Puts aside that Boom’s own push of a person failed',
    input: z.object({ tenantId: z.string() }),
    async run({ tenantId }, { commands, words: { needsYou } }) {
      await commands.run('ignore_push', { tenantId });
      return { ok: true, text: needsYou.pushDone };
    },
  }),
  action({
    name: 'needs_kind_dismiss',
    role: 'helper',
    about: 'Shows messages of a kind that this version does not know no longer under Needs you',
    input: z.object({ event: z.string().max(200) }),
    async run({ event }, { commands, words: { needsYou } }) {
      await commands.run('dismiss_kind', { event });
      return { ok: true, text: needsYou.kindDismissed };
    },
  }),
  action({
    name: 'needs_gaps_checked',
    role: 'helper',
    about: 'Notes that somebody looked in Boom at what could not be read back',
    input: z.object({ gapId: several.transform((ids) => ids.map(Number).filter(Number.isInteger)) }),
    async run({ gapId }, { commands, words: { needsYou } }) {
      await commands.run('gaps_checked', { gapIds: gapId });
      return { ok: true, text: needsYou.gapsDone };
    },
  }),
  action({
    name: 'needs_notice_done',
    role: 'helper',
    about: 'Notes that somebody has seen to a notice that may be due',
    input: z.object({ tenantId: several }),
    async run({ tenantId }, { commands, words: { needsYou } }) {
      if (tenantId.length === 0) return { ok: false, text: needsYou.nothingTicked };
      for (const id of tenantId) await commands.run('notice_seen', { tenantId: id });
      return { ok: true, text: needsYou.noticeDone };
    },
  }),
];
