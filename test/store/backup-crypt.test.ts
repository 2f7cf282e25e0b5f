import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decryptFile, encryptFile, isEncrypted } from '../../src/store/backup-crypt.ts';
import { temporaryFolder } from '../support/store.ts';

/** Guessing costs nothing here. */
const COST = { log2N: 4, r: 8, p: 1 };
const CHUNK = 64 * 1024;

function encrypted(plain: Buffer, passphrase = 'correct horse') {
  const folder = temporaryFolder();
  const [from, file] = [join(folder, 'plain'), join(folder, 'file')];
  writeFileSync(from, plain);
  encryptFile(from, file, passphrase, COST);
  let opens = 0;
  const open = (given = passphrase) => {
    opens += 1;
    const to = join(folder, `again-${opens}`);
    decryptFile(file, to, given);
    return readFileSync(to);
  };
  return { file, open };
}

/** Bytes of the file changed as `change` says. */
function altered({ file, open }: ReturnType<typeof encrypted>, change: (bytes: Buffer) => Buffer) {
  writeFileSync(file, change(readFileSync(file)));
  return () => open();
}

describe('an encrypted file', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])('of %i bytes comes back as it was', (bytes) => {
    const plain = randomBytes(bytes);
    const { file, open } = encrypted(plain);
    expect(isEncrypted(file)).toBe(true);
    expect(open().equals(plain)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('shows nothing of what is in it, and never looks the same twice', () => {
    const plain = Buffer.from('ana.ruiz@example.com '.repeat(1000));
    const [one, two] = [encrypted(plain), encrypted(plain)].map(({ file }) => readFileSync(file));
    expect(one?.includes('ana.ruiz')).toBe(false);
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(false);
  });

  it('does not open with another passphrase', () => {
    const { open } = encrypted(randomBytes(100));
    expect(() => open('Correct horse')).toThrow('wrong_passphrase');
  });

  it('opens with the same letters typed otherwise', () => {
    const { open } = encrypted(Buffer.from('x'), 'caf\u00e9');
    expect(open('cafe\u0301').toString()).toBe('x');
  });

  it('is damaged where a byte is another, a chunk is missing, or two changed places', () => {
    const made = () => encrypted(randomBytes(3 * CHUNK));
    const header = readFileSync(encrypted(Buffer.alloc(0)).file).length - 16;
    const sealed = CHUNK + 16;
    const chunk = (bytes: Buffer, n: number) =>
      bytes.subarray(header + n * sealed, header + (n + 1) * sealed);
    const flipped = altered(made(), (bytes) => {
      bytes[header + sealed + 5] = (bytes[header + sealed + 5] ?? 0) ^ 1;
      return bytes;
    });
    expect(flipped).toThrow('damaged');
    expect(altered(made(), (bytes) => bytes.subarray(0, header + 2 * sealed))).toThrow('damaged');
    expect(altered(made(), (bytes) => bytes.subarray(0, bytes.length - 7))).toThrow('damaged');
    const swapped = altered(made(), (bytes) =>
      Buffer.concat([bytes.subarray(0, header), chunk(bytes, 0), chunk(bytes, 2), chunk(bytes, 1)]),
    );
    expect(swapped).toThrow('damaged');
  });

  it.each([
    ['more memory', [30, 8, 3]],
    ['twice our memory and more', [17, 8, 3]],
    ['it with large blocks', [15, 255, 1]],
    ['more time', [15, 8, 255]],
    ['nothing at all', [0, 8, 1]],
  ])('that asks for %s is none of ours', (_, cost) => {
    const greedy = altered(encrypted(randomBytes(10)), (bytes) => {
      bytes.set(cost, 17);
      return bytes;
    });
    expect(greedy).toThrow('not_a_backup');
  });

  it('opens as we write it', () => {
    const folder = temporaryFolder();
    const [from, file, to] = ['plain', 'file', 'again'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(from, 'x');
    encryptFile(from, file, 'correct horse');
    decryptFile(file, to, 'correct horse');
    expect(readFileSync(to, 'utf8')).toBe('x');
  });
});
