import { describe, expect, it } from 'vitest';
import { PREVAILS } from '../../src/project/effects.ts';
import { READ_CONFIRMS, REGISTERS, RETRY_WINDOW_MS, RULES } from '../../src/project/ordering.ts';
import { UNDECIDED } from '../project/undecided.ts';
import { expectPart, markdownTable, readDoc } from './generated.ts';

const PAGE = 'docs/ordering.md';
const TEST = 'test/docs/ordering.test.ts';
const word = (text: string) => (text.includes(' ') ? text : `\`${text}\``);

/** What shares a rank stands together. */
function ladder(ranks: Readonly<Record<string, number>>): string {
  const steps = new Map<number, string[]>();
  for (const [value, rank] of Object.entries(ranks))
    steps.set(rank, [...(steps.get(rank) ?? []), word(value)]);
  return [...steps]
    .sort(([a], [b]) => a - b)
    .map(([, values]) => values.join(' = '))
    .join(' < ');
}

describe(PAGE, () => {
  it('tells the rules as the code has them', () => {
    const rows = RULES.map(({ when, counts }, index) => [String(index + 1), when, counts]);
    expectPart(
      PAGE,
      'rules',
      markdownTable(['', 'of these the first that is so', 'what counts'], rows),
      TEST,
    );
  });

  it('shows every register with its ranks', () => {
    const rows = REGISTERS.map(({ name, per, ranks }) => [name, per, ladder(ranks)]);
    expectPart(PAGE, 'ranks', markdownTable(['register', 'one for each', 'ranks'], rows), TEST);
  });

  it('shows what a read confirms', () => {
    const rows = Object.entries(READ_CONFIRMS).flatMap(([name, table]) =>
      Object.entries(table).map(([said, known]) => [word(name), word(said), known.map(word).join(', ')]),
    );
    expectPart(PAGE, 'confirms', markdownTable(['read', 'says', 'and leaves as it is'], rows), TEST);
  });

  it('lists what nothing can decide, each with its rule', () => {
    const rows = UNDECIDED.map(({ history, rule, why }) => [history, rule, why]);
    expectPart(PAGE, 'undecided', markdownTable(['history', 'rule', 'why'], rows), TEST);
  });

  it('names the statuses that are everyone’s', () => {
    const plain = readDoc(PAGE).replace(/\s+/g, ' ');
    expect(plain).toContain(`Under the statuses ${[...PREVAILS].map(word).join(', ')} (\`PREVAILS\``);
  });

  it('names the window', () => {
    expect(readDoc(PAGE)).toContain(`${RETRY_WINDOW_MS / 1000} seconds`);
  });
});
