/** One request without keys, and what is to be seen of the answer. */

export interface Answer {
  status: number;
  /** Whether it has the id that boomsync gives each request it refuses. */
  ours: boolean;
  /** How far this computer's clock is ahead of the other's, in milliseconds; null where it tells no time. */
  aheadMs: number | null;
}

export type Silence = 'certificate' | 'name' | 'unreachable';

const TIMEOUT_MS = 8000;

/** Redirects are not followed. */
export async function ask(url: string, method: 'GET' | 'POST', now: () => Date): Promise<Answer | Silence> {
  const asked = now().getTime();
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    const told = Date.parse(response.headers.get('date') ?? '');
    return {
      status: response.status,
      ours: response.headers.has('x-request-id'),
      aheadMs: Number.isNaN(told) ? null : (asked + now().getTime()) / 2 - told,
    };
  } catch (error) {
    return silenceOf(error);
  }
}

function silenceOf(error: unknown): Silence {
  const { cause } = error as { cause?: { code?: unknown } };
  const code = String(cause?.code ?? '');
  if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)) return 'certificate';
  return code === 'ENOTFOUND' ? 'name' : 'unreachable';
}
