/**
 * Who may sign in, as commands. None of them is given a password, a link or a key: whoever asks makes it, hands over its
 * hash, and shows it once.
 */
import { z } from 'zod';
import type { ApiToken } from '../../store/api-tokens.ts';
import { ROLES, type User } from '../../store/people.ts';
import { type CommandTools, command, type Refused } from '../command.ts';
import { isPasswordHash } from './password.ts';

const MINUTE = 60_000;
/** For somebody who sits at the terminal. */
const LINK_MS = 15 * MINUTE;
/** For somebody who has to be told first. */
const INVITATION_MS = 24 * 60 * MINUTE;
const LONGEST_NAME = 80;

const secretHash = z.string().regex(/^[0-9a-f]{64}$/);
const roleOf = z.enum(ROLES);
const personName = z.string();

/** As it is told: without what their password is kept as. */
export type UserView = Omit<User, 'passwordHash'> & { hasPassword: boolean };

export function userView({ passwordHash, ...user }: User): UserView {
  return { ...user, hasPassword: passwordHash !== null };
}

/** Null: it will do. */
export function nameFault(name: string): 'empty' | 'long' | 'odd' | null {
  const text = name.trim();
  if (text === '') return 'empty';
  if ([...text].length > LONGEST_NAME) return 'long';
  // What a terminal or a browser would obey instead of showing.
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) ? 'odd' : null;
}

export function peopleCommands(tools: CommandTools) {
  const { stores, now } = tools;
  return {
    /** Whoever opens the link chooses a password. */
    add_user: command(
      z.object({ name: personName, role: roleOf, linkHash: secretHash }),
      async ({ name, role, linkHash }): Promise<{ user: UserView } | Refused> => {
        if (nameFault(name) !== null)
          return { error: 'This name cannot be used', remedy: `Give one of 1 to ${LONGEST_NAME} letters.` };
        const at = now();
        const user = await stores.people.add({ name, role, passwordHash: null, createdAt: at.toISOString() });
        if (user === null)
          return {
            error: `There is a user ${name.trim()} already`,
            remedy: 'See them with: boomsync admin users',
          };
        await stores.signInLinks.add({ hash: linkHash, userId: user.id }, INVITATION_MS, at);
        return { user: userView(user) };
      },
      () => 'at once',
    ),
    /** Without a name: of the only owner, or for the first user where there is none yet. */
    login_link: command(
      z.object({ name: personName.nullable(), linkHash: secretHash }),
      async ({ name, linkHash }): Promise<{ user: UserView | null } | Refused> => {
        const users = await stores.people.users();
        if (users.length === 0 && name === null) {
          await stores.signInLinks.add({ hash: linkHash, userId: null }, LINK_MS, now());
          return { user: null };
        }
        const user = name === null ? onlyOwner(users) : await existing(name);
        if ('error' in user) return user;
        await stores.signInLinks.add({ hash: linkHash, userId: user.id }, LINK_MS, now());
        return { user: userView(user) };
      },
      () => 'at once',
    ),
    /** Signs them out everywhere. */
    set_password: command(
      z.object({ name: personName, passwordHash: z.string().refine(isPasswordHash) }),
      async ({ name, passwordHash }): Promise<{ user: UserView } | Refused> => {
        const user = await existing(name);
        if ('error' in user) return user;
        await stores.people.setPassword(user.id, passwordHash, null);
        return { user: userView({ ...user, passwordHash }) };
      },
      () => 'at once',
    ),
    new_key: command(
      z.object({ name: personName, role: roleOf, keyHash: secretHash }),
      async ({ name, role, keyHash }): Promise<{ key: ApiToken } | Refused> => {
        if (nameFault(name) !== null)
          return { error: 'This name cannot be used', remedy: `Give one of 1 to ${LONGEST_NAME} letters.` };
        return { key: await stores.apiTokens.add({ name: name.trim(), role, hash: keyHash }, now()) };
      },
      () => 'at once',
    ),
    revoke_key: command(
      z.object({ id: z.number().int() }),
      async ({ id }): Promise<{ id: number } | Refused> => {
        if (!(await stores.apiTokens.revoke(id, now())))
          return {
            error: `There is no key ${id} that works`,
            remedy: 'See them with: boomsync admin tokens',
          };
        return { id };
      },
      () => 'at once',
    ),
  };

  async function existing(name: string): Promise<User | Refused> {
    const user = await stores.people.named(name);
    const remedy = 'See them with: boomsync admin users';
    if (user === null) return { error: `There is no user ${name.trim()}`, remedy };
    if (user.disabledAt !== null) return { error: `${user.name} may not sign in any more`, remedy };
    return user;
  }
}

function onlyOwner(users: readonly User[]): User | Refused {
  const owners = users.filter(({ role, disabledAt }) => role === 'owner' && disabledAt === null);
  const [owner] = owners;
  if (owner !== undefined && owners.length === 1) return owner;
  return {
    error: `There are ${owners.length} owners`,
    remedy: `Say for whom: boomsync admin login-link NAME. The owners: ${owners.map(({ name }) => name).join(', ') || 'none'}`,
  };
}
