/** Properties whose failures are kept as fixtures, and tried first from then on. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import fc from 'fast-check';

const FOLDER = resolve(import.meta.dirname, '../fixtures/histories');

function keptIn<Ts extends unknown[]>(file: string): Ts[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ts[]) : [];
}

/** `name`: of the fixture. A failure is written to it and thrown, with its seed. */
export async function holds<Ts extends [unknown, ...unknown[]]>(
  name: string,
  numRuns: number,
  property: fc.IRawProperty<Ts>,
): Promise<void> {
  const file = resolve(FOLDER, `${name}.json`);
  const kept = keptIn<Ts>(file);
  const outcome = await fc.check(property, { numRuns: numRuns + kept.length, examples: kept });
  if (!outcome.failed) return;
  if (outcome.counterexample) {
    const all = [...kept, outcome.counterexample].map((one) => JSON.stringify(one));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `[\n${[...new Set(all)].join(',\n')}\n]\n`);
  }
  throw new Error(await fc.asyncDefaultReportMessage(outcome), { cause: outcome.errorInstance });
}
