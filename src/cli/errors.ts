import { Command } from 'commander';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { readConnections, withReader } from './home.ts';
import { type ListOptions, limitOf, limitOption } from './limit.ts';
import { noticedCommand, noticeLines, readNotices } from './notices.ts';
import { createOutput, moment } from './output.ts';
import { plain } from './plain.ts';
import { fieldTable } from './plan-text.ts';
import { type Problem, readProblems } from './problems.ts';

function problemLines(problem: Problem, label: string, timezone: string): string[] {
  const { about, id, who, connection, kind, message, remedy, at, differences, tasks, quiet } = problem;
  const end = quiet?.until ? `until ${moment(quiet.until, timezone)}` : 'for good';
  const person = who === null ? '' : ` (${who})`;
  const where = connection !== null && about !== 'connection' ? ` in ${connection}` : '';
  return [
    plain(`${about} ${id}${person}${where}: ${kind.replaceAll('_', ' ')}, since ${moment(at, timezone)}`),
    plain(`  ${message ?? ''}`),
    ...tasks.map((task) => plain(`  ▢ ${task}`)),
    ...fieldTable(differences, label).map((line) => `    ${line}`),
    ...(quiet === null ? [] : [plain(`  quiet ${end}: ${quiet.why}`)]),
    plain(`  → ${remedy ?? 'Nothing to do: it is tried again by itself.'}`),
  ];
}

async function list(options: ListOptions & { all?: boolean }): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const connections = await readConnections(config, true);
    const labels = new Map(connections.map(({ name, label }) => [name, label]));
    const all = await readProblems({ stores, config, labels, all: options.all === true });
    const limit = limitOf(options);
    const errors = limit === undefined ? all : all.slice(0, limit);
    const notices = await readNotices(stores, limit ?? Number.MAX_SAFE_INTEGER);
    createOutput(options.json === true).result({ errors, total: all.length, notices }, () =>
      all.length === 0
        ? ['Nothing needs you.', ...noticeLines(notices, config.timezone)].join('\n')
        : [
            ...errors.flatMap((one) =>
              problemLines(one, labels.get(one.connection ?? '') ?? 'the PMS', config.timezone),
            ),
            ...(errors.length < all.length
              ? [`${errors.length} of ${all.length}; see more with --limit`]
              : []),
            ...noticeLines(notices, config.timezone),
          ].join('\n'),
    );
  });
}

async function ignore(tenant: string, { json }: { json?: boolean }): Promise<void> {
  const output = createOutput(json === true);
  if ((await withReader(({ stores }) => stores.tenants.get(tenant))) === null)
    throw new Failure('unknown_tenant', `There is no tenant ${tenant}`, 'List them with: boomsync tenants');
  const result = await handOver('ignore_push', { tenantId: tenant }, output);
  if (result.tenants === 0) {
    throw new Failure(
      'nothing_to_ignore',
      `Boom’s push has not failed for ${tenant}, or you have put that aside already`,
      'See what needs you with: boomsync errors',
    );
  }
  output.result(result, () => `Put aside: Boom’s failed push of ${tenant}. A later failure is told again.`);
}

export function errorsCommand(_exit: Exit): Command {
  const command = new Command('errors')
    .description('what needs you, why, and what to do')
    .option('--json', 'print one JSON document')
    .option('--all', 'also what you put aside with "boomsync snooze"')
    .addOption(limitOption())
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync errors
  $ boomsync errors --json
  $ boomsync errors ignore t12      you have put t12 into the PMS yourself, where Boom’s own push failed
  $ boomsync errors noticed t12     you have seen to a notice that may be due to t12`,
    )
    .action(list);
  command
    .command('ignore')
    .description('put aside that Boom itself failed to put a person into its PMS')
    .argument('<tenant>', 'its id, like t12')
    .option('--json', 'print one JSON document')
    .action((tenant: string, _options: unknown, self: Command) => ignore(tenant, self.optsWithGlobals()));
  return command.addCommand(noticedCommand());
}
