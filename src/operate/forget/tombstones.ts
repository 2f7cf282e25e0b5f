/** Who was forgotten, in memory: asked of each event before it is kept. */
import { withoutForgotten } from '../../project/forgotten.ts';
import type { Read } from '../../project/understand.ts';
import { type Tombstone, TombstoneFiles } from '../../store/tombstone-files.ts';

export class Tombstones {
  readonly #files: TombstoneFiles;
  /** By hash, since when. */
  readonly #since = new Map<string, string>();
  readonly #ids = new Set<string>();

  constructor(files: TombstoneFiles) {
    this.#files = files;
    this.list();
  }

  /** What stays of what was read. A body may also name somebody of whom the event says nothing. */
  strip(account: string, body: unknown, result: ReturnType<Read>): ReturnType<Read> {
    if (this.#since.size === 0) return result;
    const since = (key: string) => this.since(key);
    const kept = result.ok ? { ...result, event: withoutForgotten(account, result.event, since) } : result;
    const stripped = result.ok && kept.ok && kept.event !== result.event;
    const keys = stripped ? [] : idsIn(body).flatMap((id) => KINDS.map((kind) => `${account}/${kind}:${id}`));
    return stripped || keys.some((key) => since(key) !== null) ? { ...kept, withoutBody: true } : result;
  }

  since(key: string): string | null {
    return this.#since.size === 0 ? null : (this.#since.get(this.#files.hash(key)) ?? null);
  }

  /** Late deliveries are stripped from here on, and after a restart. */
  add(asked: Pick<Tombstone, 'at' | 'account' | 'why'> & { keys: readonly string[] }): Tombstone {
    const { keys, ...said } = asked;
    const hashes = keys.map((key) => this.#files.hash(key));
    const tombstone = { id: this.#files.newId(), ...said, keyMark: this.#files.keyMark() ?? '', hashes };
    this.#files.save(tombstone);
    this.#enter(tombstone);
    return tombstone;
  }

  /**
   * Those that the database knows and the files do not, as on a new computer. Returns how many were made with another
   * key, and say nothing here.
   */
  learn(known: readonly Tombstone[]): number {
    const mark = this.#files.keyMark();
    const mine = known.filter(({ keyMark }) => keyMark === mark);
    for (const tombstone of mine) {
      if (this.#ids.has(tombstone.id)) continue;
      this.#files.save(tombstone);
      this.#enter(tombstone);
    }
    return known.length - mine.length;
  }

  /** Beside its tombstone; whoever keeps the landlord's papers takes it from there. */
  saveReceipt(receipt: { id: string }): void {
    this.#files.saveReceipt(receipt.id, receipt);
  }

  /** As they are on disk, and from here on in memory. */
  list(): Tombstone[] {
    const all = this.#files.list();
    for (const tombstone of all) this.#enter(tombstone);
    return all;
  }

  #enter({ id, at, keyMark, hashes }: Tombstone): void {
    this.#ids.add(id);
    if (keyMark !== this.#files.keyMark()) return;
    for (const hash of hashes) this.#since.set(hash, at);
  }
}

export const openTombstones = (dataDir: string): Tombstones => new Tombstones(new TombstoneFiles(dataDir));

/** Of these Boom has ids, and a body names one under a key that ends so. */
const KINDS = ['applicant', 'lead', 'customer', 'enrollment', 'application'];
const ID = /id$/i;

function idsIn(body: unknown): string[] {
  const found = new Set<string>();
  const open: unknown[] = [body];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object') open.push(inner);
      else if (ID.test(key) && (typeof inner === 'string' || typeof inner === 'number'))
        found.add(String(inner));
    }
  }
  return [...found];
}
