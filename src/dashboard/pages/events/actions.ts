/** What can be done about messages: try again, read again, put aside, reveal. */
import { z } from 'zod';
import type { Done, Refused } from '../../../operate/command.ts';
import type { ReplayResult } from '../../../operate/replay.ts';
import { action, loggedAs } from '../../contract.ts';
import { whole } from '../../forms.ts';
import { reveal } from '../../reveals.ts';
import { revealOf } from '../event/page.tsx';

type Replayed = (Done & { replay: ReplayResult }) | Refused;

export const eventActions = [
  action({
    name: 'replay_failed',
    role: 'helper',
    about: 'Reads every message again that could not be read',
    input: z.object({}),
    async run(_input, { commands, words: { events } }) {
      const done = (await commands.run('replay', {
        tenantId: null,
        failed: true,
        dryRun: false,
      })) as Replayed;
      if ('error' in done) return { ok: false, text: events.notDone(done.error) };
      return { ok: done.replay.failed === 0, text: events.tookIn(done.replay.failed) };
    },
  }),
  action({
    name: 'replay_tenant',
    role: 'helper',
    about: 'Makes the record of one person anew from all messages about them',
    input: z.object({ tenantId: z.string() }),
    async run({ tenantId }, { commands, words: { events } }) {
      const done = (await commands.run('replay', { tenantId, failed: false, dryRun: false })) as Replayed;
      if ('error' in done) return { ok: false, text: events.notDone(done.error) };
      return { ok: true, text: events.readAnew(done.replay.changed.length) };
    },
  }),
  action({
    name: 'dismiss_event',
    role: 'helper',
    about: 'Puts a message aside that could not be used',
    input: z.object({ eventId: whole }),
    async run({ eventId }, { commands, words: { events } }) {
      await commands.run('ignore', { eventId });
      return { ok: true, text: events.dismissed };
    },
  }),
  action({
    name: 'reveal_event',
    role: 'owner',
    about: 'Shows what a message says in full; who looked is recorded',
    input: z.object({ eventId: whole }),
    async run({ eventId }, { stores, who, now, words: { events } }) {
      const [stored] = await stores.inbox.byIds([eventId]);
      const entry = { at: now().toISOString(), who: loggedAs(who), what: 'revealed_message', detail: null };
      await stores.peopleLog.write({ ...entry, tenantId: stored?.tenantId ?? null, eventId });
      const key = reveal(who, revealOf(eventId), now());
      return { ok: true, text: events.revealed, to: `/events/${eventId}?reveal=${key}` };
    },
  }),
];
