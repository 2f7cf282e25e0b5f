/** Boom's token: a JWT of about half an hour, used by every request and renewed once for all that wait for it. */

export interface TokenHolder {
  current(): Promise<string>;
  /** In place of one that Boom refused; that of another request, where it has been renewed meanwhile. */
  instead(refused: string): Promise<string>;
  /** A new one, whatever is held. */
  fresh(): Promise<string>;
}

/** Renewed this long before its end, so that no request is under way when it comes. */
const MARGIN_MS = 60_000;
/** For a token that does not tell. */
const ASSUMED_MS = 25 * 60_000;
/** However short a life a token claims: a wrong clock must not make two requests of each. */
const AT_LEAST_MS = 30_000;

export function tokenHolder(authenticate: () => Promise<string>, now: () => Date): TokenHolder {
  let held: { token: string; until: number } | null = null;
  let pending: Promise<string> | null = null;

  async function fetchToken(): Promise<string> {
    const token = await authenticate();
    const at = now().getTime();
    held = { token, until: at + Math.max(lifetimeMs(token, at) - MARGIN_MS, AT_LEAST_MS) };
    return token;
  }

  function fresh(): Promise<string> {
    pending ??= fetchToken().finally(() => {
      pending = null;
    });
    return pending;
  }

  async function current(): Promise<string> {
    return held !== null && now().getTime() < held.until ? held.token : fresh();
  }

  return {
    current,
    fresh,
    instead: (refused) => (held?.token === refused ? fresh() : current()),
  };
}

/** From `exp`, but never more than the whole life from `iat`, which counts alone where the clocks disagree. */
export function lifetimeMs(token: string, now: number): number {
  const { exp, iat } = claimsOf(token);
  if (exp === null) return ASSUMED_MS;
  const whole = iat === null ? null : (exp - iat) * 1000;
  const left = exp * 1000 - now;
  return left > 0 ? Math.min(left, whole ?? left) : (whole ?? ASSUMED_MS);
}

function claimsOf(token: string): { exp: number | null; iat: number | null } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (typeof claims === 'object' && claims !== null)
      return {
        exp: 'exp' in claims && typeof claims.exp === 'number' ? claims.exp : null,
        iat: 'iat' in claims && typeof claims.iat === 'number' ? claims.iat : null,
      };
  } catch {
    // It is no JWT, which is nobody's fault.
  }
  return { exp: null, iat: null };
}
