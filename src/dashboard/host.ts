/**
 * Under which names this server may be asked for its pages. A page of somebody else's whose name is made to point here
 * (DNS rebinding) would otherwise be of the same origin as ours.
 */
import type { Config } from '../config/config.ts';

export function createHostCheck({
  host,
  publicUrl,
}: Pick<Config, 'host' | 'publicUrl'>): (given: string | undefined) => boolean {
  const names = new Set(['localhost', '127.0.0.1', '[::1]', bracketed(host)]);
  if (publicUrl !== null) names.add(new URL(publicUrl).hostname);
  const any = host === '0.0.0.0' || host === '::';
  return (given) => {
    const name = nameOf(given);
    // Where we listen on every address of this machine, each of them is ours; a name is not.
    return name !== null && (names.has(name) || (any && isAddress(name)));
  };
}

function nameOf(given: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^:/\\@\s]+)(:\d+)?$/i.exec(given ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host.toLowerCase());
const isAddress = (name: string) => /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.startsWith('[');
