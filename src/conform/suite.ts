/** Every case over one connector. */
import PQueue from 'p-queue';
import type { Case, World } from './case.ts';
import { Inapplicable, Unmet } from './case.ts';
import { createCases } from './cases/create.ts';
import { decisionCases } from './cases/decisions.ts';
import { driftCases } from './cases/drift.ts';
import { fieldCases } from './cases/fields.ts';
import { harmCases } from './cases/harm.ts';
import { landlordCases } from './cases/landlord.ts';
import { outcomeCases } from './cases/outcomes.ts';
import { tenantCases } from './cases/tenants.ts';
import { troubleCases } from './cases/trouble.ts';
import { undoCases } from './cases/undo.ts';
import type { Homes } from './home.ts';
import { openRig, type Rig } from './rig.ts';
import type { Subject } from './subject.ts';

export const CASES: readonly Case[] = [
  ...createCases,
  ...fieldCases,
  ...driftCases,
  ...decisionCases,
  ...outcomeCases,
  ...tenantCases,
  ...harmCases,
  ...landlordCases,
  ...undoCases,
  ...troubleCases,
];

export interface CaseResult {
  case: string;
  outcome: 'passed' | 'failed' | 'not_applicable';
  /** Why it failed, or does not apply; null where it passed. */
  why: string | null;
}

export async function runCase(one: Case, subject: Subject, homes: Homes): Promise<CaseResult> {
  const why = one.without(subject);
  if (why !== null) return { case: one.name, outcome: 'not_applicable', why };
  const rigs: Rig[] = [];
  const world: World = {
    subject,
    async open(options) {
      const rig = await openRig(subject, homes, options);
      rigs.push(rig);
      return rig;
    },
  };
  try {
    await one.run(world);
    return { case: one.name, outcome: 'passed', why: null };
  } catch (error) {
    if (error instanceof Inapplicable)
      return { case: one.name, outcome: 'not_applicable', why: error.message };
    return { case: one.name, outcome: 'failed', why: reasonOf(error) };
  } finally {
    for (const rig of rigs) await rig.close();
  }
}

/** Much of a case is waiting: for a server that is slow on purpose, and for our own retries. */
const AT_ONCE = 6;

/** In the order of `CASES`. */
export async function runSuite(subject: Subject, homes: Homes): Promise<CaseResult[]> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  return await queue.addAll(CASES.map((one) => () => runCase(one, subject, homes)));
}

/** Only invented people are met here, so that any message may stand. */
function reasonOf(error: unknown): string {
  if (error instanceof Unmet) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
