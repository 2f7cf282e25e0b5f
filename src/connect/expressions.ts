/** JSONata, compiled and checked once, at start-up. Loaded only when a connection has an expression. */

import { PushError } from '../http/push-error.ts';
import { checkExpression } from './expression-check.ts';
import { plainPath } from './plain-path.ts';
import { isSo, present } from './presence.ts';
import type { Shape } from './scope-shape.ts';

export interface Expression {
  /** Undefined where the expression finds nothing. Throws a `PushError` that names the expression's place only. */
  evaluate(scope: unknown): Promise<unknown>;
}

/** What an expression is evaluated over. */
export interface Reads {
  shape: Shape;
  /** Tried on each at start-up, so that a type that does not fit is found before a person's data meets it. */
  samples: object[];
  /** Null counts as absent: JSONata's functions let pass what is absent, and fail on null. */
  nullIsAbsent: boolean;
}

/** `text`: what was compiled, once names are put where a landlord means them. */
export type Compiled = { ok: true; expression: Expression; text: string } | { ok: false; problems: string[] };

/** An expression works on one person: what takes longer or grows larger is a mistake. */
export const BOUNDS = { timeout: 1000, stack: 100, sequence: 10_000 };

/** `place` is where it stands, for messages: `fields.Email.from`. */
export async function compileExpression(text: string, place: string, reads: Reads): Promise<Compiled> {
  const { default: jsonata } = await import('jsonata');
  const given = reads.nullIsAbsent ? present : (scope: unknown) => scope;
  try {
    const checked = checkExpression(jsonata(text, BOUNDS).ast(), reads);
    if (checked.problems.length > 0) return { ok: false, problems: [...new Set(checked.problems)] };
    const named = withNames(text, checked.nameAt);
    const compiled = jsonata(named, BOUNDS);
    compiled.registerFunction('not', (value: unknown) => !isSo(value), '<x?:b>');
    for (const sample of reads.samples) await compiled.evaluate(given(sample));
    const walk = plainPath(named);
    const evaluate = async (scope: unknown) => {
      const walked = walk?.(scope) ?? null;
      if (walked === null) return await evaluated(compiled, given(scope), place);
      const { found } = walked;
      return reads.nullIsAbsent && found === null ? undefined : given(found);
    };
    return { ok: true, expression: { evaluate }, text: named };
  } catch (error) {
    return { ok: false, problems: [reason(error)] };
  }
}

function withNames(text: string, positions: number[]): string {
  return [...new Set(positions)]
    .sort((a, b) => b - a)
    .reduce((now, position) => `${now.slice(0, position)}.name${now.slice(position)}`, text);
}

async function evaluated(
  compiled: { evaluate(input: unknown): Promise<unknown> },
  scope: unknown,
  place: string,
): Promise<unknown> {
  try {
    return await compiled.evaluate(scope);
  } catch {
    // JSONata's messages quote the data.
    throw new PushError('invalid', `The expression of ${place} cannot be worked out for this person.`, {
      remedy: 'Make the expression provide for values that are missing or of another form.',
    });
  }
}

/** At start-up only samples of ours are met, so the message may stand. */
export function reason(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const at =
      'position' in error && typeof error.position === 'number' ? ` (character ${error.position})` : '';
    return `does not work: ${String(error.message)}${at}`;
  }
  return 'does not work';
}
