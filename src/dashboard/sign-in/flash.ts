/** What an action said, for the next page of a session. A secret in it stays in memory: it is kept nowhere. */
import type { SessionStore } from '../../store/sessions.ts';
import type { Said, Who } from '../contract.ts';

/** Nobody loaded the page: it is gone. */
const SECRET_MS = 60_000;

export interface Flash {
  say(who: Who, said: Said): Promise<void>;
  take(who: Who): Promise<Said | null>;
}

export function createFlash(sessions: Pick<SessionStore, 'say' | 'take'>): Flash {
  const secrets = new Map<string, string>();
  return {
    async say({ session }, { secret, ...said }) {
      if (session === null) return;
      const { id } = session;
      if (secret !== undefined) {
        secrets.set(id, secret);
        setTimeout(() => secrets.get(id) === secret && secrets.delete(id), SECRET_MS).unref();
      }
      await sessions.say(id, said);
    },
    async take({ session }) {
      if (session === null) return null;
      const said = (await sessions.take(session.id)) as Said | null;
      const secret = secrets.get(session.id);
      if (said === null || secret === undefined) return said;
      secrets.delete(session.id);
      return { ...said, secret };
    },
  };
}
