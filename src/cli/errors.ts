import { Command } from 'commander';
import { healthName } from '../store/connections.ts';
import { type Exit, Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { type ListOptions, limitOf, limitOption } from './limit.ts';
import { createOutput, moment } from './output.ts';
import { plain } from './plain.ts';
import { nameOf } from './tenant-words.ts';

async function list(options: ListOptions): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const configured = new Set(config.connections.map((c) => c.name));
    const states = (await stores.sync.problems()).filter((s) => configured.has(s.connection));
    const apis = new Set(
      config.accounts.filter(({ api }) => api !== null).map(({ name }) => healthName(name)),
    );
    const broken = (await stores.connections.all()).filter(
      (c) => c.state === 'broken' && (configured.has(c.name) || apis.has(c.name)),
    );
    const failed = await stores.inbox.list({ status: 'failed', limit: Number.MAX_SAFE_INTEGER });
    const odd = await stores.inbox.list({ status: 'quarantined', limit: Number.MAX_SAFE_INTEGER });
    const refused = await stores.tenants.pushFailures();
    const all = [
      ...broken.map((c) => ({
        about: 'connection' as const,
        origin: 'boomsync' as const,
        id: c.name,
        connection: c.name,
        kind: 'broken',
        message: c.message,
        remedy: c.remedy,
        at: c.since,
      })),
      ...states.map((s) => ({
        about: 'tenant' as const,
        origin: 'boomsync' as const,
        id: s.tenantId,
        connection: s.connection,
        kind: s.cause ?? s.state,
        message: s.message,
        remedy: s.remedy,
        at: s.updatedAt,
      })),
      ...refused.map(({ record }) => ({
        about: 'tenant' as const,
        origin: 'boom' as const,
        id: record.id,
        connection: null,
        kind: 'boom_push',
        message: `Boom could not put ${nameOf(record)} into the PMS that it is connected to: ${record.boomPush?.error ?? record.boomPush?.status ?? 'it does not say why'}`,
        remedy: `Correct in Boom or in the PMS what Boom names and push again in Boom; or, once you have put the person there yourself: boomsync errors ignore ${record.id}`,
        at: record.boomPush?.at ?? '',
      })),
      ...[...failed, ...odd].map((e) => ({
        about: 'event' as const,
        origin: 'boomsync' as const,
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

async function ignore(tenant: string, { json }: { json?: boolean }): Promise<void> {
  const output = createOutput(json === true);
  if ((await withReader(({ stores }) => stores.tenants.get(tenant))) === null)
    throw new Failure('unknown_tenant', `There is no tenant ${tenant}`, 'List them with: boomsync tenants');
  const result = await handOver('ignore_push', { tenantId: tenant }, output);
  if (result.tenants === 0) {
    throw new Failure(
      'nothing_to_ignore',
      `Boom’s push has not failed for ${tenant}, or you have put that aside already`,
      'See what needs you with: boomsync errors',
    );
  }
  output.result(result, () => `Put aside: Boom’s failed push of ${tenant}. A later failure is told again.`);
}

export function errorsCommand(_exit: Exit): Command {
  const command = new Command('errors')
    .description('what needs you, why, and what to do')
    .option('--json', 'print one JSON document')
    .addOption(limitOption())
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync errors
  $ boomsync errors --json
  $ boomsync errors ignore t12      you have put t12 into the PMS yourself, where Boom’s own push failed`,
    )
    .action(list);
  command
    .command('ignore')
    .description('put aside that Boom itself failed to put a person into its PMS')
    .argument('<tenant>', 'its id, like t12')
    .option('--json', 'print one JSON document')
    .action((tenant: string, _options: unknown, self: Command) => ignore(tenant, self.optsWithGlobals()));
  return command;
}
