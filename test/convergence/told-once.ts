/** Furnishments, payments and verifications: no read tells them, so what was never delivered is called unconfirmed. */
import type { TenantEnrollment, UnconfirmedFact } from '../../src/project/tenant.ts';
import { dueOf } from '../../src/project/unconfirmed.ts';
import type { SimDelivery } from '../../src/simulate/life.ts';
import type { TrueEnrollment } from '../../src/simulate/truth.ts';

export interface ToldOnce {
  facts: number;
  known: number;
  /** Missing, and unconfirmed on record: not shown yet, because the month runs or the verifications do. */
  missingNotDue: number;
  /** Missing, and shown as unconfirmed. */
  missingMarked: number;
  /** Missing, and nothing says so. */
  missingUnmarked: string[];
  /** Shown as unconfirmed, and it never happened: rents not paid, months cut short, verifications not made. */
  markedInVain: number;
  /** We took the delivery and do not have the fact: must be empty. */
  lostByUs: string[];
}

export const noneToldOnce = (): ToldOnce => ({
  facts: 0,
  known: 0,
  missingNotDue: 0,
  missingMarked: 0,
  missingUnmarked: [],
  markedInVain: 0,
  lostByUs: [],
});

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

/** A fact by its name, and what calls it unconfirmed. */
interface Fact {
  name: string;
  mark: string;
}

const markOf = ({ what, month, kind }: UnconfirmedFact): string => `${what} ${month ?? kind}`;

function factsOf({ id, furnishments, payments, verifications }: TrueEnrollment): Fact[] {
  return [
    ...furnishments.map(({ bureau, month }) => ({
      name: nameOf(id, 'furnished', bureau, month),
      mark: `furnishment ${month}`,
    })),
    ...payments.map((month) => ({ name: nameOf(id, 'paid', month), mark: `payment ${month}` })),
    ...Object.entries(verifications).map(([kind, outcome]) => ({
      name: nameOf(id, kind, outcome),
      mark: `verification ${kind}`,
    })),
  ];
}

/** `now`: at which the book is looked at. */
export function countToldOnce(
  truth: TrueEnrollment,
  ours: TenantEnrollment,
  { facts, now }: { facts: ReadonlySet<string>; now: Date },
  result: ToldOnce,
): void {
  const known = new Set([
    ...ours.furnishments.map(({ bureau, month }) => nameOf(truth.id, 'furnished', bureau, month)),
    ...ours.payments.map(({ month }) => nameOf(truth.id, 'paid', month)),
    ...Object.entries(ours.verifications).map(([kind, outcome]) => nameOf(truth.id, kind, outcome)),
  ]);
  const marked = new Set(ours.unconfirmed.map(markOf));
  const shown = new Set(dueOf(ours, now).map(markOf));
  const all = factsOf(truth);
  const missing = all.filter(({ name }) => !known.has(name));
  const unmarked = missing.filter(({ mark }) => !marked.has(mark));
  const shownMissing = missing.filter(({ mark }) => shown.has(mark));
  result.facts += all.length;
  result.known += all.length - missing.length;
  result.missingMarked += shownMissing.length;
  result.missingNotDue += missing.length - unmarked.length - shownMissing.length;
  result.missingUnmarked.push(...unmarked.map(({ name }) => name));
  result.markedInVain += [...shown].filter((mark) => !missing.some((fact) => fact.mark === mark)).length;
  result.lostByUs.push(...missing.flatMap(({ name }) => (facts.has(name) ? [name] : [])));
}
