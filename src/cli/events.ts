import { Command, Option } from 'commander';
import { EVENT_STATUSES, type EventStatus } from '../store/inbox.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { type ListOptions, limitOf, limitOption } from './limit.ts';
import { createOutput, moment, table } from './output.ts';

interface Options extends ListOptions {
  status?: EventStatus;
  tenant?: string;
}

async function list(options: Options): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const filter = {
      ...(options.status ? { status: options.status } : {}),
      ...(options.tenant ? { tenantId: options.tenant } : {}),
    };
    const rows = await stores.inbox.list({ ...filter, limit: limitOf(options) ?? Number.MAX_SAFE_INTEGER });
    const total = await stores.inbox.count(filter);
    const events = rows.map(({ id, requestId, wireEvent, status, tenantId, receivedAt, detail }) => ({
      id,
      requestId,
      event: wireEvent,
      status,
      tenantId,
      receivedAt,
      detail,
    }));
    createOutput(options.json === true).result({ events, total }, () =>
      [
        table(
          ['event', 'when', 'what', 'status', 'tenant', 'detail'],
          events.map((e) => [
            e.id,
            moment(e.receivedAt, config.timezone),
            e.event,
            e.status,
            e.tenantId,
            e.detail,
          ]),
        ),
        ...(events.length < total ? [`${events.length} of ${total}; see more with --limit`] : []),
      ].join('\n'),
    );
  });
}

async function ignore(id: string, options: { json?: boolean }): Promise<void> {
  const number = Number(id);
  if (!Number.isSafeInteger(number))
    throw new Failure('usage', `${id} is no event`, 'List them with: boomsync events', 2);
  const output = createOutput(options.json === true);
  const result = await handOver('ignore', { eventId: number }, output);
  if (result.events === 0) {
    throw new Failure(
      'not_open',
      `Event ${id} is neither failed nor quarantined`,
      'List those with: boomsync errors',
    );
  }
  output.result(result, () => `Event ${id} is put aside. It stays on record.`);
}

export function eventsCommand(_exit: Exit): Command {
  const command = new Command('events')
    .description('what Boom sent, newest first, and what became of it')
    .option('--json', 'print one JSON document')
    .option('--tenant <id>', 'only events about this tenant')
    .addOption(new Option('--status <status>', 'only events with this status').choices(EVENT_STATUSES))
    .addOption(limitOption())
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync events --limit 10
  $ boomsync events --status failed
  $ boomsync events --tenant t12 --json`,
    )
    .action(list);
  command
    .command('ignore <event>')
    .description('put aside one that failed or was quarantined')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  $ boomsync events ignore 17')
    .action((event: string, _options: unknown, self: Command) => ignore(event, self.optsWithGlobals()));
  return command;
}
