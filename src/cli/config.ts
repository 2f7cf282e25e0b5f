import { Command } from 'commander';
import { checkConfig } from '../config/check.ts';
import { ConfigFailure, type Exit } from './failure.ts';
import { readConfig, readConnections } from './home.ts';
import { createOutput, table } from './output.ts';

export function configCommand(_exit: Exit): Command {
  const command = new Command('config').description('look at the configuration');
  command
    .command('check')
    .description('every fault in config/, with file and line; nothing is started')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  $ boomsync config check\n  $ boomsync config check --json')
    .action(async (options: { json?: boolean }) => {
      const checked = await checkConfig();
      if ('faults' in checked) throw new ConfigFailure(checked.faults);
      const connections = await readConnections(await readConfig());
      const { summary } = checked;
      createOutput(options.json === true).result({ ok: true, ...summary }, () =>
        [
          `All is well in ${summary.home}`,
          `Listens at ${summary.listens}; Boom's messages arrive at ${summary.publicUrl === null ? '(no publicUrl yet)' : `${summary.publicUrl}/webhooks/boom`}`,
          '',
          table(
            ['connection', 'connector', 'mode', 'file'],
            summary.connections.map((c) => [
              c.name,
              c.connector,
              connections.find(({ name }) => name === c.name)?.mode ?? c.mode,
              c.file,
            ]),
          ),
        ].join('\n'),
      );
    });
  return command;
}
