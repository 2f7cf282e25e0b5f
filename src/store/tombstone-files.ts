/**
 * Who was forgotten, beside the database: so that a backup from before, once restored, does not bring them back. Each is
 * a file of hashes of Boom's ids, made with a key that lies beside them and in no backup of the database.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { toDisk } from './to-disk.ts';

export interface Tombstone {
  /** `f` and eight hexadecimal digits. */
  id: string;
  /** UTC ISO 8601. */
  at: string;
  account: string;
  /** Whether a person asked, or the time that such people are kept was over. */
  why: 'asked' | 'retention';
  /** Which key the hashes were made with. */
  keyMark: string;
  /** HMAC-SHA-256, base64url. */
  hashes: string[];
}

export const FORGOTTEN_FOLDER = 'forgotten';
const KEY = 'key';
const NAME = /^(f[0-9a-f]{8})\.json$/;

export class TombstoneFiles {
  readonly #folder: string;
  #key: Buffer | null = null;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, FORGOTTEN_FOLDER);
  }

  /** Oldest first. */
  list(): Tombstone[] {
    return namesIn(this.#folder)
      .filter((name) => NAME.test(name))
      .map((name) => JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as Tombstone)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** On disk when it returns. */
  save(tombstone: Tombstone): void {
    this.#makeFolder();
    writeToDisk(join(this.#folder, `${tombstone.id}.json`), `${JSON.stringify(tombstone, null, 1)}\n`);
    toDisk(this.#folder);
  }

  saveReceipt(id: string, receipt: object): void {
    this.#makeFolder();
    writeToDisk(join(this.#folder, `${id}.receipt.json`), `${JSON.stringify(receipt, null, 1)}\n`);
    toDisk(this.#folder);
  }

  newId(): string {
    return `f${randomBytes(4).toString('hex')}`;
  }

  /** Null before anybody was forgotten here: there is no key yet. */
  keyMark(): string | null {
    const key = this.#read();
    return key === null ? null : markOf(key);
  }

  /** Makes the key where there is none. */
  hash(text: string): string {
    const key = this.#read() ?? this.#make();
    return createHmac('sha256', key).update(text).digest('base64url');
  }

  #read(): Buffer | null {
    if (this.#key !== null) return this.#key;
    if (!namesIn(this.#folder).includes(KEY)) return null;
    this.#key = Buffer.from(readFileSync(join(this.#folder, KEY), 'utf8').trim(), 'base64url');
    return this.#key;
  }

  #make(): Buffer {
    const key = randomBytes(32);
    this.#makeFolder();
    writeToDisk(join(this.#folder, KEY), `${key.toString('base64url')}\n`);
    toDisk(this.#folder);
    this.#key = key;
    return key;
  }

  #makeFolder(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    chmodSync(this.#folder, 0o700);
  }
}

const markOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 12);

function writeToDisk(file: string, text: string): void {
  const handle = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
