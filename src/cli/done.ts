import { Command } from 'commander';
import { nameOf } from '../operate/tenant-words.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { configuredConnection } from './home.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';
import { peopleOf } from './preview.ts';

async function done(id: string, connection: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const output = createOutput(json === true);
  const tenant = (await peopleOf([id])).get(id);
  if (tenant === undefined)
    throw new Failure('unknown_tenant', `There is no tenant ${id}`, 'List them with: boomsync tenants');
  if (connection !== undefined) await configuredConnection(connection);
  const result = await handOver('done', { tenantId: tenant.id, connection: connection ?? null }, output);
  const where = [...new Set(result.acknowledged.map((one) => one.connection))].join(', ');
  output.result(result, () => plain(`Noted as done for ${tenant.id} ${nameOf(tenant)} in ${where}.`));
}

export function doneCommand(_exit: Exit): Command {
  return new Command('done')
    .description('say that you did by hand what boomsync asked of you')
    .argument('<tenant>', 'its id, like t12')
    .argument('[connection]', 'only there')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
For a PMS that has no API: "boomsync errors" lists what is to be done there. What you say here is done counts as written;
what Boom says later is a new task.

Examples:
  $ boomsync done t12
  $ boomsync done t12 tenantcloud`,
    )
    .action(done);
}
