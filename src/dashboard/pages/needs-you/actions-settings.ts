/** Remedies that are settings: units that nobody can list, and fields. Written into the connection's own file. */
import { z } from 'zod';
import { connectionFile } from '../../../config/drafts.ts';
import { addUnits } from '../../../config/edit-connection.ts';
import { setField } from '../../../config/edit-fields.ts';
import { type Action, type At, action, type Said } from '../../contract.ts';
import { several } from '../../forms.ts';
import { editedSaid } from '../connection/take-up.ts';

export const settingActions: readonly Action[] = [
  action({
    name: 'needs_units',
    role: 'owner',
    about: 'Matches units: each of `words` with the `id` of the same position; an empty one is left alone',
    input: z.object({ connection: z.string(), words: several, id: several }),
    run: ({ connection, words, id }, at) =>
      withConnection(connection, at, async (file) => {
        const { needsYou } = at.words;
        const pairs = words.flatMap((unit, n) => (id[n]?.trim() ? [[unit, id[n].trim()] as const] : []));
        if (pairs.length === 0) return { ok: false, text: needsYou.unitsNone };
        const written = await addUnits(file, Object.fromEntries(pairs));
        const said = { ok: true, text: needsYou.unitsDone(pairs.length), to: '/needs-you' };
        return await editedSaid(connection, written, said, at);
      }),
  }),
  action({
    name: 'needs_field',
    role: 'owner',
    about: 'Leaves a field out for everyone (off), or always keeps what stands there (pms)',
    input: z.object({ connection: z.string(), field: z.string().min(1), how: z.enum(['off', 'pms']) }),
    run: ({ connection, field, how }, at) =>
      withConnection(connection, at, async (file) => {
        const written = await setField(file, field, how);
        const said = { ok: true, text: at.words.needsYou.fieldDone, to: '/needs-you' };
        return await editedSaid(connection, written, said, at);
      }),
  }),
];

async function withConnection(name: string, at: At, work: (file: string) => Promise<Said>): Promise<Said> {
  if (!at.connections().some((one) => one.name === name)) return { ok: false, text: at.words.needsYou.asked };
  const said = await work(connectionFile(at.config.configDir, name));
  if (said.ok) await at.commands.run('retry', { tenantIds: null });
  return said;
}
