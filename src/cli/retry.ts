import { Command } from 'commander';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { createOutput } from './output.ts';
import { recordsTable } from './records-table.ts';

export function retryCommand(_exit: Exit): Command {
  return new Command('retry')
    .description('try again now what failed or waits for you')
    .argument('[tenant]', 'only this tenant')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  $ boomsync retry\n  $ boomsync retry t12 --json')
    .action(async (tenant: string | undefined, options: { json?: boolean }) => {
      const output = createOutput(options.json === true);
      if (tenant !== undefined) {
        const known = await withReader(({ stores }) => stores.tenants.get(tenant));
        if (known === null) {
          throw new Failure(
            'unknown_tenant',
            `There is no tenant ${tenant}`,
            'List them with: boomsync tenants',
          );
        }
      }
      const result = await handOver('retry', { tenantIds: tenant === undefined ? null : [tenant] }, output);
      output.result(result, () =>
        [
          tenant === undefined
            ? `Tried again: ${result.tenants} looks (one for each tenant and connection), ${result.events} events.`
            : `Tried ${tenant} again, in as many connections: ${result.tenants}.`,
          '',
          recordsTable(result),
        ].join('\n'),
      );
    });
}
