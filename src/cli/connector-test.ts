import pc from 'picocolors';
import { createHomes } from '../conform/home.ts';
import { loadSubject } from '../conform/subject.ts';
import { CASES, type CaseResult, runSuite } from '../conform/suite.ts';
import { ConfigFailure } from './failure.ts';
import { createOutput, table } from './output.ts';

const SAID: Record<CaseResult['outcome'], string> = {
  passed: pc.green('✓'),
  failed: pc.red('✗ failed'),
  not_applicable: pc.dim('–'),
};

/** Every case over one connector. False where one fails. */
export async function testConnector(target: string, { json }: { json?: boolean }): Promise<boolean> {
  const loaded = await loadSubject(target);
  if (!loaded.ok) throw new ConfigFailure(loaded.faults);
  const { subject } = loaded;
  const output = createOutput(json === true);
  output.say(`${CASES.length} cases over ${subject.manifest.label}; this takes some seconds.`);
  const homes = await createHomes();
  try {
    const results = await runSuite(subject, homes);
    const count = (outcome: CaseResult['outcome']) =>
      results.filter((result) => result.outcome === outcome).length;
    const [passed, failed, notApplicable] = [count('passed'), count('failed'), count('not_applicable')];
    output.result({ connector: subject.manifest.id, passed, failed, notApplicable, cases: results }, () =>
      [
        table(
          ['case', '', ''],
          results.map((result) => [result.case, SAID[result.outcome], result.why]),
        ),
        '',
        `${passed} passed, ${failed} failed, ${notApplicable} say nothing about ${subject.manifest.label}.`,
      ].join('\n'),
    );
    return failed === 0;
  } finally {
    homes.remove();
  }
}
