/** Retention of people: whoever applied and never moved in is forgotten, a while after Boom last spoke of them. */
import type { Tenant } from '../../project/tenant.ts';
import type { SyncState } from '../../store/sync.ts';
import { Pace } from '../retention/pace.ts';
import { type ForgetTools, forgetOne, look } from './forget.ts';

/** For the log of who erased what. */
const BY_RETENTION = 'retention';
/** Of one run: the next night goes on. */
const MOST = 200;

export interface ForgottenApplicants {
  dryRun: boolean;
  /** Those whose time is over, and who are not held. */
  applicants: number;
}

export async function forgetApplicants(
  { dryRun }: { dryRun: boolean },
  tools: ForgetTools,
): Promise<ForgottenApplicants> {
  const due = await applicantsDue(tools);
  if (dryRun) return { dryRun, applicants: due.length };
  let applicants = 0;
  for (const tenantId of due.slice(0, MOST)) {
    if (tools.stopping.aborted) break;
    const looked = await look(tenantId, tools, false);
    if (looked === null) continue;
    // A file that somebody has open is tried again the next night.
    if (!('error' in (await forgetOne(looked, 'retention', BY_RETENTION, tools)))) applicants += 1;
  }
  return { dryRun, applicants };
}

/** Ids of tenants. */
export async function applicantsDue({
  stores,
  config,
  now,
  stopping,
}: Pick<ForgetTools, 'stores' | 'config' | 'now' | 'stopping'>): Promise<string[]> {
  const { applicantsMs } = config.retention;
  if (applicantsMs === null) return [];
  const before = new Date(now().getTime() - applicantsMs).toISOString();
  const held = await stores.legalHolds.tenants();
  const pace = new Pace(stopping);
  const due: string[] = [];
  for (let after = -1; !pace.stopped; ) {
    const page = await pace.step((limit) => stores.forget.unchanged({ after, limit, before }));
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.ordinal;
    const old = page.flatMap(({ record }) => (record !== null && isOver(record, before) ? [record.id] : []));
    const states = await stores.sync.states(old);
    for (const id of old)
      if (!held.has(id) && !states.some((state) => state.tenantId === id && isTenantThere(state)))
        due.push(id);
  }
  return due;
}

/** Approved is as good as housed: not every landlord reports rent, and then Boom never says who moved in. */
function isOver({ applications, residencies, enrollments }: Tenant, before: string): boolean {
  return (
    enrollments.length === 0 &&
    residencies.every(({ status }) => status === 'unknown') &&
    applications.every(
      ({ approvedAt, leasing, since, updatedAt, createdAt }) =>
        approvedAt === null &&
        leasing !== 'approved' &&
        leasing !== 'approved_with_conditions' &&
        [since, updatedAt, createdAt].every((at) => at === null || at < before),
    )
  );
}

const isTenantThere = ({ kind, remoteId }: SyncState) => kind === 'tenant' && remoteId !== null;
