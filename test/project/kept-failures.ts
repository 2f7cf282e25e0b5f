/** Properties whose failures are kept as fixtures, and tried first from then on. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import fc from 'fast-check';
import { tries } from '../support/profile.ts';

const FOLDER = resolve(import.meta.dirname, '../fixtures/histories');

const fileOf = (name: string) => resolve(FOLDER, `${name}.json`);

export function keptIn<Ts extends unknown[]>(name: string): Ts[] {
  const file = fileOf(name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ts[]) : [];
}

/** `name`: of the fixture. A failure is written to it and thrown, with its seed. */
export async function holds<Ts extends [unknown, ...unknown[]]>(
  name: string,
  numRuns: number,
  property: fc.IRawProperty<Ts>,
): Promise<void> {
  const file = fileOf(name);
  const kept = keptIn<Ts>(name);
  const outcome = await fc.check(property, {
    ...tries(numRuns + kept.length, numRuns + kept.length),
    examples: kept,
  });
  if (!outcome.failed) return;
  if (outcome.counterexample) {
    const all = [...kept, outcome.counterexample].map((one) => JSON.stringify(one));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `[\n${[...new Set(all)].join(',\n')}\n]\n`);
  }
  throw new Error(await fc.asyncDefaultReportMessage(outcome), { cause: outcome.errorInstance });
}
