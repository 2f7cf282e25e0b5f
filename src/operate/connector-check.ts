/** Whether a PMS lets us do what we need, asked only with what changes nothing. */
import type { Connection } from '../connect/connection.ts';
import type { Desired, Kind } from '../connect/contract.ts';

/** What was tried: to look at files of ours, to sign in, to look for a record, or to list the units. */
export type Right = 'files' | 'sign_in' | 'find' | 'units';

export interface Checked {
  right: Right;
  /** Of `find`: which records; else null. */
  kind: Kind | null;
  ok: boolean;
  /** What the PMS calls the account, or what is wrong; null where there is nothing to say. */
  message: string | null;
  /** What to do where it was refused. */
  remedy: string | null;
  /** How long the answer took, in milliseconds. */
  tookMs: number;
}

interface Step {
  right: Right;
  kind: Kind | null;
  /** Returns what there is to say of it. */
  run(): Promise<string | null>;
}

/** In the order in which they were asked; without the key nothing else says anything, so that none is asked. */
export async function checkConnection(connection: Connection): Promise<Checked[]> {
  const checks: Checked[] = [];
  for (const step of stepsOf(connection)) {
    const checked = await tried(step);
    checks.push(checked);
    if (!checked.ok && checks.length === 1) break;
  }
  return checks;
}

function stepsOf({ connector, capabilities, label }: Connection): Step[] {
  const steps: Step[] = [
    {
      right: capabilities.local ? 'files' : 'sign_in',
      kind: null,
      run: async () => (await connector.check()).name,
    },
  ];
  if (capabilities.find !== 'none' && !capabilities.local)
    for (const kind of capabilities.kinds)
      steps.push({ right: 'find', kind, run: () => lookFor(connector, kind) });
  if (connector.units !== undefined)
    steps.push({
      right: 'units',
      kind: null,
      async run() {
        for await (const _unit of connector.units?.() ?? []) return null;
        return `${label} shows us no unit`;
      },
    });
  return steps;
}

/** Somebody who is nowhere, as the last page or the newest change would show. */
async function lookFor(connector: Connection['connector'], kind: Kind): Promise<null> {
  if (connector.changedSince !== undefined) {
    for await (const _remote of connector.changedSince(kind, new Date())) return null;
    return null;
  }
  await connector.find(kind, NOBODY);
  return null;
}

const NOBODY: Desired = {
  tenantId: 'nobody',
  place: 'nowhere',
  key: 'boomsync-check',
  firstName: 'Nobody',
  lastName: 'Boomsync-Check',
  email: 'boomsync-check@example.com',
  phone: '+15555550100',
  fields: {},
};

async function tried({ right, kind, run }: Step): Promise<Checked> {
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const message = await run();
    return { right, kind, ok: true, message, remedy: null, tookMs: took() };
  } catch (error) {
    const { message, remedy } = error as { message?: string; remedy?: string };
    if (typeof message !== 'string' || typeof remedy !== 'string') throw error;
    return { right, kind, ok: false, message, remedy, tookMs: took() };
  }
}
