/** The first half of a pass: is there a record over there, and is it this person's? */
import type { Desired, Kind, Remote, RemoteId } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import { isSaidSame } from './answers.ts';
import { verdictOf } from './obstacles.ts';
import type { RecordWork } from './record-work.ts';
import { isAnother } from './same-person.ts';
import { parked, type Verdict } from './verdict.ts';

/** A read takes seconds; it changes nothing where Boom has said all there is. Milliseconds. */
export const READ_LOOK_MS = 5_000;
const AWAITS_READ: Verdict = {
  state: 'waiting',
  cause: 'fresh_read',
  message: 'boomsync is asking Boom for what its message left out, before it makes a record',
  remedy: null,
};

/** The record over there; null where there is none; `ended` where nothing more is to be done now. */
export async function lookUp(work: RecordWork): Promise<Remote | null | 'ended'> {
  const { capabilities } = work.connection;
  letGoOfOthers(work);
  if (work.state.remoteId !== null) {
    const known = await readKnown(work, work.state.remoteId);
    if (known !== null) return known;
  }
  const chosen = await takeChosen(work);
  if (chosen !== null) return chosen;
  if (!capabilities.local && (await work.tools.awaitsRead(work.wanted.scope.tenant))) {
    work.lookAgain(READ_LOOK_MS);
    work.end(AWAITS_READ);
    return 'ended';
  }
  const { unfindable } = work.wanted;
  if (unfindable !== null) {
    work.end(verdictOf(unfindable));
    return 'ended';
  }
  if (capabilities.find === 'none') return null;
  const found = await find(work);
  const [only] = found;
  if (only === undefined) return null;
  if (found.length > 1) throw severalFit(work, found);
  await adopt(work, only);
  return only;
}

/** A person said that the record which we knew is somebody else's: it is left as it is. */
function letGoOfOthers(work: RecordWork): void {
  const { remoteId } = work.state;
  if (remoteId !== null && isSomebodyElse(work, remoteId))
    work.state = { ...work.state, remoteId: null, pushed: null };
}

function isSomebodyElse({ state }: RecordWork, id: RemoteId): boolean {
  return state.answers?.others.includes(id) ?? false;
}

/** The record that a person said is this one's; null where nobody did, or it shows somebody else by now. */
async function takeChosen(work: RecordWork): Promise<Remote | null> {
  const { connection, wanted, state, desired } = work;
  const same = state.answers?.same ?? null;
  if (same === null) return null;
  const remote = await connection.connector.read(wanted.kind, same.remoteId);
  if (remote === null || !isSaidSame(connection, wanted.kind, remote, { ...state, desired })) return null;
  await adopt(work, remote);
  return remote;
}

/** Null where a file of ours lost its row: it is made anew. */
async function readKnown(work: RecordWork, id: string): Promise<Remote | null | 'ended'> {
  const { connector, capabilities, label } = work.connection;
  if (!capabilities.readBack) return { id, fields: work.state.pushed?.fields ?? {} };
  const remote = await connector.read(work.wanted.kind, id);
  if (remote !== null) return (await isStillOurs(work, remote)) ? remote : endWithAnother(work, id);
  if (capabilities.local) {
    work.state = { ...work.state, remoteId: null, pushed: null };
    return null;
  }
  work.end(
    parked(
      'gone_there',
      `The record is no longer in ${label}`,
      `Restore it in ${label}, then run "boomsync retry". boomsync does not make it anew.`,
    ),
  );
  return 'ended';
}

/** Two tenants never share a record, and nothing is written on one that has become somebody else's. */
async function isStillOurs(work: RecordWork, remote: Remote): Promise<boolean> {
  const { connection, wanted, state, desired, tools } = work;
  if (connection.capabilities.local) return true;
  const known = { ...state, desired };
  if (
    isAnother(connection, wanted.kind, remote, known) &&
    !isSaidSame(connection, wanted.kind, remote, known)
  )
    return false;
  const holders = await tools.sync.holders(connection.name, wanted.kind, remote.id);
  return holders.every(({ tenantId }) => tenantId === state.tenantId);
}

function endWithAnother(work: RecordWork, id: string): 'ended' {
  const { label } = work.connection;
  const { tenantId } = work.state;
  work.end(
    parked(
      'another_person',
      `The record in ${label} that we knew is another person's now (there: ${id})`,
      `Still this person: boomsync choose ${tenantId} ${id}. Somebody else: the same with --not. Or give the record back to this person in ${label}, then run "boomsync retry". Nothing is written on it meanwhile.`,
      [id],
    ),
  );
  return 'ended';
}

/** Who may be this person. Records that are other tenants' of ours are not: couples share an address. */
async function find(work: RecordWork): Promise<Remote[]> {
  const { kind } = work.wanted;
  const lookFor = async (person: Desired) =>
    once(await work.tools.find(kind, person)).filter(({ id }) => !isSomebodyElse(work, id));
  try {
    // What an earlier try may have made was made under what we knew of the person then.
    const { intent } = work.state;
    const made = intent === null ? [] : await lookFor(intent);
    if (made.length === 0) return await lookFor(work.desired);
    work.state.pushed ??= { fields: intent?.fields ?? {}, decision: null, notes: [] };
    return made;
  } catch (error) {
    if (error instanceof PushError && (await allAreOthers(work, kind, error))) return [];
    throw error;
  }
}

/** Pages shift under whoever reads them, so that a record may stand on two. */
function once(remotes: Remote[]): Remote[] {
  return [...new Map(remotes.map((remote) => [remote.id, remote])).values()];
}

/** Whether each record that only half fits is another tenant's of ours, or somebody else's as a person said. */
async function allAreOthers(work: RecordWork, kind: Kind, error: PushError): Promise<boolean> {
  if (error.kind !== 'ambiguous' || error.candidates.length === 0) return false;
  for (const id of error.candidates) {
    if (isSomebodyElse(work, id)) continue;
    const holders = await work.tools.sync.holders(work.connection.name, kind, id);
    if (!holders.some((holder) => holder.tenantId !== work.state.tenantId)) return false;
  }
  return true;
}

function severalFit({ connection: { label }, state: { tenantId } }: RecordWork, found: Remote[]): PushError {
  return new PushError('ambiguous', `Two or more records in ${label} fit this person`, {
    remedy: `Look at them with "boomsync candidates ${tenantId}", then: boomsync choose ${tenantId} <its id>. Or leave one of them in ${label} with this e-mail address, and run "boomsync retry".`,
    candidates: found.map((remote) => remote.id),
  });
}

async function adopt(work: RecordWork, remote: Remote): Promise<void> {
  const { name, label } = work.connection;
  const { tenantId, place } = work.state;
  const holders = await work.tools.sync.holders(name, work.wanted.kind, remote.id);
  const other = holders.find((holder) => holder.tenantId !== tenantId || holder.place !== place);
  if (other) {
    const same = other.tenantId === tenantId;
    throw new PushError(
      'ambiguous',
      same
        ? `The record in ${label} that fits is this person's for another unit`
        : `The record in ${label} that fits this person is already another tenant's`,
      {
        remedy: same
          ? `Make a second record in ${label} for this unit, then run "boomsync retry".`
          : `Check whether ${other.tenantId} and ${tenantId} are one person.`,
        candidates: [remote.id],
      },
    );
  }
  if (!work.live) return;
  await work.learn({ state: 'waiting', remoteId: remote.id, intent: null, askedAt: null });
  work.add({ ...work.attempt('adopt', null, null), outcome: 'done' }, null);
  await work.step('adopted');
}
