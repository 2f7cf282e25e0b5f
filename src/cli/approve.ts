import { Command } from 'commander';
import { nameOf } from '../operate/tenant-words.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { configuredConnection } from './home.ts';
import { createOutput } from './output.ts';
import { plain } from './plain.ts';
import { peopleOf } from './preview.ts';

async function approve(name: string, ids: string[], { json }: { json?: boolean }): Promise<void> {
  await configuredConnection(name);
  const output = createOutput(json === true);
  const people = await peopleOf(ids);
  const unknown = ids.find((id) => !people.has(id));
  if (unknown !== undefined)
    throw new Failure('unknown_tenant', `There is no tenant ${unknown}`, 'List them with: boomsync tenants');
  const tenantIds = ids.length === 0 ? null : [...people.values()].map(({ id }) => id);
  const result = await handOver('approve', { connection: name, tenantIds, shown: null }, output);
  const { approved, unnamed } = result;
  if (approved.length === 0 && tenantIds !== null) {
    throw new Failure(
      'nothing_to_approve',
      `Nobody of these waits to be let through in ${name}`,
      'See who waits, and for what, with: boomsync errors',
    );
  }
  const names = await peopleOf([...approved.map(({ tenantId }) => tenantId), ...unnamed]);
  const line = (id: string) => {
    const tenant = names.get(id);
    return plain(`  ${id}  ${tenant ? nameOf(tenant) : ''}`);
  };
  output.result(result, () =>
    [
      approved.length === 0
        ? `Nobody in ${name} is beyond what may be made in a day.`
        : `Let through in ${name}:`,
      ...approved.map(({ tenantId }) => line(tenantId)),
      ...(unnamed.length > 0
        ? [
            'These are not there yet, and are made only if you name them:',
            ...unnamed.map(line),
            `  → boomsync approve ${name} ${unnamed.slice(0, 3).join(' ')}${unnamed.length > 3 ? ' …' : ''}`,
          ]
        : []),
    ].join('\n'),
  );
}

export function approveCommand(_exit: Exit): Command {
  return new Command('approve')
    .description('let records be made that wait for you: more than a day’s share, or not made by themselves')
    .argument('<connection>', 'its name')
    .argument(
      '[tenants...]',
      'only these; what the connection does not make by itself is made for those you name',
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
More new records in a day than "createsPerDay" allows wait for you, so that a flood does not get into your PMS. Look at
them first with: boomsync preview <connection>

Examples:
  $ boomsync approve oak-street              all that wait because they are too many
  $ boomsync approve oak-street t12 t15      these two: tenants too, and applicants where "create: never"`,
    )
    .action(approve);
}
