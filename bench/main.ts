/** `npm run bench [-- --quick] [-- --json] [-- --dir FOLDER]`: what durability costs, measured on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type BackfillResult, measureBackfill } from './backfill.ts';
import { isInMemory, measureDisk } from './disk.ts';
import { type IngestResult, measureIngest, type Spread } from './ingest.ts';
import { measurePages, type PagesResult } from './pages.ts';
import { measureProjection, type ProjectionResult } from './projection.ts';
import { measurePush, type PushResult } from './push.ts';
import { measureStartup, type StartupResult } from './startup.ts';
import { measureStore, type StoreResult } from './store.ts';

const { values: args } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Where the database is put while measuring. */
    dir: { type: 'string', default: tmpdir() },
  },
});

const folder = mkdtempSync(join(args.dir, 'boomsync-bench-'));
try {
  if (isInMemory(folder)) console.error(`${args.dir} is in memory: choose a folder on a disk with --dir.`);
  say('the disk and the store alone');
  const disk = measureDisk(folder);
  const store = await measureStore(folder, args.quick ? 50 : 200);
  const ingest = await measureIngest({
    folder,
    say,
    ...(args.quick
      ? { pairs: 7, warmUpMs: 100, countMs: 400 }
      : { pairs: 21, warmUpMs: 200, countMs: 1_000 }),
  });
  say('projection, and reading whole accounts');
  const projection = await measureProjection(
    folder,
    args.quick ? { units: 20, rounds: 1 } : { units: 50, rounds: 5 },
  );
  const backfill = await measureBackfill(folder, args.quick ? [1_000] : [1_000, 10_000]);
  say('from a delivery to a confirmed record');
  const push = await measurePush(
    folder,
    args.quick ? { people: 100, rounds: 1 } : { people: 500, rounds: 5 },
  );
  say('starts, and memory when nothing happens');
  const startup = await measureStartup(folder, args.quick ? 1 : 5, args.quick ? 2_000 : 40_000);
  say('pages with many tenants');
  const pages = await measurePages(
    folder,
    { tenants: 500, events: args.quick ? 20_000 : 100_000 },
    args.quick ? 10 : 40,
  );
  const result = {
    node: process.version,
    fdatasyncMs: disk,
    store,
    ingest,
    projection,
    backfill,
    push,
    startup,
    pages,
  };
  if (args.json) console.log(JSON.stringify(result, null, 2));
  else {
    print(disk, store, ingest, startup);
    printReading(projection, backfill);
    printPush(push);
    printPages(pages);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** On stderr, so that stdout holds the results alone. */
function say(progress: string): void {
  console.error(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${progress}`);
}

function print(
  disk: Spread,
  store: readonly StoreResult[],
  ingest: readonly IngestResult[],
  startup: StartupResult,
): void {
  const table = new Table({
    head: [
      'connections',
      'durable /s',
      'bare /s',
      'ratio',
      'target',
      'median',
      'p99',
      'CPU durable',
      'CPU bare',
    ],
    style: { head: [], border: [] },
    colAligns: Array(9).fill('right'),
  });
  for (const level of ingest) {
    table.push([
      level.connections,
      range(level.durable, 0),
      range(level.bare, 0),
      range(level.ratio, 2),
      level.target === null
        ? '-'
        : `${level.target.toFixed(2)} ${level.ratio.median >= level.target ? 'ok' : 'missed'}`,
      `${level.durableMedianMs.toFixed(2)} ms`,
      `${level.durableP99Ms.toFixed(2)} ms`,
      `${level.durableCpuMicroseconds.toFixed(0)} µs`,
      `${level.bareCpuMicroseconds.toFixed(0)} µs`,
    ]);
  }
  console.log('Deliveries a second: median (lowest to highest of the runs).');
  console.log(table.toString());
  for (const { group, microseconds } of store) {
    console.log(`The store alone, ${group} at once: ${range(microseconds, 0)} µs a delivery.`);
  }
  console.log(`fdatasync of 4 KiB on that disk: ${range(disk, 2)} ms. Node ${process.version}.`);
  console.log(`First delivery taken ${range(startup.firstAcceptedMs, 0)} ms after the start (at most 1000).`);
  if (startup.idleMegabytes === null || startup.idleAfterDeliveryMegabytes === null) return;
  console.log(`Idle memory ${startup.idleMegabytes.toFixed(0)} MB (at most 90).`);
  console.log(`Idle memory after a delivery ${startup.idleAfterDeliveryMegabytes.toFixed(0)} MB.`);
}

function printReading(projection: readonly ProjectionResult[], backfill: readonly BackfillResult[]): void {
  for (const { batch, projected, ratio } of projection) {
    console.log(
      `Projection in batches of ${batch}: ${range(projected, 0)} events a second (at least 5000 in large batches), ${range(ratio, 2)} of one upsert an event.`,
    );
  }
  for (const { applications, seconds, peakMegabytes } of backfill) {
    console.log(
      `Reading ${applications} applications from Boom, its limit aside: ${seconds.toFixed(1)} s, ${peakMegabytes.toFixed(0)} MB at the peak.`,
    );
  }
}

function printPush({ people, requestsEach, confirmed, bare, ratio, unchanged }: PushResult): void {
  console.log(
    `From a delivery to a confirmed record: ${range(confirmed, 0)} a second, a bare got with the same ${requestsEach.toFixed(1)} requests each ${range(bare, 0)}: ${range(ratio, 2)} (at least 0.50).`,
  );
  console.log(`Going through these ${people} again, unchanged: ${unchanged} requests (0).`);
}

function printPages({ tenants, events, readyAfterKillMs, pages }: PagesResult): void {
  const table = new Table({
    head: ['page', 'median', 'p95 (at most 100)', 'thread held'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right'],
  });
  for (const { path, medianMs, p95Ms, heldMs } of pages)
    table.push([path, ...[medianMs, p95Ms, heldMs].map((ms) => `${ms.toFixed(1)} ms`)]);
  console.log(`Pages with ${tenants} tenants and ${events} events.`);
  console.log(table.toString());
  console.log(`Ready ${readyAfterKillMs.toFixed(0)} ms after kill -9 and a start (at most 2000).`);
}

function range({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}
