/** Whether strace can be used here, and what it is asked for. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Null where it can; else why not, for a test that is skipped to say. */
export function whyNoStrace(): string | null {
  const tried = spawnSync('strace', ['-o', '/dev/null', '-e', 'inject=fsync:signal=SIGKILL:when=9', 'true'], {
    encoding: 'utf8',
  });
  if (tried.error !== undefined) return 'strace is not installed';
  return tried.status === 0 ? null : `strace cannot be used here: ${tried.stderr.trim()}`;
}

const SYNCS = 'fsync,fdatasync';

/** Counts the syncs of the whole program, into `log`. */
export function countSyncs(log: string): string[] {
  return ['--seccomp-bpf', '-y', '-o', log, '-e', `trace=${SYNCS}`];
}

/** Kills the program as it enters its `when`th sync of one of `files`: what it wrote is not on disk yet. */
export function killAtSync(files: readonly string[], when: number): string[] {
  const paths = files.flatMap((file) => ['-P', file]);
  const inject = `inject=${SYNCS}:signal=SIGKILL:when=${when}`;
  return [...paths, '-o', '/dev/null', '-e', `trace=${SYNCS}`, '-e', inject];
}

/** The files of a home that the program syncs, in the order of the first time, with how often. */
export function syncsIn(log: string, folder: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, path = ''] of readFileSync(log, 'utf8').matchAll(/sync\(\d+<([^>]*)>\)/g)) {
    if (!path.startsWith(folder)) continue;
    const file = path.slice(join(folder, '/').length).replace(/[0-9a-f-]{8,}/g, '*');
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return counts;
}
