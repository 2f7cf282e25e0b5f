/** How long the disk takes to make 4 KiB durable: what a commit costs at least. */
import { closeSync, fdatasyncSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Spread, spread } from './ingest.ts';

const TMPFS = 0x01021994;

export function measureDisk(folder: string, times = 200): Spread {
  const path = join(folder, 'sync');
  const file = openSync(path, 'w', 0o600);
  const block = Buffer.alloc(4096, 1);
  const milliseconds: number[] = [];
  for (let time = 0; time < times; time++) {
    const before = performance.now();
    writeSync(file, block, 0, block.length, time * block.length);
    fdatasyncSync(file);
    milliseconds.push(performance.now() - before);
  }
  closeSync(file);
  unlinkSync(path);
  return spread(milliseconds);
}

/** In memory nothing is durable, and every figure would flatter. */
export function isInMemory(folder: string): boolean {
  return statfsSync(folder).type === TMPFS;
}
