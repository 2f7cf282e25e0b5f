import { Command } from 'commander';
import type { Exit } from './failure.ts';
import { withReader } from './home.ts';
import { type ListOptions, limitOf, limitOption } from './limit.ts';
import { createOutput, moment } from './output.ts';
import { plain } from './plain.ts';

async function list(options: ListOptions): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const configured = new Set(config.connections.map((c) => c.name));
    const states = (await stores.sync.problems()).filter((s) => configured.has(s.connection));
    const broken = (await stores.connections.all()).filter(
      (c) => c.state === 'broken' && configured.has(c.name),
    );
    const failed = await stores.inbox.list({ status: 'failed', limit: Number.MAX_SAFE_INTEGER });
    const odd = await stores.inbox.list({ status: 'quarantined', limit: Number.MAX_SAFE_INTEGER });
    const all = [
      ...broken.map((c) => ({
        about: 'connection' as const,
        id: c.name,
        connection: c.name,
        kind: 'broken',
        message: c.message,
        remedy: c.remedy,
        at: c.since,
      })),
      ...states.map((s) => ({
        about: 'tenant' as const,
        id: s.tenantId,
        connection: s.connection,
        kind: s.cause ?? s.state,
        message: s.message,
        remedy: s.remedy,
        at: s.updatedAt,
      })),
      ...[...failed, ...odd].map((e) => ({
        about: 'event' as const,
        id: String(e.id),
        connection: null,
        kind: e.status,
        message: e.detail,
        remedy:
          e.status === 'failed'
            ? `It is kept. After an update of boomsync run "boomsync retry", or put it aside: boomsync events ignore ${e.id}`
            : `It is kept and not used. Ask Boom whether it sent it, then put it aside: boomsync events ignore ${e.id}`,
        at: e.receivedAt,
      })),
    ];
    const limit = limitOf(options);
    const errors = limit === undefined ? all : all.slice(0, limit);
    createOutput(options.json === true).result({ errors, total: all.length }, () =>
      all.length === 0
        ? 'Nothing needs you.'
        : [
            ...errors.flatMap((e) => [
              plain(
                `${e.about} ${e.id}${e.connection && e.about !== 'connection' ? ` in ${e.connection}` : ''}: ${e.kind.replaceAll('_', ' ')}, since ${moment(e.at, config.timezone)}`,
              ),
              plain(`  ${e.message ?? ''}`),
              plain(`  → ${e.remedy ?? ''}`),
            ]),
            ...(errors.length < all.length
              ? [`${errors.length} of ${all.length}; see more with --limit`]
              : []),
          ].join('\n'),
    );
  });
}

export function errorsCommand(_exit: Exit): Command {
  return new Command('errors')
    .description('what needs you, why, and what to do')
    .option('--json', 'print one JSON document')
    .addOption(limitOption())
    .addHelpText('after', '\nExamples:\n  $ boomsync errors\n  $ boomsync errors --json')
    .action(list);
}
