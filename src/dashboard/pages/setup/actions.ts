/** The keys for Boom: shown to an owner who asks, and rotated with both accepted meanwhile. */
import { z } from 'zod';
import { addKey, keyReferences, removeKey } from '../../../config/webhook-keys.ts';
import type { Reloaded } from '../../../operate/reload.ts';
import { type At, action, loggedAs, type Said } from '../../contract.ts';
import { faultSaid } from '../connection/take-up.ts';

const ofKey = z.object({ account: z.string(), reference: z.string() });

/** Where among the account's keys it stands, counted from 0; null: it is not there any more. */
async function positionOf(
  { account, reference }: z.output<typeof ofKey>,
  { config }: At,
): Promise<number | null> {
  const at = (await keyReferences(config.configDir)).get(account)?.indexOf(reference) ?? -1;
  return at < 0 ? null : at;
}

const keysOf = (account: string, { accounts }: At) =>
  accounts().find(({ name }) => name === account)?.webhookKeys ?? [];

async function rotate(account: string, at: At): Promise<Said> {
  const { config, commands, words } = at;
  const added = await addKey(config.configDir, account);
  if (!added.ok) return faultSaid(added.faults, at);
  const { faults } = (await commands.run('reload', {})) as Reloaded;
  if (keysOf(account, at).includes(added.key))
    return { ok: true, text: words.setup.rotated, secret: added.key };
  // A key that is not accepted must not be given to Boom.
  await removeKey(config.configDir, account, added.reference);
  const said = faults.length > 0 ? faultSaid(faults, at).text : words.setup.rotateOutside;
  return { ok: false, text: words.setup.rotateNotTaken, remedy: said };
}

async function remove(given: z.output<typeof ofKey>, at: At): Promise<Said> {
  const { config, commands, words } = at;
  const position = await positionOf(given, at);
  if (position === null) return { ok: false, text: words.setup.keyGone };
  // What is set outside would come back with the next start, in the place of all others.
  if (given.reference.startsWith('env:')) return { ok: false, text: words.setup.envKey };
  const edited = await removeKey(config.configDir, given.account, given.reference);
  if (!edited.ok) return faultSaid(edited.faults, at);
  if (!edited.changed) return { ok: false, text: words.setup.lastKey };
  const { faults, reloaded } = (await commands.run('reload', {})) as Reloaded;
  if (faults.length > 0) return faultSaid(faults, at);
  return {
    ok: true,
    text: words.setup.removed,
    ...(reloaded ? {} : { remedy: words.connection.fromNextStart }),
  };
}

export const setupActions = [
  action({
    name: 'reveal_key',
    role: 'owner',
    about: 'Shows one key for Boom; that it was shown is written down',
    input: ofKey,
    async run(given, at) {
      const { stores, who, now, words } = at;
      const position = await positionOf(given, at);
      const key = position === null ? undefined : keysOf(given.account, at)[position];
      if (position === null || key === undefined) return { ok: false, text: words.setup.keyGone };
      await stores.peopleLog.write({
        at: now().toISOString(),
        who: loggedAs(who),
        what: 'revealed_key',
        tenantId: null,
        eventId: null,
        detail: `${given.account} ${position + 1}`,
      });
      return { ok: true, text: words.setup.revealed(position + 1), secret: key };
    },
  }),
  action({
    name: 'rotate_key',
    role: 'owner',
    about: 'Makes a further key for Boom; the one before is accepted until it is removed',
    input: z.object({ account: z.string() }),
    run: ({ account }, at) => rotate(account, at),
  }),
  action({
    name: 'remove_key',
    role: 'owner',
    about: 'Accepts a key for Boom no longer; the last one stays',
    input: ofKey,
    run: remove,
  }),
];
