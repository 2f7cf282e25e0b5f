/**
 * Reads a compiled expression before it may run. JSONata's own time limit stops no regular expression and no
 * `$pad`, and a path that is misspelt is silently nothing: both are refused here, at start-up.
 */
import leven from 'leven';
import { meantByName, type Shape } from './scope-shape.ts';

export interface Checked {
  problems: string[];
  /** Where the text must go on with `.name`. */
  nameAt: number[];
}

const FUNCTIONS = new Set(
  (
    'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim ' +
    'contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt ' +
    'power boolean not zip keys lookup append exists spread merge reverse type sort distinct base64encode ' +
    'base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis'
  ).split(' '),
);
const REFUSED: Record<string, string> = {
  regex: 'a regular expression: it may never come to an end',
  lambda: 'a function of its own',
  partial: 'a function of its own',
  transform: 'a transformation (`|…|`)',
  parent: 'a step up (`%`)',
};

type Node = Record<string, unknown>;
type Walk = (node: unknown, here: Shape) => Shape;

export function checkExpression(
  ast: unknown,
  { shape: root, nullIsAbsent }: { shape: Shape; nullIsAbsent: boolean },
): Checked {
  const problems: string[] = [];
  const nameAt: number[] = [];
  const bound = new Map<string, Shape>();

  const walkAll = (nodes: unknown, here: Shape): Shape =>
    listOf(nodes).reduce<Shape>((_, n) => walk(n, here), 'any');

  const walk: Walk = (node, here) => {
    if (!isNode(node)) return 'any';
    const type = String(node.type);
    const refused = REFUSED[type];
    if (refused !== undefined) {
      problems.push(`uses ${refused}`);
      return 'any';
    }
    if (type !== 'path') walkTrimmings(node, 'any');
    switch (type) {
      case 'path':
        return walkPath(node, here);
      case 'name':
        return child(node, here);
      case 'variable':
        return variable(String(node.value), here);
      case 'function':
        return call(node, here);
      case 'block':
        return walkAll(node.expressions, here);
      case 'bind':
        bound.set(String(isNode(node.lhs) ? node.lhs.value : ''), walk(node.rhs, here));
        return 'any';
      case 'apply':
        walk(node.lhs, here);
        if (isNode(node.rhs) && node.rhs.type === 'variable') checkFunction(String(node.rhs.value));
        else walk(node.rhs, here);
        return 'any';
      case 'condition':
        walk(node.condition, here);
        walk(node.then, here);
        walk(node.else, here);
        return 'any';
      case 'binary':
        if (nullIsAbsent && [node.lhs, node.rhs].some(isNull))
          problems.push('compares with `null`, which is never there: write `$exists(…)`');
        walk(node.lhs, here);
        walk(node.rhs, here);
        return 'any';
      case 'unary':
        walkPairs(node.lhs, here);
        walkAll(node.expressions, here);
        walk(node.expression, here);
        return 'any';
      default:
        return 'any';
    }
  };

  /** A filter, a stage or a grouping may stand on any node, not only in a path. */
  const walkTrimmings = (node: Node, here: Shape): void => {
    for (const stage of listOf(node.stages)) if (isNode(stage)) walk(stage.expr, here);
    for (const test of listOf(node.predicate)) if (isNode(test)) walk(test.expr, here);
    if (isNode(node.group)) walkPairs(node.group.lhs, here);
  };

  function walkPath(node: Node, here: Shape): Shape {
    let now = here;
    const steps = listOf(node.steps);
    for (const step of steps) {
      if (!isNode(step)) continue;
      if (step.tuple === true) problems.push('binds a variable in a path (`@`, `#`)');
      now = step.type === 'sort' ? sorted(step, now) : walk(step, now);
      walkTrimmings(step, now);
    }
    walkTrimmings({ ...node, stages: undefined, predicate: undefined }, now);
    const last = steps.at(-1);
    if (meantByName(now) && isNode(last) && last.type === 'name' && typeof last.position === 'number') {
      nameAt.push(last.position);
      return 'value';
    }
    return now;
  }

  function sorted(step: Node, here: Shape): Shape {
    for (const term of listOf(step.terms)) if (isNode(term)) walk(term.expression, here);
    return here;
  }

  function walkPairs(pairs: unknown, here: Shape) {
    for (const pair of listOf(pairs)) for (const side of listOf(pair)) walk(side, here);
  }

  function call(node: Node, here: Shape): Shape {
    const procedure = node.procedure;
    if (isNode(procedure) && procedure.type === 'variable') checkFunction(String(procedure.value));
    else if (isNode(procedure) && procedure.type === 'path')
      problems.push('calls a function without its `$`');
    else walk(procedure, here);
    walkAll(node.arguments, here);
    return 'any';
  }

  function checkFunction(name: string) {
    if (FUNCTIONS.has(name)) return;
    const hint = nearest(name, [...FUNCTIONS]);
    problems.push(
      `calls \`$${name}\`, which may not be used here${hint === null ? '' : `; did you mean \`$${hint}\`?`}`,
    );
  }

  function variable(name: string, here: Shape): Shape {
    if (name === '') return here;
    if (name === '$') return root;
    const shape = bound.get(name);
    if (shape !== undefined) return shape;
    if (!FUNCTIONS.has(name)) problems.push(`reads \`$${name}\`, which nothing sets`);
    return 'any';
  }

  function child(node: Node, here: Shape): Shape {
    if (here === 'any') return 'any';
    const name = String(node.value);
    if (here === 'value') {
      problems.push(`reads \`${name}\` of something that has no parts`);
      return 'any';
    }
    const next = Object.hasOwn(here, name) ? here[name] : undefined;
    if (next !== undefined) return next;
    const known = Object.keys(here);
    const hint = nearest(name, known);
    problems.push(
      `reads \`${name}\`, which does not exist; ${hint === null ? `there are ${known.join(', ')}` : `did you mean \`${hint}\`?`}`,
    );
    return 'any';
  }

  const result = walk(ast, root);
  if (isNode(ast) && ast.type !== 'path' && meantByName(result)) problems.push('names a property as a whole');
  return { problems, nameAt };
}

export function nearest(word: string, known: readonly string[]): string | null {
  const best = known
    .map((candidate) => ({ candidate, distance: leven(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= Math.max(2, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNull(value: unknown): boolean {
  return isNode(value) && value.type === 'value' && value.value === null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
