/** Furnishments, payments and verifications: no read tells them, so what was never delivered is not there. */
import type { TenantEnrollment } from '../../src/project/tenant.ts';
import type { SimDelivery } from '../../src/simulate/life.ts';
import type { TrueEnrollment } from '../../src/simulate/truth.ts';

export interface ToldOnce {
  facts: number;
  known: number;
  /** Of those that are missing: of tenants who are not marked as unconfirmed. */
  missingUnmarked: number;
  /** We took the delivery and do not have the fact: must be empty. */
  lostByUs: string[];
}

const nameOf = (enrollment: unknown, ...parts: unknown[]): string => [enrollment, ...parts].join(' ');
const monthOf = (day: unknown): string => String(day).slice(0, 7);

/** What the deliveries that we took told. */
export function factsIn(delivered: readonly SimDelivery[]): Set<string> {
  return new Set(
    delivered.flatMap(({ event, body }) => {
      const { enrollment_id: id } = body;
      if (event === 'furnishment_finished') {
        const { for_month } = body.rental_verification as { for_month: string };
        return [nameOf(id, 'furnished', body.bureau, monthOf(for_month))];
      }
      if (event === 'rental_payment_verified') return [nameOf(id, 'paid', monthOf(body.for_month))];
      if (event === 'enrollment_verification_verified') return [nameOf(id, body.kind, 'verified')];
      if (event === 'enrollment_verification_rejected') return [nameOf(id, body.kind, 'rejected')];
      return [];
    }),
  );
}

export function countToldOnce(
  truth: TrueEnrollment,
  ours: TenantEnrollment,
  { facts, isMarked }: { facts: ReadonlySet<string>; isMarked: boolean },
  result: ToldOnce,
): void {
  const known = new Set([
    ...ours.furnishments.map(({ bureau, month }) => nameOf(truth.id, 'furnished', bureau, month)),
    ...ours.payments.map(({ month }) => nameOf(truth.id, 'paid', month)),
    ...Object.entries(ours.verifications).map(([kind, outcome]) => nameOf(truth.id, kind, outcome)),
  ]);
  const all = [
    ...truth.furnishments.map(({ bureau, month }) => nameOf(truth.id, 'furnished', bureau, month)),
    ...truth.payments.map((month) => nameOf(truth.id, 'paid', month)),
    ...Object.entries(truth.verifications).map(([kind, outcome]) => nameOf(truth.id, kind, outcome)),
  ];
  const missing = all.filter((fact) => !known.has(fact));
  result.facts += all.length;
  result.known += all.length - missing.length;
  if (!isMarked) result.missingUnmarked += missing.length;
  result.lostByUs.push(...missing.filter((fact) => facts.has(fact)));
}
