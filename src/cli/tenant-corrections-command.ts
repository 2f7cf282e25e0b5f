/** The four commands that correct who is who, under `boomsync tenants`. */
import { Command, InvalidArgumentError } from 'commander';

function eventIds(text: string): number[] {
  const ids = text.split(',').map((part) => Number(part.trim()));
  if (ids.some((id) => !Number.isSafeInteger(id) || id < 1)) {
    throw new InvalidArgumentError('Give numbers of events, like 17,18.');
  }
  return ids;
}

function corrects(name: string, says: string, example: string): Command {
  return new Command(name)
    .description(says)
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
It is kept as an event, and counts in every replay. Records over there stay with the older tenant.

Example:
  $ boomsync tenants ${example}`,
    );
}

/** What they do is loaded when one of them is asked for. */
export function correctionCommands(): Command[] {
  const load = () => import('./tenant-corrections.ts');
  return [
    corrects('link', 'confirm that what only name, e-mail and phone join is one person', 'link t12')
      .argument('<tenant>')
      .action(async (id: string, _own: unknown, self: Command) =>
        (await load()).link(id, self.optsWithGlobals()),
      ),
    corrects('unlink', 'undo it: the screening and the rent reporting are two people', 'unlink t12')
      .argument('<tenant>')
      .action(async (id: string, _own: unknown, self: Command) =>
        (await load()).unlink(id, self.optsWithGlobals()),
      ),
    corrects('merge', 'two records are one person; the older one stays', 'merge t12 t40')
      .argument('<tenant>')
      .argument('<other>')
      .action(async (id: string, other: string, _own: unknown, self: Command) =>
        (await load()).merge(id, other, self.optsWithGlobals()),
      ),
    corrects('split', 'what these events say is another person’s', 'split t12 --events 17,18')
      .argument('<tenant>')
      .requiredOption('--events <ids>', 'events about the other person', eventIds)
      .action(async (id: string, _own: unknown, self: Command) =>
        (await load()).split(id, self.optsWithGlobals()),
      ),
  ];
}
