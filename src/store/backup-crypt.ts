/**
 * A file encrypted with a passphrase: scrypt makes the key, AES-256-GCM encrypts chunk by chunk, so that memory stays
 * small and nothing is given out that was not checked. The format is in docs/backup.md; change both together.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { BackupFault } from './backup-fault.ts';

const MAGIC = Buffer.from('BOOMSYNC-BACKUP\n', 'latin1');
const VERSION = 1;
const SALT_BYTES = 16;
/** Magic, version, the three numbers of scrypt, salt. */
const HEADER_BYTES = MAGIC.length + 4 + SALT_BYTES;
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
/** 32 MB and some tenths of a second for each guess; OWASP's third choice. */
const COST: Cost = { log2N: 15, r: 8, p: 3 };
/** What scrypt is told; it stands in the file. */
export interface Cost {
  log2N: number;
  r: number;
  p: number;
}

/** A file that asks for more was not made by us: it must use up neither the memory nor the day. 64 MB, a second or two. */
const MOST_N_R = 2 ** 19;
const MOST_P = 4;

/** `to` must not exist; it is on disk when this returns. */
export function encryptFile(from: string, to: string, passphrase: string, cost = COST): void {
  const salt = randomBytes(SALT_BYTES);
  const header = Buffer.concat([MAGIC, Buffer.from([VERSION, cost.log2N, cost.r, cost.p]), salt]);
  const key = keyOf(passphrase, header);
  withFiles(from, to, (input, output) => {
    writeAll(output, header);
    let left = fstatSync(input).size;
    // The last chunk says that it is the last, so that a file that was cut off is known; it may be empty.
    for (let at = 0; ; at += 1) {
      const plain = readExactly(input, Math.min(left, CHUNK_BYTES));
      left -= plain.length;
      const cipher = createCipheriv('aes-256-gcm', key, nonce(at, left === 0));
      cipher.setAAD(header);
      writeAll(output, Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
      if (left === 0) return;
    }
  });
}

/**
 * Throws a `BackupFault`: `wrong_passphrase` where the first chunk does not open, `damaged` where a later one does not
 * or the end is missing. What was written to `to` until then is to be thrown away.
 */
export function decryptFile(from: string, to: string, passphrase: string): void {
  withFiles(from, to, (input, output) => {
    let left = fstatSync(input).size - HEADER_BYTES;
    if (left < TAG_BYTES) throw new BackupFault('damaged');
    const header = readExactly(input, HEADER_BYTES);
    const key = keyOf(passphrase, header);
    for (let at = 0; left > 0; at += 1) {
      const chunk = readExactly(input, Math.min(left, CHUNK_BYTES + TAG_BYTES));
      left -= chunk.length;
      writeAll(output, opened(chunk, { key, header, at, last: left === 0 }));
    }
  });
}

export function isEncrypted(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const start = Buffer.alloc(MAGIC.length);
    return readSync(handle, start, 0, MAGIC.length, 0) === MAGIC.length && start.equals(MAGIC);
  } finally {
    closeSync(handle);
  }
}

interface Place {
  key: Buffer;
  header: Buffer;
  at: number;
  last: boolean;
}

function opened(chunk: Buffer, { key, header, at, last }: Place): Buffer {
  const end = chunk.length - TAG_BYTES;
  if (end < 0) throw new BackupFault('damaged');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(at, last));
  decipher.setAAD(header);
  decipher.setAuthTag(chunk.subarray(end));
  try {
    return Buffer.concat([decipher.update(chunk.subarray(0, end)), decipher.final()]);
  } catch {
    throw new BackupFault(at === 0 ? 'wrong_passphrase' : 'damaged');
  }
}

function keyOf(passphrase: string, header: Buffer): Buffer {
  const [version, log2N = 0, r = 0, p = 0] = header.subarray(MAGIC.length);
  const N = 2 ** log2N;
  const isOurs = version === VERSION && log2N > 0 && r > 0 && N * r <= MOST_N_R && p > 0 && p <= MOST_P;
  if (!isOurs) throw new BackupFault('not_a_backup');
  const salt = header.subarray(HEADER_BYTES - SALT_BYTES);
  // Composed and decomposed letters look alike to whoever types them.
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * r * (N + p) });
}

/** 12 bytes: the chunk's number, and 1 where it is the last. The key is this file's own, so none is used twice. */
function nonce(at: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(at, 7);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

function withFiles(from: string, to: string, work: (input: number, output: number) => void): void {
  const input = openSync(from, 'r');
  try {
    const output = openSync(to, 'wx', 0o600);
    try {
      work(input, output);
      fsyncSync(output);
    } finally {
      closeSync(output);
    }
  } finally {
    closeSync(input);
  }
}

function readExactly(handle: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  for (let have = 0; have < bytes; ) {
    const read = readSync(handle, buffer, have, bytes - have, null);
    if (read === 0) throw new BackupFault('damaged');
    have += read;
  }
  return buffer;
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}
