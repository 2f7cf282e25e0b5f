/** `boomsync connector …`: what connectors there are, whether one works, and one of one's own. */
import { Command } from 'commander';
import { checkConnector } from './connector-check.ts';
import { listConnectors } from './connector-list.ts';
import { newConnector } from './connector-new.ts';
import { testConnector } from './connector-test.ts';
import type { Exit } from './failure.ts';

interface Options {
  json?: boolean;
}

export function connectorCommand(exit: Exit): Command {
  const command = new Command('connector').description('what boomsync speaks to, and how to add to it');
  const json = (sub: Command) => sub.option('--json', 'print one JSON document');

  json(command.command('list'))
    .description('the connectors that come with boomsync, and what each can do')
    .addHelpText('after', '\nExamples:\n  $ boomsync connector list\n  $ boomsync connector list --json')
    .action((options: Options) => listConnectors(options));

  json(command.command('check'))
    .description('prove the key and the rights of a connection, and change nothing')
    .argument('<connection>', 'its name: the file in config/connections/ without .yaml')
    .addHelpText(
      'after',
      `
It signs in, looks for somebody who is not there, and lists a unit. Rights to change cannot be proved without changing
something: the first change shows them.

Examples:
  $ boomsync connector check oak-street
  $ boomsync connector check oak-street --json`,
    )
    .action(async (name: string, options: Options) => {
      exit.code = (await checkConnector(name, options)) ? 0 : 1;
    });

  json(command.command('test'))
    .description('try a connector on its fake: every case of the conformance suite')
    .argument('<connector>', 'its id, or the folder of one of your own')
    .addHelpText(
      'after',
      `
Nothing is sent to a PMS: the connector speaks to its fake on this computer. Code of the connector and its fake are run.

Examples:
  $ boomsync connector test buildium
  $ boomsync connector test ./my-pms
  $ boomsync connector test ./my-pms --json`,
    )
    .action(async (target: string, options: Options) => {
      exit.code = (await testConnector(target, options)) ? 0 : 1;
    });

  json(command.command('new'))
    .description('write the beginning of a connector of your own into ./<name>')
    .argument('<name>', 'small letters, digits and hyphens')
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync connector new my-pms
  $ boomsync connector test ./my-pms`,
    )
    .action((name: string, options: Options) => newConnector(name, options));
  return command;
}
