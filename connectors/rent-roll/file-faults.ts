/** What can be wrong with a file, as the engine knows it. All of it is the folder's failure and no tenant's. */
import path from 'node:path';
import { PushError } from '../../src/http/push-error.ts';

/** The file is there and is not what we wrote: it is left as it is until a person has looked at it. */
export function brokenFile(file: string, what: string): PushError {
  const name = path.basename(file);
  return new PushError('conflict', `${name} cannot be used: ${what}.`, {
    remedy: `Correct ${name} where it lies, or move it elsewhere: then it is made anew, without what was added by hand.`,
    unreachable: true,
  });
}

/** Saved by hand again and again while we were about to write it. */
export function busyFile(file: string): PushError {
  return new PushError('transient', `${path.basename(file)} is being saved by another program.`, {
    remedy: 'Nothing to do: the updates wait and are written by themselves.',
    unreachable: true,
  });
}

const REMEDIES: Record<string, [message: string, remedy: string]> = {
  ENOSPC: [
    'there is no space left',
    'Make space on the disk; the updates wait and are written by themselves.',
  ],
  EDQUOT: ['the quota is used up', 'Make space; the updates wait and are written by themselves.'],
  EROFS: ['the disk is read-only', 'Make the disk writable; the updates wait and are written by themselves.'],
};
const IN_USE: [message: string, remedy: string] = [
  'it is open in another program, or may not be touched',
  'Close it in the spreadsheet, and let the user that runs boomsync read and write its folder.',
];

/** What the system answered, without the path above the name. */
export function fileFailed(file: string, error: unknown): PushError {
  if (error instanceof PushError) return error;
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  const [message, remedy] = /^(EBUSY|EACCES|EPERM|ETXTBSY)$/.test(code)
    ? IN_USE
    : (REMEDIES[code] ?? [
        `the system answered ${code}`,
        'Look at the disk; boomsync tries again by itself.',
      ]);
  return new PushError('transient', `${path.basename(file)} could not be written or read: ${message}.`, {
    remedy,
    unreachable: true,
  });
}
