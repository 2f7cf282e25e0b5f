import { describe, expect, it } from 'vitest';
import { compiler, OVER_SCOPE } from '../../src/connect/compile.ts';
import { compileManifest } from '../../src/connect/compile-manifest.ts';
import { type Trial, tryOut } from '../../src/connect/trial.ts';
import { SHIPPED, shippedManifest } from './shipped.ts';
import { faultsOf } from './support.ts';

async function problemsOf(texts: string[], mostMs?: number): Promise<Record<string, string>> {
  const problems: Record<string, string> = {};
  const trials: Trial[] = [];
  const compile = compiler((path, message) => {
    problems[String(path[0])] = message;
  }, trials);
  for (const text of texts) await compile([text], text, OVER_SCOPE);
  await tryOut(trials, mostMs);
  return problems;
}

/** Grows a hundredfold with each step: neither a time limit nor a stack limit of JSONata's sees it coming. */
const BURSTS = `($a := $join([1..9999].("xxxxxxxxxx")); $b := $replace($a, "x", $a); $length($replace($b, "x", $a)))`;
const SLOW = `$count([1..3000].($sort([1..9000])))`;

describe('expressions that somebody else wrote', () => {
  it('are tried, and those that do not come to an end are told, with the others that are wrong', async () => {
    const problems = await problemsOf(['person.email', BURSTS, '$number(person.lastName)', 'unit.title']);
    expect(Object.keys(problems).sort()).toEqual([BURSTS, '$number(person.lastName)'].sort());
    expect(problems[BURSTS]).toContain('does not');
    expect(problems['$number(person.lastName)']).toContain('does not work');
  });

  it('cost so much time at most, and what was not tried is told as well', async () => {
    const texts = Array.from({ length: 8 }, (_, n) => `(${SLOW}) + ${n}`);
    const problems = await problemsOf([...texts, 'person.emial'], 1);
    expect(Object.keys(problems)).toHaveLength(9);
    const untried = Object.values(problems).filter((problem) => problem.includes('was not tried'));
    expect(untried).toHaveLength(7);
  });

  it('are told with file and line, as every other fault', async () => {
    const [fault] = await faultsOf({ takes: BURSTS });
    expect(fault).toMatchObject({ path: 'takes', file: expect.stringContaining('oak-street.yaml') });
    expect(fault?.message).toMatch(/does not (come to an end|work)/);
  });

  it('are not tried where nothing is to be sent: a command that only looks starts at once', async () => {
    expect(await faultsOf({ takes: BURSTS }, { onlyLook: true })).toEqual([]);
  });
});

describe('the expressions of the connectors that boomsync brings along', () => {
  it.each(SHIPPED)('of %s come to an end, so that nobody has to try them at the start', async (id) => {
    const problems: string[] = [];
    const trials: Trial[] = [];
    const complain = (path: PropertyKey[], message: string) => problems.push(`${path.join('.')}: ${message}`);
    await compileManifest(shippedManifest(id), compiler(complain, trials), complain);
    await tryOut(trials);
    expect(problems).toEqual([]);
  });
});
