/** `approve`: a person lets records be made that wait for that. */
import type { Kind } from '../connect/contract.ts';
import { approvable, mustBeNamed } from '../reconcile/approvals.ts';
import { freshState } from '../reconcile/fresh-state.ts';
import type { SyncState } from '../store/sync.ts';
import { type CommandTools, type Done, finish, type Refused } from './command.ts';
import { unknownConnection } from './pause.ts';

export interface ApproveAsked {
  connection: string;
  /** Null: everybody who is beyond what may be made in a day. What the connection does not make by itself is let be made by name only. */
  tenantIds: string[] | null;
  /** Records that `connection live` has shown as to be made. */
  shown: { tenantId: string; kind: Kind; place: string }[] | null;
}

export interface Approved extends Done {
  approved: { tenantId: string; kind: Kind; place: string }[];
  /** Whose records wait for being named one by one. */
  unnamed: string[];
}

export async function approve(
  { connection: name, tenantIds, shown }: ApproveAsked,
  tools: CommandTools,
): Promise<Approved | Refused> {
  const { stores, now } = tools;
  const connection = tools.connections().find((one) => one.name === name);
  if (connection === undefined) return unknownConnection(name, tools);
  if (connection.create === 'never' && tenantIds === null) {
    return {
      error: `${name} is not to create anybody`,
      remedy: `Name those whom it may make all the same: boomsync approve ${name} <tenant>. Or write "create: applicant" in config/connections/${name}.yaml.`,
    };
  }
  const held = tenantIds === null ? stores.sync.problems() : stores.sync.states(tenantIds, name);
  const waiting = approvable(connection, await held);
  const named = (state: SyncState) => tenantIds !== null || !mustBeNamed(state);
  const chosen = shown === null ? waiting.filter(named) : await shownStates(name, shown, tools);
  const at = now().toISOString();
  for (const one of [true, false]) {
    const some = chosen.filter((state) => one === (tenantIds !== null && mustBeNamed(state)));
    await stores.sync.approve(some, at, one);
  }
  const unnamed = waiting.filter((state) => !named(state) && tenantIds === null);
  return {
    ...(await finish(tools, new Set(chosen.map(({ tenantId }) => tenantId)).size, 0)),
    approved: chosen.map(({ tenantId, kind, place }) => ({ tenantId, kind, place })),
    unnamed: [...new Set(unnamed.map(({ tenantId }) => tenantId))],
  };
}

/** Of somebody whom no pass has gone over yet nothing is kept. */
async function shownStates(
  connection: string,
  shown: NonNullable<ApproveAsked['shown']>,
  { stores, now }: CommandTools,
): Promise<SyncState[]> {
  const known = await stores.sync.states([...new Set(shown.map(({ tenantId }) => tenantId))], connection);
  const at = now().toISOString();
  return shown.map((record) => {
    const same = (state: SyncState) =>
      state.tenantId === record.tenantId && state.kind === record.kind && state.place === record.place;
    return known.find(same) ?? freshState({ ...record, connection }, at);
  });
}
