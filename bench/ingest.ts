/** Durable ingest against the same web server that stores nothing, in interleaved pairs. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Load, Measured } from './load.ts';

export interface IngestOptions {
  /** On the disk that is to be measured. */
  folder: string;
  pairs: number;
  warmUpMs: number;
  countMs: number;
  /** Told how far it is. */
  say: (progress: string) => void;
}

interface Cpu {
  microseconds: number;
}

export interface IngestResult {
  connections: number;
  durable: Spread;
  bare: Spread;
  /** Of each pair: durable to bare. */
  ratio: Spread;
  /** Processor time a delivery takes in the server, all its threads together. */
  durableCpuMicroseconds: number;
  bareCpuMicroseconds: number;
  durableMedianMs: number;
  durableP99Ms: number;
  target: number | null;
}

export interface Spread {
  median: number;
  min: number;
  max: number;
}

const LEVELS = [
  { connections: 1, target: null },
  { connections: 32, target: 0.75 },
  { connections: 256, target: 0.9 },
];

export async function measureIngest(options: IngestOptions): Promise<IngestResult[]> {
  const load = start('load', join(options.folder, 'load.log'));
  const results: IngestResult[] = [];
  try {
    for (const { connections, target } of LEVELS) {
      const folder = join(options.folder, String(connections));
      mkdirSync(folder);
      results.push({ ...(await measureLevel(load, connections, { ...options, folder })), target });
    }
  } finally {
    await stop(load);
  }
  return results;
}

async function measureLevel(load: ChildProcess, connections: number, options: IngestOptions) {
  const { folder, pairs, warmUpMs, countMs, say } = options;
  const durable = start('server', join(folder, 'durable.log'), 'durable', folder);
  const bare = start('server', join(folder, 'bare.log'), 'bare', folder);
  try {
    const ports = { durable: await portOf(durable), bare: await portOf(bare) };
    const servers = { durable, bare };
    const run = async (mode: 'durable' | 'bare'): Promise<Measured & { cpu: number }> => {
      const before = await ask<Cpu>(servers[mode], { settle: true });
      const job: Load = { port: ports[mode], connections, warmUpMs, countMs };
      const measured = await ask<Measured>(load, job);
      const after = await ask<Cpu>(servers[mode], { settle: false });
      return { ...measured, cpu: (after.microseconds - before.microseconds) / measured.answered };
    };
    // Both once before anything counts, so that neither is measured while its code is still being compiled.
    await run('bare');
    await run('durable');

    const measured: Record<'durable' | 'bare', Awaited<ReturnType<typeof run>>>[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      say(`${connections} connections: pair ${pair + 1} of ${pairs}`);
      // Alternating, so that a machine that slows down does not favour one of them.
      const first = pair % 2 === 0 ? await run('bare') : await run('durable');
      const second = pair % 2 === 0 ? await run('durable') : await run('bare');
      measured.push(pair % 2 === 0 ? { bare: first, durable: second } : { durable: first, bare: second });
    }
    const refused = measured.reduce((sum, it) => sum + it.durable.refused + it.bare.refused, 0);
    if (refused > 0) throw new Error(`${refused} deliveries were not answered with 202`);
    return {
      connections,
      durable: spread(measured.map((it) => it.durable.perSecond)),
      bare: spread(measured.map((it) => it.bare.perSecond)),
      ratio: spread(measured.map((it) => it.durable.perSecond / it.bare.perSecond)),
      durableCpuMicroseconds: spread(measured.map((it) => it.durable.cpu)).median,
      bareCpuMicroseconds: spread(measured.map((it) => it.bare.cpu)).median,
      durableMedianMs: spread(measured.map((it) => it.durable.medianMs)).median,
      durableP99Ms: spread(measured.map((it) => it.durable.p99Ms)).median,
    };
  } finally {
    await Promise.all([stop(durable), stop(bare)]);
  }
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), min: at(0), max: at(1) };
}

/** A file beside this one, with whatever extension this one has; what it logs goes into a file as well. */
function start(name: string, log: string, ...args: string[]): ChildProcess {
  const file = fileURLToPath(import.meta.url).replace(/ingest(?=\.\w+$)/, name);
  const logFile = openSync(log, 'a', 0o600);
  const child = fork(file, args, { stdio: ['ignore', 'inherit', logFile, 'ipc'] });
  closeSync(logFile);
  return child;
}

async function portOf(server: ChildProcess): Promise<number> {
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`The server ended at its start with ${code}`);
  });
  const [{ port }] = (await Promise.race([once(server, 'message'), ended])) as [{ port: number }];
  return port;
}

async function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  child.send(question);
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}
