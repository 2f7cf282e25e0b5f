/** The one word that lists and filters show. Nothing is written to a PMS from it. */
import { isLiveLeasing } from './effects.ts';
import { LEASING_RANK } from './ordering.ts';
import type { Leasing, Residency, TenantApplication, TenantResidency } from './tenant.ts';

/** May still come to a lease. */
function isLive({ leasing, left }: TenantApplication): boolean {
  return leasing !== null && !left && isLiveLeasing(leasing);
}

const rankOf = ({ leasing }: TenantApplication): number => (leasing === null ? -1 : LEASING_RANK[leasing]);

/** The application that counts among several: a live one before an ended one, then the newest, then the furthest. */
export function leadingApplication(applications: readonly TenantApplication[]): TenantApplication | null {
  const order = (a: TenantApplication) => [
    isLive(a) ? 1 : 0,
    a.leasing !== null && a.leasing !== 'merged' && !a.left ? 1 : 0,
  ];
  return (
    [...applications].sort((a, b) => {
      const [x, y] = [order(a), order(b)];
      return (
        (y[0] ?? 0) - (x[0] ?? 0) ||
        (y[1] ?? 0) - (x[1] ?? 0) ||
        (b.updatedAt ?? '').localeCompare(a.updatedAt ?? '') ||
        rankOf(b) - rankOf(a)
      );
    })[0] ?? null
  );
}

/** The residency that counts among several: where the person lives, then the newest; null where none is known. */
export function leadingResidency(residencies: readonly TenantResidency[]): TenantResidency | null {
  const known = residencies.filter(({ status }) => status !== 'unknown');
  const lives = (r: TenantResidency) => (r.status === 'resident' ? 1 : 0);
  return known.sort((a, b) => lives(b) - lives(a) || (b.since ?? '').localeCompare(a.since ?? ''))[0] ?? null;
}

export function stageOf(
  applications: readonly TenantApplication[],
  residencies: readonly TenantResidency[],
): Leasing | Residency | null {
  const application = leadingApplication(applications);
  const residency = leadingResidency(residencies);
  if (residency === null) return application === null || application.left ? null : application.leasing;
  const newer =
    application !== null && isLive(application) && (application.updatedAt ?? '') > (residency.since ?? '');
  const explains = application?.place === residency.place;
  return newer && !explains ? application.leasing : residency.status;
}
