/** What a signed-in person does about who may sign in: their own password, other people, keys for scripts. */
import { z } from 'zod';
import { hashPassword, PasswordsBusy, passwordFits } from '../../operate/people/password.ts';
import { makeKey, makeSecret } from '../../operate/people/secrets.ts';
import { ROLES } from '../../store/people.ts';
import { type Action, type At, action, type Said } from '../contract.ts';
import { whole } from '../forms.ts';
import { chosenNameFault, chosenPasswordFault } from './chosen.ts';
import { ownThrottle } from './own-throttle.ts';

/** As `boomsync admin add-user`: for somebody who has to be told first. */
const INVITATION_MS = 24 * 60 * 60_000;

const no = (text: string): Said => ({ ok: false, text });

const changePassword = action({
  name: 'change_password',
  role: 'helper',
  input: z.object({ old: z.string(), password: z.string(), again: z.string() }),
  about: 'Changes your own password, and signs you out everywhere else.',
  async run({ old, password, again }, { who, stores, words, now }: At): Promise<Said> {
    if (who.session === null) return no(words.signIn.notForScripts);
    const { id, userId } = who.session;
    const fault = chosenPasswordFault(password, again, words);
    if (fault !== null) return no(fault);
    const tries = async () => {
      const user = await stores.people.get(userId);
      return await passwordFits(old, user?.passwordHash ?? null, 'change');
    };
    try {
      const fits = await ownThrottle(stores, now).attempt({ userId }, tries);
      if (fits === null) return no(words.signIn.busy);
      if (!fits) return no(words.signIn.wrongOld);
      await stores.people.setPassword(userId, await hashPassword(password, 'change'), id);
    } catch (error) {
      if (error instanceof PasswordsBusy) return no(words.signIn.busy);
      throw error;
    }
    return { ok: true, text: words.signIn.changed };
  },
});

const signOutEverywhere = action({
  name: 'sign_out_everywhere',
  role: 'helper',
  input: z.object({}),
  about: 'Ends every session of yours, this one too.',
  async run(_, { who, stores, words }: At): Promise<Said> {
    if (who.session === null) return no(words.signIn.notForScripts);
    await stores.sessions.endAll(who.session.userId);
    return { ok: true, text: words.signIn.signedOutEverywhere, to: '/sign-in' };
  },
});

const addUser = action({
  name: 'add_user',
  role: 'owner',
  input: z.object({ name: z.string(), role: z.enum(ROLES) }),
  about: 'Lets somebody sign in, by a link that works once.',
  async run({ name, role }, { stores, words, config, now }: At): Promise<Said> {
    const { signIn } = words;
    const fault = chosenNameFault(name, words);
    if (fault !== null) return no(fault);
    const at = now();
    const user = await stores.people.add({ name, role, passwordHash: null, createdAt: at.toISOString() });
    if (user === null) return no(signIn.faults.nameTaken);
    const { secret, hash } = makeSecret();
    await stores.signInLinks.add({ hash, userId: user.id }, INVITATION_MS, at);
    // Behind which address a browser of theirs finds us we know only where the landlord has said so.
    const { publicUrl } = config;
    const remedy = publicUrl === null ? signIn.userAddedNoAddress : signIn.userAddedRemedy;
    return {
      ok: true,
      text: signIn.userAdded(user.name),
      remedy,
      secret: `${publicUrl ?? ''}/link/${secret}`,
    };
  },
});

const letUser = action({
  name: 'let_user',
  role: 'owner',
  input: z.object({ id: whole, may: z.enum(['yes', 'no']) }),
  about: 'Keeps somebody from signing in, or lets them again.',
  async run({ id, may }, { stores, words, now }: At): Promise<Said> {
    const { signIn } = words;
    const users = await stores.people.users();
    const user = users.find((one) => one.id === id);
    if (user === undefined) return no(signIn.userUnknown);
    const owners = users.filter((one) => one.role === 'owner' && one.disabledAt === null && one.id !== id);
    if (may === 'no' && owners.length === 0) return no(signIn.userLast);
    await stores.people.disable(id, may === 'yes' ? null : now().toISOString());
    return { ok: true, text: may === 'yes' ? signIn.userLet(user.name) : signIn.userStopped(user.name) };
  },
});

const newKey = action({
  name: 'new_key',
  role: 'owner',
  input: z.object({ name: z.string(), role: z.enum(ROLES) }),
  about: 'Makes a key for scripts, which is shown once.',
  async run({ name, role }, { stores, words, now }: At): Promise<Said> {
    const fault = chosenNameFault(name, words);
    if (fault !== null) return no(fault);
    const { secret, hash } = makeKey();
    const key = await stores.apiTokens.add({ name: name.trim(), role, hash }, now());
    return { ok: true, text: words.signIn.keyMade(key.name), secret };
  },
});

const revokeKey = action({
  name: 'revoke_key',
  role: 'owner',
  input: z.object({ id: whole }),
  about: 'Stops a key for scripts.',
  async run({ id }, { stores, words, now }: At): Promise<Said> {
    const revoked = await stores.apiTokens.revoke(id, now());
    return revoked ? { ok: true, text: words.signIn.keyStopped } : no(words.signIn.keyUnknown);
  },
});

export const SIGN_IN_ACTIONS: readonly Action[] = [
  changePassword,
  signOutEverywhere,
  addUser,
  letUser,
  newKey,
  revokeKey,
];
