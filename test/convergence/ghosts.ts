/** What our book has and Boom has not. */
import { isLiveLeasing } from '../../src/project/effects.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import type { Truth } from '../../src/simulate/truth.ts';

/** Live applications that Boom does not have for that person. */
export function ghostsIn(truth: Truth, tenants: readonly Tenant[]): string[] {
  return tenants.flatMap(({ id: tenantId, ids, applications }) => {
    const isOurs = (id: string) => ids.lead.includes(id) || ids.applicant.includes(id);
    const people = truth.people.filter(
      (person) =>
        person.leads.some(({ id }) => isOurs(id)) ||
        person.applications.some(({ applicantId }) => isOurs(applicantId)) ||
        (person.customer !== null && ids.customer.includes(person.customer.id)),
    );
    const theirs = new Set(people.flatMap(({ leads }) => leads.map(({ applicationId }) => applicationId)));
    const live = applications.filter(
      ({ leasing, left }) => leasing !== null && !left && isLiveLeasing(leasing),
    );
    return live
      .filter(({ id }) => id === null || !theirs.has(id))
      .map(({ id, leasing }) => `${tenantId}: application ${id} is ${leasing}, and Boom has none`);
  });
}

/** Whose application was merged follows, and nobody else does. */
export function wrongMerges(truth: Truth, tenants: readonly Tenant[]): string[] {
  const direct = new Map(truth.merges.map(({ source, target }) => [source, target]));
  const targetOf = (id: string): string => {
    const next = direct.get(id);
    return next === undefined ? id : targetOf(next);
  };
  return tenants.flatMap(({ id: tenantId, applications }) =>
    applications.flatMap(({ id, mergedInto, left }) => {
      if (id === null || left) return [];
      const wanted = direct.has(id) ? targetOf(id) : null;
      return mergedInto === wanted ? [] : [`${tenantId}: ${id} is merged into ${mergedInto}, not ${wanted}`];
    }),
  );
}
