/** What a program wrote, synced and sent, from the log that strace made of it. */
import { readFileSync } from 'node:fs';

export type Call =
  | { what: 'write'; file: string; at: number; data: Buffer }
  | { what: 'truncate'; file: string; size: number }
  /** Of a file, or of a folder's list of names. */
  | { what: 'sync'; file: string }
  | { what: 'unlink'; file: string }
  /** What went out through a socket in one go. */
  | { what: 'sent'; text: string };

/** Arguments of strace: everything that `callsIn` reads, into `log`. */
export function traceWrites(log: string): string[] {
  const calls = 'trace=pwrite64,write,writev,fsync,fdatasync,ftruncate,unlink';
  return ['--seccomp-bpf', '-y', '-xx', '-s', '65536', '-o', log, '-e', calls];
}

/** In the order in which they ended; those that failed, or that the program died in, are left out. */
export function callsIn(log: string): Call[] {
  const calls: Call[] = [];
  /** Of a thread: a call that others came in between. */
  const begun = new Map<string, string>();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread = '', said = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (said.endsWith('<unfinished ...>')) {
      begun.set(thread, said.slice(0, -'<unfinished ...>'.length).trimEnd());
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(said)?.[1];
    const call = callOf(resumed === undefined ? said : `${begun.get(thread) ?? ''}${resumed}`);
    if (call !== null) calls.push(call);
  }
  return calls;
}

function callOf(said: string): Call | null {
  const [, name = '', inner = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)/s.exec(said) ?? [];
  if (result === '' || Number(result) < 0) return null;
  const file = /^\d+<([^>]*)>/.exec(inner)?.[1] ?? '';
  const numbers = /(\d+)(?:, (\d+))?$/.exec(inner);
  switch (name) {
    case 'pwrite64':
      return { what: 'write', file: unescaped(file), at: Number(numbers?.[2]), data: bytesOf(inner) };
    case 'ftruncate':
      return { what: 'truncate', file: unescaped(file), size: Number(numbers?.[1]) };
    case 'fsync':
    case 'fdatasync':
      return { what: 'sync', file: unescaped(file) };
    case 'unlink':
      return { what: 'unlink', file: bytesOf(inner).toString('utf8') };
    case 'write':
    case 'writev':
      return unescaped(file).startsWith('socket:')
        ? { what: 'sent', text: bytesOf(inner).toString('utf8') }
        : null;
    default:
      return null;
  }
}

/** With `-xx` names are told as numbers, too. */
const unescaped = (name: string) =>
  name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** All that stands between quotes, joined. */
function bytesOf(inner: string): Buffer {
  const strings = [...inner.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => hex);
  return Buffer.from(strings.join('').replaceAll('\\x', ''), 'hex');
}
