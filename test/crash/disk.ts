/**
 * A disk that loses its power: of what was written since a file's last sync, anything may be there, in any order and cut
 * in the middle of a page. What was synced is there.
 */
import type { Call } from './trace.ts';

type Change = Extract<Call, { what: 'write' | 'truncate' }>;

/** How much a disk writes in one piece. */
const SECTOR = 512;

export class Disk {
  readonly #durable: Map<string, Buffer>;
  readonly #pending = new Map<string, Change[]>();

  constructor(files: ReadonlyMap<string, Buffer>) {
    this.#durable = new Map(files);
  }

  apply(call: Call): void {
    if (call.what === 'write' || call.what === 'truncate') {
      this.#pending.set(call.file, [...(this.#pending.get(call.file) ?? []), call]);
    } else if (call.what === 'sync') {
      const changes = this.#pending.get(call.file) ?? [];
      if (changes.length > 0) this.#durable.set(call.file, changes.reduce(changed, this.#of(call.file)));
      this.#pending.delete(call.file);
    }
  }

  /** How many changes are not on disk for certain. */
  get unsynced(): number {
    return [...this.#pending.values()].reduce((sum, changes) => sum + changes.length, 0);
  }

  /** `keeps`: what became of each sector that was not synced. */
  afterPowerLoss(keeps: () => boolean): Map<string, Buffer> {
    const files = new Map(this.#durable);
    for (const [file, changes] of this.#pending) {
      const kept = changes.flatMap(sectorsOf).filter(keeps);
      if (kept.length > 0) files.set(file, kept.reduce(changed, this.#of(file)));
    }
    return files;
  }

  #of(file: string): Buffer {
    return this.#durable.get(file) ?? Buffer.alloc(0);
  }
}

function sectorsOf(change: Change): Change[] {
  if (change.what === 'truncate') return [change];
  const sectors: Change[] = [];
  for (let from = 0; from < change.data.length; ) {
    const to = from + SECTOR - ((change.at + from) % SECTOR);
    sectors.push({ ...change, at: change.at + from, data: change.data.subarray(from, to) });
    from = to;
  }
  return sectors;
}

function changed(content: Buffer, change: Change): Buffer {
  const size =
    change.what === 'truncate' ? change.size : Math.max(content.length, change.at + change.data.length);
  const after = Buffer.alloc(size);
  content.copy(after);
  if (change.what === 'write') change.data.copy(after, change.at);
  return after;
}
