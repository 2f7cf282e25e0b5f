import { Argument, Command } from 'commander';
import { EVENT_NAMES, eventNameOf } from '../boom/events.ts';
import { sampleOf } from '../boom/samples.ts';
import { nearest } from '../config/zod-faults.ts';
import { type Became, becameText, type Delivered, deliver, followUp, target } from './deliver.ts';
import { type Exit, Failure } from './failure.ts';
import { readConnections, withReader } from './home.ts';
import { confirmInvented } from './invented.ts';
import { createOutput } from './output.ts';

async function send(
  event: string | undefined,
  options: { all?: boolean; json?: boolean; yes?: boolean },
): Promise<void> {
  if ((event === undefined) === (options.all !== true)) {
    throw new Failure('usage', 'Name one event, or say --all', 'See them with: boomsync send --help', 2);
  }
  const name = event === undefined ? null : eventNameOf(event);
  if (event !== undefined && name === null) {
    const near = nearest(event, EVENT_NAMES);
    throw new Failure(
      'usage',
      `Boom has no event ${event}`,
      near ?? 'See them with: boomsync send --help',
      2,
    );
  }
  const names = name === null ? EVENT_NAMES : [name];
  await withReader(async ({ config, stores }) => {
    const connections = await readConnections(config, true);
    const to = target(config);
    await confirmInvented(connections, options.yes === true);
    const output = createOutput(options.json === true);
    const results: (Delivered & Became)[] = [];
    for (const one of names) {
      const delivered = await deliver(to, sampleOf(one));
      const became = await followUp(delivered.id, stores, connections);
      results.push({ ...delivered, ...became });
      if (!options.json)
        process.stdout.write(`${one}: ${delivered.answer} as event ${delivered.id}; ${becameText(became)}\n`);
    }
    output.result(
      { deliveries: results },
      () => `${results.length} sent. See them with: npx boomsync tenants`,
    );
  }, 'accounts');
}

export function sendCommand(_exit: Exit): Command {
  return new Command('send')
    .description('send yourself a sample of what Boom sends')
    .addArgument(new Argument('[event]', 'the name of an event'))
    .option('--all', 'one of each of the 39 events')
    .option('--yes', 'do not ask where invented people would be written into real records')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync send application_approved
  $ boomsync send --all

Events:
  ${EVENT_NAMES.join('\n  ')}`,
    )
    .action(send);
}
