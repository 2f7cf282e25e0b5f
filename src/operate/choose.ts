/** `choose`: a person says of a record over there that it is this person's, or somebody else's. */
import type { RemoteId } from '../connect/contract.ts';
import { asPushError } from '../http/push-error.ts';
import type { RecordName, SyncState } from '../store/sync.ts';
import type { Answers, SeenFacts } from '../store/sync-answers.ts';
import { type Candidate, readCandidate } from './candidates.ts';
import { type CommandTools, type Done, finish, type Refused } from './command.ts';
import { findRecord } from './records.ts';

export interface ChooseAsked extends RecordName {
  remoteId: RemoteId;
  /** True: it is this person's · false: somebody else's, and no longer looked at for this one. */
  same: boolean;
  /** What `candidates` showed; null: as it is now. Where it shows somebody else by now, it is refused. */
  seen: SeenFacts | null;
}

export interface Chosen extends Done {
  remoteId: RemoteId;
  same: boolean;
  /** How the record stands now; null where it stands for nothing any more. */
  record: Pick<SyncState, 'state' | 'cause' | 'message' | 'remedy' | 'remoteId'> | null;
}

export async function choose(asked: ChooseAsked, tools: CommandTools): Promise<Chosen | Refused> {
  const found = await findRecord(asked, tools);
  if ('error' in found) return found;
  const { state, connection } = found;
  const { remoteId, same } = asked;
  // Any other number might be anybody's.
  if (!state.candidates.includes(remoteId))
    return {
      error: `You are not asked about record ${remoteId} of ${connection.label}`,
      remedy: `See whom you are asked about with: boomsync candidates ${state.tenantId}`,
    };
  let change = (before: Answers): Answers => somebodyElse(before, remoteId);
  if (same) {
    const there = await readCandidate(remoteId, state, connection, tools).catch(
      (thrown: unknown): Refused => {
        const { message, remedy } = asPushError(thrown);
        return { error: message.replace(/\.$/, ''), remedy };
      },
    );
    const refused = whyNot(there, asked, connection.label);
    if (refused !== null) return refused;
    const { seen } = there as Candidate;
    change = (before) => thisPerson(before, { remoteId, seen });
  }
  await tools.stores.sync.answer(state, change);
  const ended = await finish(tools, 1, 0);
  const after = await findRecord(asked, tools);
  if ('error' in after) return { ...ended, remoteId, same, record: null };
  const { state: name, cause, message, remedy, remoteId: tied } = after.state;
  return { ...ended, remoteId, same, record: { state: name, cause, message, remedy, remoteId: tied } };
}

function whyNot(
  there: Candidate | Refused | null,
  { remoteId, seen }: ChooseAsked,
  label: string,
): Refused | null {
  if (there === null)
    return { error: `Record ${remoteId} is no longer in ${label}`, remedy: 'Run: boomsync retry' };
  if ('error' in there) return there;
  if (there.heldBy !== null)
    return {
      error: `Record ${remoteId} of ${label} is ${there.heldBy}'s already`,
      remedy: `Two tenants never share a record. If they are one person: boomsync tenants link`,
    };
  if (seen !== null && JSON.stringify(seen) !== JSON.stringify(there.seen))
    return {
      error: `Record ${remoteId} of ${label} shows somebody else since you looked`,
      remedy: 'Look again with: boomsync candidates',
    };
  return null;
}

function thisPerson({ fields, others }: Answers, same: NonNullable<Answers['same']>): Answers {
  return { fields, same, others: others.filter((id) => id !== same.remoteId) };
}

function somebodyElse({ fields, same, others }: Answers, remoteId: RemoteId): Answers {
  return {
    fields,
    same: same?.remoteId === remoteId ? null : same,
    others: [...new Set([...others, remoteId])],
  };
}
