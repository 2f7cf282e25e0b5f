/** The real server in a process of its own, under strace or with a step to die at. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MAIN } from '../support/process.ts';

export interface Under {
  /** Arguments of strace; none: without it. */
  strace?: readonly string[];
  /** Modules that are loaded before the program, as addresses. */
  imports?: readonly string[];
}

export interface Server {
  /** Null where it died before it listened. */
  url: string | null;
  /** Of the server itself, also under strace. */
  pid: number;
  /** The signal that ended it, or null; a signal nobody injected shows as a failure of the test. */
  died: Promise<NodeJS.Signals | null>;
  isDead(): boolean;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** What it wrote to its log. */
  logged(): string;
}

/** Resolves once it listens, or once it died. */
export async function startServer(folder: string, under: Under = {}): Promise<Server> {
  const node = [...(under.imports ?? []).flatMap((address) => ['--import', address]), MAIN, 'serve'];
  // -D: strace is the server's child rather than its parent, so that the process started here is the server.
  const [command, args] =
    under.strace === undefined
      ? [process.execPath, node]
      : ['strace', ['-D', '-f', ...under.strace, process.execPath, ...node]];
  const child = spawn(command, args, {
    env: {
      PATH: process.env.PATH ?? '',
      BOOMSYNC_HOME: folder,
      BOOMSYNC_PORT: '0',
      BOOM_WEBHOOK_KEY: 'test-key',
      PMS_ID: 'fake-client',
      PMS_SECRET: 'fake-secret',
      // One thread, so that "the second sync" is one thing.
      UV_THREADPOOL_SIZE: '1',
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const died = once(child, 'close').then(([, signal]) => signal as NodeJS.Signals | null);
  onTestFinished(() => end(child, died));
  const out = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text) => {
    out.stderr += text;
  });
  const listens = new Promise<true>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out.stdout += text;
      if (out.stdout.includes('nothing is lost')) resolve(true);
    });
  });
  const started = await Promise.race([listens, died.then(() => false)]);
  return {
    url: started ? urlOf(folder) : null,
    pid: child.pid ?? 0,
    died,
    isDead: () => child.exitCode !== null || child.signalCode !== null,
    async kill(signal) {
      child.kill(signal);
      await died;
    },
    logged: () => out.stderr,
  };
}

/** Null where it died since, and another removed the announcement. */
function urlOf(folder: string): string {
  const { port } = JSON.parse(readFileSync(join(folder, 'data/server.json'), 'utf8')) as { port: number };
  return `http://127.0.0.1:${port}`;
}

async function end(child: ChildProcess, died: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await died;
}
