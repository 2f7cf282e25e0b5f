/**
 * One kind's files: a CSV that a landlord may edit, the same as JSON, and the rows of our last write. Those bring
 * back what is missing from the CSV, and remember who has left the rent roll.
 * A pass reads the file once, gathers its changes in memory, and writes once.
 */
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Fields, Kind } from '../../src/connect/contract.ts';
import { SavedMeanwhile, writeAtomically } from './atomic-file.ts';
import { brokenFile, busyFile, fileFailed } from './file-faults.ts';
import {
  fieldsOf,
  jsonOfSheet,
  type KeptRow,
  keptOfSheet,
  put,
  remove,
  type Sheet,
  sheetOf,
  tableOfSheet,
} from './sheet.ts';

export interface Ledger {
  fields(id: string): Promise<Fields | null>;
  /** In memory until `flush`; a row that is not there begins with these. */
  stage(id: string, changes: Fields): Promise<Fields>;
  /** The row stands for nobody any more: it goes with the next flush. */
  retire(id: string): Promise<void>;
  /** Writes what has changed, and nothing otherwise. What it cannot write it forgets, and throws. */
  flush(): Promise<void>;
  discard(): void;
}

interface Loaded {
  sheet: Sheet;
  /** Our rendering of the file as it was found; null where there was none. */
  found: string | null;
  kept: string | null;
}

type Staged = { whole: Fields; changes: Fields } | 'retired';

/** How often a file that is being saved by hand is tried again. */
const TRIES = 5;

const NAMES: Record<Kind, string> = { tenant: 'rent-roll', applicant: 'applicants' };

export function openLedger(folder: string, kind: Kind): Ledger {
  const csv = path.join(folder, `${NAMES[kind]}.csv`);
  const json = path.join(folder, `${NAMES[kind]}.json`);
  const keptFile = path.join(folder, `.${NAMES[kind]}.kept.json`);
  const staged = new Map<string, Staged>();
  let cache: { mark: string; loaded: Promise<Loaded> } | null = null;
  /** How the files looked after our last flush. */
  let settled: string | null = null;

  /** While changes are gathered the file is not looked at again; before and after, every edit by hand is seen. */
  async function current(): Promise<Loaded> {
    if (cache !== null && staged.size > 0) return cache.loaded;
    return fresh();
  }

  async function fresh(): Promise<Loaded> {
    const mark = await markOf(csv);
    if (cache?.mark !== mark) {
      const loaded = load();
      cache = { mark, loaded };
      loaded.catch(() => {
        if (cache?.loaded === loaded) cache = null;
      });
    }
    return cache.loaded;
  }

  async function load(): Promise<Loaded> {
    // Loaded with the first file: a start goes without it.
    const { BrokenTable, tableOf, textOfTable } = await import('./table.ts');
    try {
      const [bytes, kept] = await Promise.all([bytesOf(csv), textAt(keptFile)]);
      const table = bytes === null ? null : tableOf(bytes);
      const found = table === null ? null : textOfTable(table);
      return { sheet: sheetOf(kind, table, rowsOf(kept)), found, kept };
    } catch (error) {
      throw error instanceof BrokenTable ? brokenFile(csv, error.message) : fileFailed(csv, error);
    }
  }

  async function flush(): Promise<void> {
    const batch = [...staged];
    try {
      if (batch.length === 0 && settled !== null && settled === (await marks())) return;
      for (let again = TRIES; !(await write(batch)); again -= 1) {
        if (again === 0) throw busyFile(csv);
      }
      settled = await marks();
      for (const [id, change] of batch) if (staged.get(id) === change) staged.delete(id);
      cache = null;
    } catch (error) {
      discard();
      throw fileFailed(csv, error);
    }
  }

  /** False where somebody saved the file meanwhile: our changes go onto theirs. */
  async function write(batch: [string, Staged][]): Promise<boolean> {
    const { sheet, found, kept } = await fresh();
    const mark = cache?.mark;
    for (const [id, change] of batch)
      if (change === 'retired') remove(sheet, id);
      else put(sheet, id, sheet.rowOf.has(id) ? change.changes : change.whole);
    const { textOfTable } = await import('./table.ts');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      // First what brings rows back, so that a crash in between loses none.
      await writeIfNew(keptFile, kept, `${JSON.stringify(Object.fromEntries(keptOfSheet(sheet)))}\n`);
      await writeIfNew(
        csv,
        found,
        textOfTable(tableOfSheet(sheet)),
        async () => (await markOf(csv)) === mark,
      );
      await writeIfNew(json, await textAt(json), jsonOfSheet(sheet));
      return true;
    } catch (error) {
      if (!(error instanceof SavedMeanwhile)) throw error;
      cache = null;
      return false;
    }
  }

  function discard(): void {
    staged.clear();
    cache = null;
  }

  const marks = async () => `${await markOf(csv)} ${await markOf(json)}`;

  function stagedOf(id: string) {
    const change = staged.get(id);
    return change === 'retired' ? undefined : change;
  }

  async function fields(id: string): Promise<Fields | null> {
    const { sheet } = await current();
    if (staged.get(id) === 'retired') return null;
    return stagedOf(id)?.whole ?? fieldsOf(sheet, id);
  }

  return {
    fields,
    async stage(id, changes) {
      const before = await fields(id);
      // Nothing is awaited from here on: two changes of one row do not lose each other.
      const already = stagedOf(id);
      const whole = { ...(already?.whole ?? before), ...changes };
      staged.set(id, { whole, changes: { ...already?.changes, ...changes } });
      return whole;
    },
    async retire(id) {
      await current();
      staged.set(id, 'retired');
    },
    flush,
    discard,
  };
}

async function writeIfNew(
  file: string,
  before: string | null,
  after: string,
  stillSame?: () => Promise<boolean>,
): Promise<void> {
  if (before === after) return;
  try {
    await writeAtomically(file, after, stillSame);
  } catch (error) {
    throw error instanceof SavedMeanwhile ? error : fileFailed(file, error);
  }
}

async function markOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${ino}:${size}:${mtimeNs}`;
  } catch (error) {
    if (isMissing(error)) return 'none';
    throw fileFailed(file, error);
  }
}

async function bytesOf(file: string): Promise<Buffer | null> {
  return readFile(file).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
}

async function textAt(file: string): Promise<string | null> {
  return (await bytesOf(file))?.toString('utf8') ?? null;
}

/** Ours alone, written whole: what cannot be read holds nothing that the CSV does not hold. */
function rowsOf(kept: string | null): Map<string, KeptRow> {
  if (kept === null) return new Map();
  try {
    const rows: unknown = JSON.parse(kept);
    return typeof rows === 'object' && rows !== null
      ? new Map(Object.entries(rows as Record<string, KeptRow>))
      : new Map();
  } catch {
    return new Map();
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
