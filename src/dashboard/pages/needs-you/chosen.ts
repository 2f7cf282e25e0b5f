/** Which records a form is about, and how they stand after what was done. */
import { z } from 'zod';
import type { RecordName, SyncState } from '../../../store/sync.ts';
import { isQuiet } from '../../../store/sync-answers.ts';
import type { At, Said } from '../../contract.ts';
import { several, ticked } from '../../forms.ts';
import { readToken, seenOf } from './token.ts';

export const chosenInput = {
  /** Records, as the view names them under `token`: tenant/connection/kind/place, and what was seen of it. */
  record: several,
  /** Every record of this connection and cause, also those that are not on the page. */
  all: ticked,
  connection: z.string().optional(),
  cause: z.string().optional(),
};
const chosen = z.object(chosenInput);
export type Chosen = z.output<typeof chosen>;

const STEP = 200;

/** Those that still need a person as they did when they were looked at, and how many do not. */
export async function chosenRecords(
  { record, all, connection, cause }: Chosen,
  at: At,
): Promise<{ states: SyncState[]; changed: number }> {
  if (all && connection !== undefined && cause !== undefined)
    return { states: await everyOne(connection, cause, at), changed: 0 };
  const states: SyncState[] = [];
  let changed = 0;
  for (const token of new Set(record)) {
    const read = readToken(token);
    const state = read && (await stateOf(read.record, at));
    if (state?.state === 'parked' && (read?.seen === '' || read?.seen === seenOf(state))) states.push(state);
    else changed += 1;
  }
  return { states, changed };
}

async function everyOne(connection: string, cause: string, { stores, now }: At): Promise<SyncState[]> {
  const states: SyncState[] = [];
  for (let after: SyncState | null = null; ; ) {
    const options = { now: now().toISOString(), limit: STEP, after };
    const page = await stores.needs.page({ connection, cause }, options);
    states.push(...page.map(({ state }) => state));
    after = page.at(-1)?.state ?? null;
    if (page.length < STEP) return states;
  }
}

/** Under whom its tenant is known by now; null where there is none. */
export async function stateOf(
  { tenantId, connection, kind, place }: RecordName,
  { stores }: Pick<At, 'stores'>,
): Promise<SyncState | null> {
  const id = (await stores.tenants.get(tenantId))?.record.id ?? tenantId;
  const states = await stores.sync.states([id], connection);
  return states.find((one) => one.kind === kind && one.place === place) ?? null;
}

/** Does it to each, and says what it came to. */
export async function answerEach(
  given: Chosen,
  at: At,
  answer: (states: readonly SyncState[]) => Promise<Said | null>,
): Promise<Said> {
  const { needsYou } = at.words;
  const { states, changed } = await chosenRecords(given, at);
  if (states.length === 0)
    return { ok: false, text: changed > 0 ? needsYou.changedSince : needsYou.nothingTicked };
  const refused = await answer(states);
  if (refused !== null) return refused;
  const said = await standing(states, at);
  return changed === 0 ? said : { ...said, remedy: needsYou.changedSince };
}

/** How they stand now: settled, on their way, or still a person's. */
export async function standing(records: readonly RecordName[], at: At): Promise<Said> {
  const { needsYou } = at.words;
  const now = at.now().toISOString();
  let [settled, open, moving] = [0, 0, 0];
  for (const record of records) {
    const state = await stateOf(record, at);
    if (state?.state === 'parked' && !isQuiet(state, now)) open += 1;
    else if (state?.state === 'retrying' || state?.state === 'creating') moving += 1;
    else settled += 1;
  }
  if (open > 0) return { ok: settled > 0, text: needsYou.stillNeeds(settled, open) };
  return { ok: true, text: moving > 0 ? needsYou.stillMoving(moving) : needsYou.settled(settled) };
}

/** What a command answers that was not carried out; null where it was. */
export function refusal(answer: object, { needsYou }: At['words']): Said | null {
  if (!('error' in answer)) return null;
  return { ok: false, text: needsYou.asked, remedy: String(answer.error) };
}
