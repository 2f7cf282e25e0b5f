/** What was written into `config/`: taken up by the running boomsync, and said where it cannot be. */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Edited } from '../../../config/edit-yaml.ts';
import type { Fault } from '../../../config/fault.ts';
import type { Reloaded } from '../../../operate/reload.ts';
import type { At, Said } from '../../contract.ts';
import { forget } from './looks.ts';

/** `said` where all went well; else the first fault, with its file and line. */
export async function takeUp(connection: string, said: Said, at: At): Promise<Said> {
  const { reloaded, faults } = (await at.commands.run('reload', {})) as Reloaded;
  forget(at.commands, connection);
  if (faults.length > 0) return faultSaid(faults, at);
  return reloaded ? said : { ...said, remedy: at.words.connection.fromNextStart };
}

/** `edited`, taken up; where it could not be written, nothing was changed. */
export async function editedSaid(connection: string, edited: Edited, said: Said, at: At): Promise<Said> {
  return edited.ok ? await takeUp(connection, said, at) : faultSaid(edited.faults, at);
}

/** So long a page waits to show what came of it. */
const PATIENCE_MS = 3_000;

/**
 * What failed and waits for its next try is tried at once, with `everything` every record of the connection. Resolves
 * when that is done, or when a page has waited long enough; it goes on.
 */
export async function tryNow(connection: string, everything: boolean, { commands }: At): Promise<void> {
  const done = commands.run('try_now', { connection, everything }).catch(() => {});
  await Promise.race([done, setTimeout(PATIENCE_MS, undefined, { ref: false })]);
}

export function faultSaid(faults: readonly Fault[], { config, words }: At): Said {
  const [fault] = faults;
  if (fault === undefined) return { ok: false, text: words.frame.failed };
  const file = path.isAbsolute(fault.file) ? path.relative(config.home, fault.file) : fault.file;
  const what = fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`;
  const { fileFault, fileFaultRemedy } = words.connection;
  const remedy = [fault.suggestion, fileFaultRemedy].filter(Boolean).join('. ');
  return { ok: false, text: fileFault(file, fault.line, what), remedy };
}
