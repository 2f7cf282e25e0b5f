/** How soon a start takes its first delivery, and how much memory the server holds when nothing happens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readAnnouncement } from '../src/store/home-lock.ts';
import { type Spread, spread } from './ingest.ts';
import { WEBHOOK_KEY } from './load.ts';

export interface StartupResult {
  /** From the start of the process to the first answer 202, on a home that exists already. */
  firstAcceptedMs: Spread;
  /** Resident memory of a server to which nothing was ever delivered; null where the system does not tell. */
  idleMegabytes: number | null;
  /** The same once it has taken a delivery, and loaded what reading one needs. */
  idleAfterDeliveryMegabytes: number | null;
}

const PATIENCE_MS = 15_000;

export async function measureStartup(folder: string, times: number, idleMs: number): Promise<StartupResult> {
  // The first start creates the database.
  const homes = [newHome(folder), newHome(folder)] as const;
  for (const home of homes) await running(home, async () => {});
  const accepted: number[] = [];
  for (let time = 0; time < times; time++) {
    await running(homes[0], async (_, acceptedMs) => accepted.push(acceptedMs));
  }
  const idle = (server: ChildProcess) => setTimeout(idleMs).then(() => residentMegabytes(server.pid));
  const [idleMegabytes, idleAfterDeliveryMegabytes] = await Promise.all([
    running(homes[0], idle, isListening),
    running(homes[1], idle),
  ]);
  return { firstAcceptedMs: spread(accepted), idleMegabytes, idleAfterDeliveryMegabytes };
}

function newHome(folder: string): string {
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, 'config'));
  return home;
}

/** Starts the server, does the work once it is ready and ends it again. */
async function running<Result>(
  home: string,
  work: (server: ChildProcess, readyMs: number) => Promise<Result>,
  ready: (port: number) => Promise<boolean> = isAccepted,
): Promise<Result> {
  const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
  const began = performance.now();
  const server = spawn(process.execPath, [...startFlags(), main, 'serve'], {
    env: { ...process.env, BOOMSYNC_HOME: home, BOOMSYNC_PORT: '0', BOOM_WEBHOOK_KEY: WEBHOOK_KEY },
    stdio: 'ignore',
  });
  try {
    await untilReady(server, join(home, 'data'), ready);
    return await work(server, performance.now() - began);
  } finally {
    if (server.exitCode === null) {
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    }
  }
}

/** What `npm start` gives to node. */
function startFlags(): string[] {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url));
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

async function untilReady(
  server: ChildProcess,
  dataDir: string,
  ready: (port: number) => Promise<boolean>,
): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < PATIENCE_MS) {
    if (server.exitCode !== null) throw new Error(`The server ended at its start with ${server.exitCode}`);
    const announced = readAnnouncement(dataDir);
    if (announced !== null && announced.pid === server.pid && (await ready(announced.port))) return;
    await setTimeout(5);
  }
  throw new Error(`The server was not ready within ${PATIENCE_MS / 1000} s`);
}

async function isListening(): Promise<boolean> {
  return true;
}

async function isAccepted(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/webhooks/boom`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': WEBHOOK_KEY },
    body: JSON.stringify({ event: 'bench_started', request_id: String(performance.now()) }),
  }).catch(() => null);
  return response?.status === 202;
}

function residentMegabytes(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
