import { Command } from 'commander';
import pc from 'picocolors';
import { type Examination, examine, GRADES } from '../operate/doctor/doctor.ts';
import type { Grade } from '../operate/doctor/finding.ts';
import { doctor as words } from '../words/en/doctor.ts';
import { withDoctorSources } from './doctor-sources.ts';
import type { Exit } from './failure.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';

const SIGNS: Record<Grade, string> = {
  broken: pc.red('✗'),
  look: pc.yellow('▲'),
  unknown: pc.dim('○'),
  good: pc.green('✓'),
};

/** Groups, the worst first, each finding with what to do. */
export function examinationText({ findings, counts }: Examination): string {
  const groups = GRADES.flatMap((grade) => {
    const own = findings.filter((one) => one.grade === grade);
    if (own.length === 0) return [];
    return [
      pc.bold(words.groups[grade]),
      ...own.flatMap(({ says, remedy }) => [
        `${SIGNS[grade]} ${plain(says)}`,
        ...(remedy === null ? [] : [`  → ${plain(remedy)}`]),
      ]),
      '',
    ];
  });
  return [...groups, words.summary(counts.broken, counts.look)].join('\n');
}

export function doctorCommand(exit: Exit): Command {
  return new Command('doctor')
    .description('look at everything that boomsync stands on, and say what to do')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Looks at the disk, the clock, the files, the database, the versions, Boom's key and API, the public address, each
connection, mail and backups. It changes nothing and sends nothing, and works with the server running or not.

Examples:
  $ boomsync doctor
  $ boomsync doctor --json

Exit codes: 0 in order, 3 something wants a look, 4 something does not work.`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const examination = await withDoctorSources(examine);
      createOutput(json === true).result(examination, () => examinationText(examination));
      exit.code = examination.counts.broken > 0 ? 4 : examination.counts.look > 0 ? 3 : 0;
    });
}
