/** What can be done with a connection: test, pause, resume, compare, and let it write or not. */
import { z } from 'zod';
import { connectionFile } from '../../../config/drafts.ts';
import { setMode } from '../../../config/edit-connection.ts';
import type { Connection } from '../../../connect/connection.ts';
import type { Refused } from '../../../operate/command.ts';
import { shownCreates } from '../../../operate/shown-creates.ts';
import { type At, action, type Said } from '../../contract.ts';
import { checkSaid, test } from './checks.ts';
import { forget, seen } from './looks.ts';
import { editedSaid, tryNow } from './take-up.ts';

const ofOne = z.object({ name: z.string() });

/** Of a connection that is there. */
async function withOne(name: string, at: At, work: (connection: Connection) => Promise<Said>): Promise<Said> {
  const connection = at.connections().find((one) => one.name === name);
  if (connection === undefined) return { ok: false, text: at.words.connection.gone, to: '/connections' };
  return await work(connection);
}

const isRefused = (result: object): result is Refused => 'error' in result;

async function isPaused(name: string, { stores }: At): Promise<boolean> {
  return ((await stores.connections.get(name))?.pausedAt ?? null) !== null;
}

export const connectionActions = [
  action({
    name: 'test_connection',
    role: 'helper',
    about: 'Asks the system over there whether it lets us do what we need, changing nothing',
    input: ofOne,
    run: ({ name }, at) =>
      withOne(name, at, async (connection) => {
        const { label, capabilities } = connection;
        if (capabilities.byHand) return { ok: true, text: at.words.connection.nothingToTest(label) };
        const said = checkSaid(await test(connection, at), label, at.words);
        const health = await at.stores.connections.get(name);
        const broken = health?.state === 'broken' && health.pausedAt === null;
        if (said.ok && broken) await tryNow(name, false, at);
        return said;
      }),
  }),
  action({
    name: 'pause_connection',
    role: 'helper',
    about: 'Does nothing over there until it is resumed; nothing is dropped',
    input: ofOne,
    run: ({ name }, at) =>
      withOne(name, at, async ({ label }) => {
        await at.commands.run('pause', { connection: name });
        return { ok: true, text: at.words.connection.pausedNow(label) };
      }),
  }),
  action({
    name: 'resume_connection',
    role: 'helper',
    about: 'Ends a pause: what waited is sent',
    input: ofOne,
    run: ({ name }, at) =>
      withOne(name, at, async ({ label }) => {
        forget(at.commands, name);
        await at.commands.run('resume', { connection: name });
        return { ok: true, text: at.words.connection.resumedNow(label) };
      }),
  }),
  action({
    name: 'compare_connection',
    role: 'helper',
    about: 'Reads and compares every record of this connection over there',
    input: ofOne,
    run: ({ name }, at) =>
      withOne(name, at, async ({ label }) => {
        if (await isPaused(name, at)) return { ok: false, text: at.words.connection.pausedLook(label) };
        await tryNow(name, true, at);
        return { ok: true, text: at.words.connection.comparing(label) };
      }),
  }),
  action({
    name: 'look_again',
    role: 'helper',
    about: 'Asks anew what would be written over there',
    input: ofOne,
    run: ({ name }, at) =>
      withOne(name, at, async ({ label }) => {
        forget(at.commands, name);
        return { ok: true, text: at.words.connection.looking(label) };
      }),
  }),
  action({
    name: 'go_live',
    role: 'owner',
    about: 'Writes what the preview showed, and what Boom says from then on',
    input: ofOne.extend({ look: z.string() }),
    run: ({ name, look }, at) =>
      withOne(name, at, async ({ label }) => {
        const { commands, config, words } = at;
        const preview = seen(commands, 'preview', name, look);
        if (preview === null || preview.connections.some(({ failure }) => failure !== null))
          return { ok: false, text: words.connection.lookAgainFirst };
        // The file first: where it cannot be written, nobody has been let through.
        const file = connectionFile(config.configDir, name);
        const edited = await setMode(file, 'live');
        const shown = shownCreates(preview);
        if (edited.ok && shown.length > 0) {
          const approved = await commands.run('approve', { connection: name, tenantIds: null, shown });
          if (isRefused(approved)) {
            await setMode(file, 'preview');
            return { ok: false, text: words.connection.notLive, remedy: String(approved.error) };
          }
        }
        const to = `/connections/${encodeURIComponent(name)}`;
        return await editedSaid(name, edited, { ok: true, text: words.connection.isLiveNow(label), to }, at);
      }),
  }),
  action({
    name: 'back_to_preview',
    role: 'owner',
    about: 'Shows what would be written and writes nothing any more',
    input: ofOne,
    run: ({ name }, at) =>
      withOne(name, at, async ({ label }) => {
        const edited = await setMode(connectionFile(at.config.configDir, name), 'preview');
        return await editedSaid(name, edited, { ok: true, text: at.words.connection.madePreview(label) }, at);
      }),
  }),
];
