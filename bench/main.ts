/** `npm run bench [-- --quick] [-- --json] [-- --dir FOLDER]`: what durability costs, measured on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { isInMemory, measureDisk } from './disk.ts';
import { type IngestResult, measureIngest, type Spread } from './ingest.ts';
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
  const disk = measureDisk(folder);
  const store = await measureStore(folder, args.quick ? 50 : 200);
  const ingest = await measureIngest({
    folder,
    ...(args.quick
      ? { pairs: 9, warmUpMs: 100, countMs: 400 }
      : { pairs: 25, warmUpMs: 200, countMs: 1_000 }),
  });
  const startup = await measureStartup(folder, args.quick ? 1 : 5, args.quick ? 1_000 : 5_000);
  const result = { node: process.version, fdatasyncMs: disk, store, ingest, startup };
  if (args.json) console.log(JSON.stringify(result, null, 2));
  else print(disk, store, ingest, startup);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print(
  disk: Spread,
  store: readonly StoreResult[],
  ingest: readonly IngestResult[],
  startup: StartupResult,
): void {
  const table = new Table({
    head: ['connections', 'durable /s', 'bare /s', 'ratio', 'target', 'median', 'p99'],
    style: { head: [], border: [] },
    colAligns: ['right', 'right', 'right', 'right', 'right', 'right', 'right'],
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
    ]);
  }
  console.log('Deliveries a second: median (lowest to highest of the runs).');
  console.log(table.toString());
  for (const { group, microseconds } of store) {
    console.log(`The store alone, ${group} at once: ${range(microseconds, 0)} µs a delivery.`);
  }
  console.log(`fdatasync of 4 KiB on that disk: ${range(disk, 2)} ms. Node ${process.version}.`);
  console.log(`First delivery taken ${range(startup.firstAcceptedMs, 0)} ms after the start (at most 1000).`);
  const memory = startup.idleMegabytes;
  if (memory !== null) console.log(`Idle memory ${range(memory, 0)} MB (at most 90).`);
}

function range({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}
