/** How long the server takes for each page of a home with many tenants and events, and how long its thread is held. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeSecret } from '../src/operate/people/secrets.ts';
import { openDatabase } from '../src/store/database.ts';
import { readAnnouncement } from '../src/store/home-lock.ts';
import { createStores } from '../src/store/stores.ts';
import { WEBHOOK_KEY } from './load.ts';
import { populate, type Size } from './populate.ts';

export interface PageTime {
  path: string;
  medianMs: number;
  p95Ms: number;
  /** The longest that the thread was held while these were asked for. */
  heldMs: number;
}

export interface PagesResult extends Size {
  bytesPerTenantAndItsEvents: number;
  /** From the start of the process after `kill -9` until it takes deliveries. */
  readyAfterKillMs: number;
  pages: PageTime[];
}

const PAGES = [
  '/',
  '/needs-you',
  '/tenants',
  '/tenants?stage=resident',
  '/tenants?standing=needs_you',
  '/tenants?connection=rent-roll',
  '/tenants/t1001',
  '/events',
  '/events?status=projected',
  '/events/1',
  '/reporting',
  '/connections',
  '/connections/rent-roll',
  '/settings',
  '/settings/about',
  '/settings/log',
] as const;
const PATIENCE_MS = 60_000;
const HELPER = fileURLToPath(import.meta.url).replace(/pages(?=\.\w+$)/, 'loop-delay');
const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));

/** `times`: how often each page is asked for, once before not counted. */
export async function measurePages(folder: string, size: Size, times: number): Promise<PagesResult> {
  const home = join(folder, `pages-${size.tenants}`);
  mkdirSync(join(home, 'config'), { recursive: true });
  await stop(await withDemo(home));
  const { secret, bytes } = await fill(home, size);
  await stop((await start(home)).server, 'SIGKILL');
  const { server, url, readyMs } = await start(home);
  const pages: PageTime[] = [];
  try {
    for (const path of PAGES) pages.push(await timed(server, `${url}${path}`, path, secret, times));
  } finally {
    await stop(server);
  }
  rmSync(home, { recursive: true });
  return {
    ...size,
    bytesPerTenantAndItsEvents: Math.round(bytes / size.tenants),
    readyAfterKillMs: readyMs,
    pages,
  };
}

async function withDemo(home: string): Promise<ChildProcess> {
  const { server } = await start(home);
  execFileSync(process.execPath, [MAIN, 'demo', '--yes'], { env: environment(home), stdio: 'ignore' });
  return server;
}

async function fill(home: string, size: Size): Promise<{ secret: string; bytes: number }> {
  const knex = await openDatabase(join(home, 'data', 'boomsync.sqlite'));
  await populate(knex, size);
  const [{ page_count: count }] = await knex.raw('pragma page_count');
  const [{ page_size: each }] = await knex.raw('pragma page_size');
  const stores = createStores(knex);
  const at = new Date();
  const who = { name: 'Bench', passwordHash: null, role: 'owner' as const, createdAt: at.toISOString() };
  const user = await stores.people.add(who);
  const { secret, hash } = makeSecret();
  if (user !== null) await stores.sessions.begin({ id: hash, userId: user.id, csrf: 'bench' }, null, at);
  await knex.destroy();
  return { secret, bytes: count * each };
}

async function timed(
  server: ChildProcess,
  url: string,
  path: string,
  secret: string,
  times: number,
): Promise<PageTime> {
  const took: number[] = [];
  for (let time = 0; time <= times; time += 1) {
    const began = performance.now();
    const answer = await fetch(url, { headers: { cookie: `boomsync=${secret}`, accept: 'text/html' } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    if (time > 0) took.push(performance.now() - began);
    else await held(server);
  }
  took.sort((a, b) => a - b);
  const at = (part: number) => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0;
  return { path, medianMs: at(0.5), p95Ms: at(0.95), heldMs: (await held(server)).maxMs };
}

async function held(server: ChildProcess): Promise<{ p99Ms: number; maxMs: number }> {
  const answer = once(server, 'message');
  server.send('held');
  return (await answer)[0];
}

async function start(home: string): Promise<{ server: ChildProcess; url: string; readyMs: number }> {
  const began = performance.now();
  const server = spawn(process.execPath, ['--import', HELPER, MAIN, 'serve'], {
    env: environment(home),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  while (performance.now() - began < PATIENCE_MS) {
    const announced = readAnnouncement(join(home, 'data'));
    if (announced !== null && announced.pid === server.pid) {
      const url = `http://127.0.0.1:${announced.port}`;
      const ready = await fetch(`${url}/readyz`).catch(() => null);
      if (ready !== null) return { server, url, readyMs: performance.now() - began };
    }
    await setTimeout(5);
  }
  throw new Error(`The server was not ready within ${PATIENCE_MS / 1_000} s`);
}

async function stop(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}

function environment(home: string): NodeJS.ProcessEnv {
  return { ...process.env, BOOMSYNC_HOME: home, BOOMSYNC_PORT: '0', BOOM_WEBHOOK_KEY: WEBHOOK_KEY };
}
