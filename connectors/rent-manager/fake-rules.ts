/** How the fake Rent Manager lets in, reads filters and says no. */
import { type FakeAnswer, type FakeRequest, object } from '../../src/conform/fake.ts';

export interface Filter {
  field: string;
  operator: string;
  value: string;
}

/** `Email,eq,ana@example.com;PropertyID,eq,12`; null where it is none. */
export function asked(filters: string | undefined): Filter[] | null {
  const parts = (filters ?? '').split(';').filter((part) => part !== '');
  const read = parts.map((part) => part.split(','));
  if (read.some((words) => words.length !== 3 || !['eq', 'sw'].includes(words[1] ?? ''))) return null;
  return read.map(([field = '', operator = '', value = '']) => ({ field, operator, value }));
}

/** The shape that most faults have. */
export function fault(status: number, exception: string, message = 'Unable to process request'): FakeAnswer {
  const text = { DeveloperMessage: message, UserMessage: message };
  return { status, body: { ...text, ErrorCode: status, Exception: exception, MoreInfoUri: '' } };
}

/** The shape of a body that does not fit. */
export function modelFault(names: string[]): FakeAnswer {
  const ModelState = Object.fromEntries(names.map((name) => [name, ['The value is not valid.']]));
  return { status: 400, body: { Message: 'The request is invalid.', ModelState } };
}

/** Good for a quarter of an hour without use. */
const IDLE_MS = 15 * 60_000;

export interface Session {
  /** What a sign-in, or a request without a good token, is answered; null for one that is let in. */
  answer(request: FakeRequest): FakeAnswer | null;
  expire(): void;
}

export function signedIn(credentials: Record<string, string>, now: () => Date): Session {
  const tokens = new Map<string, number>();
  let given = 0;
  const signIn = (body: unknown): FakeAnswer => {
    const { Username, Password, LocationID } = object(body);
    if (Username !== credentials.username || Password !== credentials.password || LocationID !== 1)
      return fault(401, 'AuthenticationException', 'Unable to authenticate - Invalid user or password.');
    given += 1;
    const token = `fake-token-${given}`;
    tokens.set(token, now().getTime());
    return { status: 200, body: token };
  };
  return {
    answer({ method, path, headers, body }) {
      if (method === 'POST' && path === '/Authentication/AuthorizeUser') return signIn(body);
      const token = headers['x-rm12api-apitoken'] ?? '';
      const used = tokens.get(token);
      if (used === undefined || now().getTime() - used > IDLE_MS)
        return fault(401, 'AuthenticationException', 'Unable to authenticate - Invalid API Token.');
      tokens.set(token, now().getTime());
      return null;
    },
    expire: () => tokens.clear(),
  };
}
