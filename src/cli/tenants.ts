import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { leadingApplication, leadingResidency } from '../project/stage.ts';
import type { Tenant } from '../project/tenant.ts';
import type { EventSummary } from '../store/inbox.ts';
import type { Stores } from '../store/stores.ts';
import type { SyncState } from '../store/sync.ts';
import { type Exit, Failure } from './failure.ts';
import { readConnections, withReader } from './home.ts';
import { type ListOptions, limitOf, limitOption } from './limit.ts';
import { createOutput, moment, table } from './output.ts';
import { plain } from './plain.ts';
import { correctionCommands } from './tenant-corrections-command.ts';
import { nameOf, unitText } from './tenant-words.ts';

/** Records of the past: what Boom said since has not been written yet. */
const BEHIND = {
  kind: 'not_yet',
  message: 'What Boom said since is not written yet',
  remedy: 'See why with: boomsync status',
};

/** `behind` names the connections that have not had their turn since the record last changed. */
export function tenantView(tenant: Tenant, states: SyncState[], behind: ReadonlySet<string> = new Set()) {
  const { person, residencies, applications } = tenant;
  const residency = leadingResidency(residencies);
  return {
    id: tenant.id,
    stage: tenant.stage,
    person,
    unit: residency?.unit ?? leadingApplication(applications)?.unit ?? residency?.unit ?? null,
    applications,
    enrollments: tenant.enrollments,
    residency: residency?.status ?? 'unknown',
    residencies,
    knownOnlyById: tenant.knownOnlyById,
    weaklyJoined: tenant.weaklyJoined,
    ids: tenant.ids,
    identityVerification: tenant.identityVerification,
    boomPush: tenant.boomPush,
    timeline: tenant.timeline,
    connections: states.map((state) => ({
      name: state.connection,
      kind: state.kind,
      place: state.place,
      status: state.state === 'synced' && behind.has(state.connection) ? 'waiting' : state.state,
      remoteId: state.remoteId,
      error:
        state.state === 'synced' && behind.has(state.connection)
          ? BEHIND
          : state.cause === null
            ? null
            : { kind: state.cause, message: state.message, remedy: state.remedy },
    })),
  };
}
export type TenantView = ReturnType<typeof tenantView>;

const STATE_WORDS = {
  parked: 'needs you',
  retrying: 'retrying',
  creating: 'retrying',
  waiting: 'waiting',
  synced: 'in line',
  skipped: 'nothing to write',
} as const;

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
    const tenants = rows.map(({ record }) =>
      tenantView(record, byTenant.get(record.id) ?? [], behind.get(record.id)),
    );
    const total = await stores.tenants.count(options.stage);
    createOutput(options.json === true).result({ tenants, total }, () =>
      [
        table(
          ['tenant', 'name', 'unit', 'stage', 'rent reporting', 'state'],
          tenants.map((t) => [
            t.id,
            nameOf(t),
            unitText(t.unit),
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
    const view = tenantView(row.record, await stores.sync.states([row.record.id]), behind.get(row.record.id));
    const events = await eventsAbout(stores, row.record.id, 20);
    const attempts = await stores.attempts.of(row.record.id, 20);
    createOutput(options.json === true).result({ ...view, attempts }, () =>
      detail(view, events, attempts, config.timezone),
    );
  });
}

/** Newest first, with the corrections that name this tenant after another one. */
async function eventsAbout(stores: Stores, id: string, limit: number): Promise<EventSummary[]> {
  const own = await stores.inbox.list({ tenantId: id, limit });
  const named = (await stores.projection.subjects([id])).filter(({ position }) => position < 0);
  const missing = named.map(({ eventId }) => eventId).filter((eventId) => !own.some((e) => e.id === eventId));
  const corrections = await stores.inbox.byIds(missing);
  return [...own, ...corrections].sort((a, b) => b.id - a.id).slice(0, limit);
}

const BY_YOU: Readonly<Record<string, string>> = {
  tenants_same: 'you: these are one person',
  tenants_different: 'you: these are two people',
};

function detail(
  view: TenantView,
  events: { id: number; wireEvent: string | null; status: string; receivedAt: string }[],
  attempts: {
    at: string;
    connection: string;
    kind: string;
    action: string;
    outcome: string;
    message: string | null;
  }[],
  timezone: string,
): string {
  const lines = [
    `${view.id}  ${nameOf(view)}`,
    `  stage        ${view.stage ?? 'none yet'}`,
    `  unit         ${unitText(view.unit) || 'unknown'}`,
    `  e-mail       ${view.person.email ?? ''}`,
    `  phone        ${view.person.phone ?? ''}`,
  ].map(plain);
  if (view.weaklyJoined) {
    lines.push(
      '  only name, e-mail and phone join all of this: what follows from it is shown and not written',
      `    one person:  boomsync tenants link ${view.id}`,
      `    two people:  boomsync tenants unlink ${view.id}`,
    );
  }
  for (const a of view.applications) {
    const parts = [
      a.id ?? '(no id)',
      a.leasing ?? 'unknown',
      a.role,
      unitText(a.unit),
      a.mergedInto && `into ${a.mergedInto}`,
    ];
    lines.push(plain(`  application  ${parts.filter(Boolean).join(' · ')}`));
  }
  for (const e of view.enrollments) {
    const months = new Set(e.furnishments.map((f) => f.month)).size;
    const issues = e.openIssues.length > 0 ? `${e.openIssues.length} open issues` : null;
    const parts = [
      e.id ?? '(none begun)',
      e.reporting ?? 'unknown',
      months > 0 && `furnished for ${months} ${months === 1 ? 'month' : 'months'}`,
      issues,
    ];
    lines.push(plain(`  enrollment   ${parts.filter(Boolean).join(' · ')}`));
  }
  for (const c of view.connections) {
    lines.push(plain(`  ${c.name}: ${c.kind} ${c.status}${c.remoteId ? ` as ${c.remoteId}` : ''}`));
    if (c.error?.message) lines.push(plain(`    ${c.error.message}`));
    if (c.error?.remedy) lines.push(plain(`    ${c.error.remedy}`));
  }
  lines.push(
    '',
    'What Boom sent, newest first',
    table(
      ['event', 'when', 'what', 'status'],
      events.map((e) => [
        e.id,
        moment(e.receivedAt, timezone),
        BY_YOU[e.wireEvent ?? ''] ?? e.wireEvent,
        e.status,
      ]),
    ),
  );
  if (attempts.length > 0) {
    lines.push(
      '',
      'What was tried, newest first',
      table(
        ['when', 'connection', 'kind', 'what', 'outcome', ''],
        attempts.map((a) => [moment(a.at, timezone), a.connection, a.kind, a.action, a.outcome, a.message]),
      ),
    );
  }
  return lines.join('\n');
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
