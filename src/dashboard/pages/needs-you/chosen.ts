/** Which records a form is about, and how they stand after what was done. */
import { z } from 'zod';
import type { Need, NeedGroup } from '../../../store/needs.ts';
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

/** Records that are gone through at once: what it takes to look at so many holds nobody up. */
const STEP = 50;

/** Those that still need a person as they did when they were looked at, and how many do not. */
interface Step {
  states: SyncState[];
  changed: number;
}

async function* chosenRecords({ record, all, connection, cause }: Chosen, at: At): AsyncGenerator<Step> {
  if (all && connection !== undefined && cause !== undefined) yield* everyOne({ connection, cause }, at);
  else yield* named(record, at);
}

async function* everyOne(
  group: Pick<NeedGroup, 'connection' | 'cause'>,
  { stores, now }: At,
): AsyncGenerator<Step> {
  let after: SyncState | null = null;
  do {
    const page: Need[] = await stores.needs.page(group, { now: now().toISOString(), limit: STEP, after });
    yield { states: page.map(({ state }) => state), changed: 0 };
    after = page.length < STEP ? null : (page.at(-1)?.state ?? null);
  } while (after !== null);
}

async function* named(record: readonly string[], at: At): AsyncGenerator<Step> {
  const tokens = [...new Set(record)];
  for (let from = 0; from < tokens.length; from += STEP) {
    const reads = tokens.slice(from, from + STEP).map(readToken);
    const found = await statesOf(
      reads.flatMap((read) => read?.record ?? []),
      at,
    );
    const states = reads.flatMap((read) => {
      const state = read && found.get(keyOf(read.record));
      const same = state?.state === 'parked' && (read?.seen === '' || read?.seen === seenOf(state));
      return state && same ? state : [];
    });
    yield { states, changed: reads.length - states.length };
  }
}

const keyOf = ({ tenantId, connection, kind, place }: RecordName) =>
  [tenantId, connection, kind, place].join('/');

/** By what they are asked for; those that are not there are left out. */
async function statesOf(records: readonly RecordName[], at: At): Promise<Map<string, SyncState>> {
  const states = await at.stores.sync.states([...new Set(records.map(({ tenantId }) => tenantId))]);
  const found = new Map(states.map((state) => [keyOf(state), state]));
  for (const record of records) {
    const state = found.get(keyOf(record)) ?? (await stateOf(record, at));
    if (state !== null) found.set(keyOf(record), state);
  }
  return found;
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

/** Does it to each, and says what it came to. However many they are, others are served in between. */
export async function answerEach(
  given: Chosen,
  at: At,
  answer: (states: readonly SyncState[]) => Promise<Said | null>,
): Promise<Said> {
  const { needsYou } = at.words;
  const standing = { settled: 0, open: 0, moving: 0 };
  let [chosen, changed] = [0, 0];
  for await (const step of chosenRecords(given, at)) {
    changed += step.changed;
    if (step.states.length === 0) continue;
    const refused = await answer(step.states);
    if (refused !== null) return refused;
    chosen += step.states.length;
    await count(step.states, standing, at);
    await new Promise(setImmediate);
  }
  if (chosen === 0) return { ok: false, text: changed > 0 ? needsYou.changedSince : needsYou.nothingTicked };
  const said = saidOf(standing, at);
  return changed === 0 ? said : { ...said, remedy: needsYou.changedSince };
}

/** How they stand now: settled, on their way, or still a person's. */
export async function standing(records: readonly RecordName[], at: At): Promise<Said> {
  const standing = { settled: 0, open: 0, moving: 0 };
  await count(records, standing, at);
  return saidOf(standing, at);
}

type Standing = Record<'settled' | 'open' | 'moving', number>;

async function count(records: readonly RecordName[], into: Standing, at: At): Promise<void> {
  const now = at.now().toISOString();
  const found = await statesOf(records, at);
  for (const record of records) {
    const state = found.get(keyOf(record));
    if (state?.state === 'parked' && !isQuiet(state, now)) into.open += 1;
    else if (state?.state === 'retrying' || state?.state === 'creating') into.moving += 1;
    else into.settled += 1;
  }
}

function saidOf({ settled, open, moving }: Standing, { words: { needsYou } }: At): Said {
  if (open > 0) return { ok: settled > 0, text: needsYou.stillNeeds(settled, open) };
  return { ok: true, text: moving > 0 ? needsYou.stillMoving(moving) : needsYou.settled(settled) };
}

/** What a command answers that was not carried out; null where it was. */
export function refusal(answer: object, { needsYou }: At['words']): Said | null {
  if (!('error' in answer)) return null;
  return { ok: false, text: needsYou.asked, remedy: String(answer.error) };
}
