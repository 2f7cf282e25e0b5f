/** Compiling the expressions of one file: every fault is told with its place. */
import { type Fault, pathText } from '../config/fault.ts';
import { compileExpression, type Expression, type Reads } from './expressions.ts';
import { EMPTY_SCOPE, readable, SAMPLE_SCOPE, shapeOf } from './scope-shape.ts';
import type { Trial } from './trial.ts';

type Path = PropertyKey[];
export type Complain = (path: Path, message: string, suggestion?: string) => void;
export type Compile = (path: Path, text: string, reads: Reads) => Promise<Expression>;

/** What a field map's expressions read. */
export const OVER_SCOPE: Reads = {
  shape: shapeOf(readable(SAMPLE_SCOPE)),
  samples: [readable(SAMPLE_SCOPE), readable(EMPTY_SCOPE)],
  nullIsAbsent: true,
};
/** A PMS's answer: its names are not known here. */
export const OVER_ANSWER: Reads = { shape: 'any', samples: [{}], nullIsAbsent: true };
/** Where records stand in it: they stay as they are, since an update may have to send them back. */
export const OVER_LIST: Reads = { ...OVER_ANSWER, nullIsAbsent: false };

/** Nothing runs when a fault was found, so that what did not compile needs no better stand-in. */
const NOTHING: Expression = { evaluate: async () => undefined };

/** With `trials`, nothing is worked out here: the expression is added to them, to be tried where it can be stopped. */
export function compiler(complain: Complain, trials: Trial[] | null): Compile {
  return async (path, text, reads) => {
    const place = `\`${pathText(path)}\``;
    const compiled = await compileExpression(
      text,
      place,
      trials === null ? reads : { ...reads, samples: [] },
    );
    if (!compiled.ok) {
      for (const problem of compiled.problems) complain(path, `the expression ${problem}`);
      return NOTHING;
    }
    trials?.push({
      text: compiled.text,
      samples: reads.samples,
      nullIsAbsent: reads.nullIsAbsent,
      complain: (problem) => complain(path, `the expression ${problem}`),
    });
    return compiled.expression;
  };
}

export function complainTo(faults: Fault[], file: string, lineOf: (path: Path) => number | null): Complain {
  return (path, message, suggestion) =>
    faults.push({ file, line: lineOf(path), path: pathText(path), message, suggestion: suggestion ?? null });
}
