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
  /** Resident memory, some seconds after the start; null where the system does not tell. */
  idleMegabytes: Spread | null;
}

const PATIENCE_MS = 15_000;

export async function measureStartup(folder: string, times: number, idleMs: number): Promise<StartupResult> {
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, 'config'));
  // The first start creates the database.
  await measureOnce(home, 0);
  const accepted: number[] = [];
  const memory: number[] = [];
  for (let time = 0; time < times; time++) {
    const { acceptedMs, megabytes } = await measureOnce(home, idleMs);
    accepted.push(acceptedMs);
    if (megabytes !== null) memory.push(megabytes);
  }
  return {
    firstAcceptedMs: spread(accepted),
    idleMegabytes: memory.length === 0 ? null : spread(memory),
  };
}

async function measureOnce(home: string, idleMs: number) {
  const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
  const began = performance.now();
  const server = spawn(process.execPath, [main, 'serve'], {
    env: { ...process.env, BOOMSYNC_HOME: home, BOOMSYNC_PORT: '0', BOOM_WEBHOOK_KEY: WEBHOOK_KEY },
    stdio: 'ignore',
  });
  try {
    await firstAccepted(server, join(home, 'data'), began);
    const acceptedMs = performance.now() - began;
    await setTimeout(idleMs);
    return { acceptedMs, megabytes: residentMegabytes(server.pid) };
  } finally {
    if (server.exitCode === null) {
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    }
  }
}

async function firstAccepted(server: ChildProcess, dataDir: string, began: number): Promise<void> {
  while (performance.now() - began < PATIENCE_MS) {
    if (server.exitCode !== null) throw new Error(`The server ended at its start with ${server.exitCode}`);
    const announced = readAnnouncement(dataDir);
    if (announced !== null && announced.pid === server.pid && (await isAccepted(announced.port))) return;
    await setTimeout(5);
  }
  throw new Error(`The server took no delivery within ${PATIENCE_MS / 1000} s`);
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
