/** The real program in its own process, in a home of its own. Needs the build that `npm test` makes first. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './store.ts';

export const MAIN = resolve(import.meta.dirname, '../../dist/src/main.js');

const PATIENCE_MS = 10_000;

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The document that `--json` printed. */
  json(): never;
}

export interface RunningServer {
  url: string;
  /** All that it printed so far. */
  printed(): string;
  logged(): string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

export interface Home {
  folder: string;
  run(...args: string[]): Promise<Ran>;
  start(): Promise<RunningServer>;
  read(file: string): string;
  write(file: string, text: string, mode?: number): void;
  post(server: RunningServer, body: unknown): Promise<Response>;
}

/** Of the build, or of a program at another place. */
export function makeHome(env: Record<string, string> = {}, main = MAIN): Home {
  const folder = temporaryFolder();
  const environment = {
    PATH: process.env.PATH ?? '',
    BOOMSYNC_HOME: folder,
    BOOMSYNC_PORT: '0',
    BOOM_WEBHOOK_KEY: 'test-key',
    NO_COLOR: '1',
    ...env,
  };
  const children = new Set<ChildProcess>();
  onTestFinished(async () => {
    for (const child of children) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  });

  function launch(args: string[]) {
    const child = spawn(process.execPath, [main, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    const out = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      out.stderr += text;
    });
    return { child, out };
  }

  return {
    folder,
    async run(...args) {
      const { child, out } = launch(args);
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, ...out, json: () => JSON.parse(out.stdout) as never };
    },
    async start() {
      const { child, out } = launch(['serve']);
      await new Promise<void>((ready, failed) => {
        child.stdout.on('data', () => {
          if (out.stdout.includes('nothing is lost')) ready();
        });
        child.on('close', () => failed(new Error(`The server ended: ${out.stdout}${out.stderr}`)));
      });
      const { port } = JSON.parse(readFileSync(join(folder, 'data/server.json'), 'utf8')) as { port: number };
      return {
        url: `http://127.0.0.1:${port}`,
        printed: () => out.stdout,
        logged: () => out.stderr,
        async kill(signal) {
          const closed = once(child, 'close');
          child.kill(signal);
          const [code] = (await closed) as [number | null];
          return code;
        },
      };
    },
    read: (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : ''),
    write(file, text, mode = 0o644) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), text, { mode });
    },
    post: (server, body) =>
      fetch(`${server.url}/webhooks/boom`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'test-key' },
        body: JSON.stringify(body),
        // As Boom does: a server that is killed before it takes a connection leaves it without an answer or an end.
        signal: AbortSignal.timeout(PATIENCE_MS),
      }),
  };
}
