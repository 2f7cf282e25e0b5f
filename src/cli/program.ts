/** The command line: `boomsync <command>`. */
import { Command, CommanderError } from 'commander';
import { debugging } from '../config/environment.ts';
import { packageVersion } from '../config/version.ts';
import { nearest } from '../config/zod-faults.ts';
import { ConfigFailure, type Exit, type ExitCode, Failure } from './failure.ts';
import { plain } from './plain.ts';

/** Each command is loaded when it is the one asked for: a server does not carry the others' tables and samples. */
const COMMANDS: Readonly<Record<string, () => Promise<(exit: Exit) => Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  tenants: async () => (await import('./tenants.ts')).tenantsCommand,
  preview: async () => (await import('./preview.ts')).previewCommand,
  connection: async () => (await import('./connection.ts')).connectionCommand,
  units: async () => (await import('./units.ts')).unitsCommand,
  approve: async () => (await import('./approve.ts')).approveCommand,
  done: async () => (await import('./done.ts')).doneCommand,
  keep: async () => (await import('./keep.ts')).keepCommand,
  'use-boom': async () => (await import('./keep.ts')).useBoomCommand,
  candidates: async () => (await import('./choose.ts')).candidatesCommand,
  choose: async () => (await import('./choose.ts')).chooseCommand,
  snooze: async () => (await import('./snooze.ts')).snoozeCommand,
  undo: async () => (await import('./undo.ts')).undoCommand,
  events: async () => (await import('./events.ts')).eventsCommand,
  errors: async () => (await import('./errors.ts')).errorsCommand,
  retry: async () => (await import('./retry.ts')).retryCommand,
  resync: async () => (await import('./resync.ts')).resyncCommand,
  replay: async () => (await import('./replay.ts')).replayCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
  alerts: async () => (await import('./alerts.ts')).alertsCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  retention: async () => (await import('./retention.ts')).retentionCommand,
  forget: async () => (await import('./forget.ts')).forgetCommand,
  hold: async () => (await import('./legal-hold.ts')).holdCommand,
  release: async () => (await import('./legal-hold.ts')).releaseCommand,
  gaps: async () => (await import('./gaps.ts')).gapsCommand,
  send: async () => (await import('./send.ts')).sendCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  connector: async () => (await import('./connector.ts')).connectorCommand,
  config: async () => (await import('./config.ts')).configCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  support: async () => (await import('./support.ts')).supportCommand,
  upgrade: async () => (await import('./upgrade.ts')).upgradeCommand,
  diagnostics: async () => (await import('./diagnostics.ts')).diagnosticsCommand,
  admin: async () => (await import('./admin.ts')).adminCommand,
};

async function build(exit: Exit, asked: string | undefined): Promise<Command> {
  const program = new Command('boomsync')
    .description('Keeps your property management system in line with Boom.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .option('--json', 'with no command: print the state as JSON')
    .showHelpAfterError('Run boomsync --help to see the commands.')
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync                                  is everything all right?
  $ boomsync send application_approved        send yourself a sample from Boom
  $ boomsync tenants show t12                 all that is known of one tenant
  $ boomsync errors --json                    what needs you, for a script

Exit codes: 0 done, 1 failed, 2 wrong usage; status also 3 needs you, 4 stopped.
BOOMSYNC_HOME says where config/ and data/ are (default: the clone; installed by npm, this folder).`,
    )
    .action(async (options: { json?: boolean }) => {
      const { runStatus } = await import('./status.ts');
      exit.code = await runStatus({ json: options.json === true });
    });
  if (asked !== undefined && !asked.startsWith('-') && asked !== 'help' && !Object.hasOwn(COMMANDS, asked)) {
    const near = nearest(asked, Object.keys(COMMANDS));
    throw new Failure('usage', `There is no command ${asked}`, near ?? 'See them with: boomsync --help', 2);
  }
  const wanted = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  for (const name of wanted) {
    const make = await COMMANDS[name]?.();
    if (make) program.addCommand(make(exit));
  }
  const quiet = (command: Command): void => {
    command.exitOverride();
    for (const sub of command.commands) quiet(sub);
  };
  quiet(program);
  return program;
}

/** Runs one command line; resolves with the exit code and never throws. */
export async function run(args: string[]): Promise<ExitCode> {
  const exit: Exit = { code: 0 };
  try {
    await (await build(exit, args[0])).parseAsync(args, { from: 'user' });
    return exit.code;
  } catch (error) {
    return explain(error, args.includes('--json'));
  }
}

function explain(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (json) {
      const message = error.message.replace(/^error: /, '');
      const usage = { code: 'usage', message, remedy: 'See how with: boomsync <command> --help' };
      process.stdout.write(`${JSON.stringify({ error: usage }, null, 2)}\n`);
    }
    return 2;
  }
  const failure = asFailure(error);
  if (json) {
    const { code, message, remedy } = failure;
    const faults = failure instanceof ConfigFailure ? { faults: failure.faults } : {};
    process.stdout.write(`${JSON.stringify({ error: { code, message, remedy, ...faults } }, null, 2)}\n`);
  }
  process.stderr.write(`${plain(failure.message)}.\n`);
  if (failure instanceof ConfigFailure) process.stderr.write(`${failure.list()}\n`);
  process.stderr.write(`${plain(failure.remedy)}\n`);
  return failure.exitCode;
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Error && 'remedy' in error && typeof error.remedy === 'string') {
    return new Failure(error.name, error.message, error.remedy);
  }
  const { code, name } = error as { code?: unknown; name?: unknown };
  const known = typeof code === 'string' ? code : typeof name === 'string' ? name : 'error';
  if (debugging()) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new Failure(
    'internal',
    `boomsync itself failed (${known})`,
    'Run it again with BOOMSYNC_DEBUG=1 to see where, and report that.',
  );
}
