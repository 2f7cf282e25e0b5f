import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { type TenantView, tenantView } from '../operate/tenant-view.ts';
import { nameOf, unitText } from '../operate/tenant-words.ts';
import type { Stores } from '../store/stores.ts';
import type { SyncState } from '../store/sync.ts';
import { type Exit, Failure } from './failure.ts';
import { readConnections, withReader } from './home.ts';
import { type ListOptions, limitOf, limitOption } from './limit.ts';
import { createOutput, table } from './output.ts';
import { correctionCommands } from './tenant-corrections-command.ts';
import { tenantDetail } from './tenant-detail.ts';

const STATE_WORDS = {
  parked: 'needs you',
  retrying: 'retrying',
  creating: 'retrying',
  waiting: 'waiting',
  synced: 'in line',
  skipped: 'nothing to write',
} as const;

/** More would be no look at one tenant. */
const EVENTS_SHOWN = 20;

/** The worst of the tenant's records, in a landlord's words. */
function stateWords(view: TenantView): string {
  const worst = (Object.keys(STATE_WORDS) as (keyof typeof STATE_WORDS)[]).find((name) =>
    view.connections.some((c) => c.status === name),
  );
  return worst === undefined ? 'nothing to write' : STATE_WORDS[worst];
}

/** For each tenant the connections whose last pass was before its last change. */
async function behindIn(config: Config, stores: Stores): Promise<Map<string, Set<string>>> {
  const behind = new Map<string, Set<string>>();
  for (const { name, revision } of await readConnections(config, true)) {
    const due = await stores.sync.due(name, revision, new Date(0).toISOString(), Number.MAX_SAFE_INTEGER);
    for (const id of due) behind.set(id, (behind.get(id) ?? new Set()).add(name));
  }
  return behind;
}

async function list(options: ListOptions & { stage?: string }): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const limit = limitOf(options);
    const filter = {
      ...(limit === undefined ? {} : { limit }),
      ...(options.stage ? { stage: options.stage } : {}),
    };
    const rows = await stores.tenants.list(filter);
    const states = await stores.sync.states(rows.map((row) => row.record.id));
    const byTenant = new Map<string, SyncState[]>();
    for (const state of states)
      byTenant.set(state.tenantId, [...(byTenant.get(state.tenantId) ?? []), state]);
    const behind = await behindIn(config, stores);
    const now = new Date();
    const tenants = rows.map(({ record }) =>
      tenantView(record, byTenant.get(record.id) ?? [], now, behind.get(record.id)),
    );
    const total = await stores.tenants.count(options.stage);
    createOutput(options.json === true).result({ tenants, total }, () =>
      [
        table(
          ['tenant', 'name', 'unit', 'stage', 'rent reporting', 'state'],
          tenants.map((t) => [
            t.id,
            nameOf(t),
            unitText(t.unit) ?? '',
            t.stage,
            t.enrollments.map((e) => e.reporting ?? '').join(', '),
            stateWords(t),
          ]),
        ),
        ...(tenants.length < total ? [`${tenants.length} of ${total}; see more with --limit`] : []),
      ].join('\n'),
    );
  });
}

async function show(id: string, options: { json?: boolean }): Promise<void> {
  await withReader(async ({ stores, config }) => {
    const row = await stores.tenants.get(id);
    if (row === null)
      throw new Failure('unknown_tenant', `There is no tenant ${id}`, 'List them with: boomsync tenants');
    const behind = await behindIn(config, stores);
    const states = await stores.sync.states([row.record.id]);
    const view = tenantView(row.record, states, new Date(), behind.get(row.record.id));
    const events = await stores.inbox.list({ tenantId: row.record.id, limit: EVENTS_SHOWN });
    const total = await stores.inbox.count({ tenantId: row.record.id });
    const attempts = await stores.attempts.of(row.record.id, 20);
    const unconfirmed = await unconfirmedOf(stores, row.record.id);
    createOutput(options.json === true).result({ ...view, unconfirmed, attempts }, () =>
      tenantDetail({ ...view, unconfirmed }, { events, total }, attempts, config.timezone),
    );
  });
}

/** What Boom may have said of this person while it could not reach us. */
async function unconfirmedOf(
  { uptime }: Stores,
  tenantId: string,
): Promise<{ what: string; since: string }[]> {
  const gaps = new Map((await uptime.gaps()).map((gap) => [gap.id, gap.from]));
  const rows = await uptime.unconfirmed({ tenantId });
  return rows.map(({ gapId, what }) => ({ what, since: gaps.get(gapId) ?? '' }));
}

export function tenantsCommand(_exit: Exit): Command {
  const command = new Command('tenants')
    .description('everyone on record, and where they stand')
    .option('--json', 'print one JSON document')
    .option('--stage <stage>', 'only tenants at this stage (approved, resident, …)')
    .addOption(limitOption())
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync tenants
  $ boomsync tenants --stage resident --json
  $ boomsync tenants show t12`,
    )
    .action(list);
  command
    .command('show <id>')
    .description('all that is known of one tenant')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  $ boomsync tenants show t12\n  $ boomsync tenants show t12 --json')
    .action((id: string, _options: unknown, self: Command) => show(id, self.optsWithGlobals()));
  for (const correction of correctionCommands()) command.addCommand(correction);
  return command;
}
