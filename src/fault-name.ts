/** What a log may show of an error of unknown origin: its message could quote what somebody sent. */
export function faultName(thrown: unknown): { fault: string; code?: string; at?: string } {
  if (!(thrown instanceof Error)) return { fault: typeof thrown };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  const at = /^\s+at (.+)$/m.exec(thrown.stack ?? '')?.[1];
  return { fault: thrown.name, ...code, ...(at === undefined ? {} : { at }) };
}
