/** People to whom a notice may be due: listed beside what needs a landlord, and not counted with it. */
import { Command } from 'commander';
import { nameOf } from '../operate/tenant-words.ts';
import type { Stores } from '../store/stores.ts';
import { Failure } from './failure.ts';
import { handOver } from './hand-over.ts';
import { withReader } from './home.ts';
import { createOutput, moment } from './output.ts';
import { plain } from './plain.ts';

export interface NoticeDue {
  kind: 'notice_due';
  /** The tenant's id. */
  id: string;
  who: string;
  /** When Boom decided. UTC ISO 8601. */
  at: string;
}

export async function readNotices({ notices }: Stores, limit: number): Promise<NoticeDue[]> {
  const due = await notices.due({ limit });
  return due.map(({ record, dueAt }) => ({
    kind: 'notice_due',
    id: record.id,
    who: nameOf(record),
    at: dueAt,
  }));
}

export function noticeLines(notices: readonly NoticeDue[], timezone: string): string[] {
  if (notices.length === 0) return [];
  return [
    '',
    'A notice may be due, because Boom declined or set conditions. boomsync neither sends one nor judges it:',
    ...notices.map(({ id, who, at }) => plain(`  ${id} (${who}), decided ${moment(at, timezone)}`)),
    plain(`  → Once you have seen to one: boomsync errors noticed ${notices[0]?.id}`),
  ];
}

async function noticed(tenant: string, { json }: { json?: boolean }): Promise<void> {
  const output = createOutput(json === true);
  if ((await withReader(({ stores }) => stores.tenants.get(tenant))) === null)
    throw new Failure('unknown_tenant', `There is no tenant ${tenant}`, 'List them with: boomsync tenants');
  const result = await handOver('notice_seen', { tenantId: tenant }, output);
  if (result.seen === 0) {
    throw new Failure(
      'no_notice',
      `No notice is told of for ${tenant}, or you have seen to it already`,
      'See what is with: boomsync errors',
    );
  }
  output.result(result, () => `Noted for ${tenant}. A later decision is told again.`);
}

export function noticedCommand(): Command {
  return new Command('noticed')
    .description('say that you have seen to a notice that may be due')
    .argument('<tenant>', 'its id, like t12')
    .option('--json', 'print one JSON document')
    .action((tenant: string, _options: unknown, self: Command) => noticed(tenant, self.optsWithGlobals()));
}
