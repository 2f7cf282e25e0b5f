import { Command } from 'commander';
import { story } from '../boom/story.ts';
import { becameText, deliver, followUp, target } from './deliver.ts';
import type { Exit } from './failure.ts';
import { readConnections, withReader } from './home.ts';
import { confirmInvented } from './invented.ts';
import { createOutput } from './output.ts';

async function demo(options: { json?: boolean; yes?: boolean }): Promise<void> {
  await withReader(async ({ config, stores }) => {
    const connections = await readConnections(config, true);
    const to = target(config);
    await confirmInvented(connections, options.yes === true);
    const output = createOutput(options.json === true);
    const deliveries = [];
    for (const { says, body } of story(new Date())) {
      const delivered = await deliver(to, body);
      const became = await followUp(delivered.id, stores, connections);
      deliveries.push({ says, ...delivered, ...became });
      if (!options.json)
        process.stdout.write(`${says}\n  ${delivered.event}: ${delivered.answer}, ${becameText(became)}\n`);
    }
    output.result({ deliveries }, () =>
      [
        '',
        `${deliveries.length} messages. Now look at data/rent-roll.csv and data/applicants.csv, or try:`,
        '  npx boomsync tenants',
        '  npx boomsync status',
      ].join('\n'),
    );
  }, 'accounts');
}

export function demoCommand(_exit: Exit): Command {
  return new Command('demo')
    .description('send yourself a believable month of one building')
    .option('--yes', 'do not ask where invented people would be written into real records')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  $ boomsync demo\n\nRun it a second time and nobody is there twice.')
    .action(demo);
}
