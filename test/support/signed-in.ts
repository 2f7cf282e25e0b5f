/** A person who has signed in, as their browser asks: with the cookie, and with each form its own mark. */
import { makeSecret } from '../../src/operate/people/secrets.ts';
import type { Landlord } from './landlord.ts';

export interface Answer {
  status: number;
  text: string;
  /** Where it sends the browser; null: nowhere. */
  to: string | null;
}

export interface SignedIn {
  cookie: { name: string; value: string };
  csrf: string;
  get(path: string): Promise<Answer>;
  /** Presses a button and follows to the page that says what came of it. */
  press(action: string, fields?: Record<string, string | string[]>, back?: string): Promise<Answer>;
  /** The same read as the page's, as JSON. */
  api(path: string): Promise<{ status: number; json: unknown }>;
}

export async function signedIn(
  { url, stores }: Pick<Landlord, 'url' | 'stores'>,
  role: 'owner' | 'helper' = 'owner',
): Promise<SignedIn> {
  const at = new Date();
  const name = `Test ${role}`;
  const before = await stores.people.named(name);
  const user =
    before ?? (await stores.people.add({ name, passwordHash: null, role, createdAt: at.toISOString() }));
  if (user === null) throw new Error('The test user could not be made');
  const { secret, hash } = makeSecret();
  const csrf = 'a-mark-of-the-test';
  await stores.sessions.begin({ id: hash, userId: user.id, csrf }, null, at);
  const headers = { cookie: `boomsync=${secret}`, accept: 'text/html' };

  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    });
    return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') };
  };
  return {
    cookie: { name: 'boomsync', value: secret },
    csrf,
    get: (path) => ask(path),
    async press(action, fields = {}, back = '/') {
      const form = new URLSearchParams({ csrf, back });
      for (const [field, value] of Object.entries(fields))
        for (const one of Array.isArray(value) ? value : [value]) form.append(field, one);
      const pressed = await ask(`/do/${action}`, { method: 'POST', body: form });
      return pressed.to === null ? pressed : await ask(pressed.to);
    },
    async api(path) {
      const answer = await fetch(`${url}/api/v1/${path}`, { headers: { cookie: headers.cookie } });
      return { status: answer.status, json: await answer.json() };
    },
  };
}
