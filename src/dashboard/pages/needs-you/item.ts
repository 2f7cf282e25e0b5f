/** One record that needs a person, as the pages and the API show it. */
import { z } from 'zod';
import type { Connection } from '../../../connect/connection.ts';
import { fieldValue, recordName } from '../../../operate/records.ts';
import { type Answer, PARKED_CAUSES } from '../../../operate/remedies.ts';
import { tasksOf } from '../../../operate/tasks.ts';
import { unitOfPlace } from '../../../operate/tenant-words.ts';
import type { ParkedCause } from '../../../reconcile/causes.ts';
import type { Need } from '../../../store/needs.ts';
import type { SyncState } from '../../../store/sync.ts';
import type { At } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { tokenOf } from './token.ts';

const fieldRow = z.object({
  field: z.string(),
  boom: fieldValue,
  /** What we wrote last; null where we never did. */
  pushed: fieldValue,
  there: fieldValue,
  does: z.enum(['write', 'keep', 'ask']),
});

export const needItem = recordName.extend({
  /** Names it in forms, with what was seen. */
  token: z.string(),
  cause: z.string(),
  /** What the PMS is called. */
  label: z.string(),
  who: z.string().nullable(),
  unit: z.string().nullable(),
  since: z.string(),
  seen: z.number(),
  message: z.string().nullable(),
  remedy: z.string().nullable(),
  remoteId: z.string().nullable(),
  fields: z.array(fieldRow),
  /** What the PMS refused, or what is asked about: by name. */
  named: z.array(z.string()),
  /** Those of them without which the PMS takes no record: they cannot be left out. */
  needed: z.array(z.string()),
  /** What making it would come to; false where it is not to be made. */
  creates: z.boolean(),
  tasks: z.array(z.string()),
  candidates: z.number(),
  /** Whether the units over there can be listed. */
  listsUnits: z.boolean(),
  /** What a person may answer, the likeliest first. */
  answers: z.array(z.string()),
  quiet: z.object({ until: z.string().nullable(), why: z.string() }).nullable(),
});
export type NeedItem = z.output<typeof needItem>;

/** A cause of another version permits what never does harm. */
export function answersOf(cause: string): readonly Answer[] {
  return Object.hasOwn(PARKED_CAUSES, cause)
    ? PARKED_CAUSES[cause as ParkedCause].answers
    : ['retry', 'ignore'];
}

/** Of connections that are there; those of one that was taken away need nobody. */
export async function itemsOf(needs: readonly Need[], at: At): Promise<NeedItem[]> {
  const connections = new Map(at.connections().map((one) => [one.name, one]));
  const items: NeedItem[] = [];
  for (const need of needs) {
    const connection = connections.get(need.state.connection);
    if (connection !== undefined) items.push(await itemOf(need, connection, at));
  }
  return items;
}

export async function itemOf(
  { state, since, seen }: Need,
  connection: Connection,
  { stores, words }: At,
): Promise<NeedItem> {
  const { tenantId, kind, place, cause, message, remedy, remoteId, plan } = state;
  const tenant = (await stores.tenants.get(tenantId))?.record ?? null;
  const who = tenant === null ? null : nameOf(tenant.person, words);
  const unit = tenant && unitOfPlace(tenant, place);
  const whom = words.needsYou.person(who ?? words.frame.unnamed, unit);
  const name = cause ?? '';
  const named = namedIn(state);
  return {
    tenantId,
    connection: connection.name,
    kind,
    place,
    token: tokenOf(state),
    cause: name,
    label: connection.label,
    who,
    unit,
    since,
    seen,
    message,
    remedy,
    remoteId,
    fields: (plan?.fields ?? []).map((one) => ({ ...one, pushed: one.pushed ?? null })),
    named,
    needed: named.filter(connection.rules(kind).required),
    creates: plan?.record === 'create',
    tasks: name === 'by_hand' && plan !== null ? tasksOf(plan, whom, connection.label) : [],
    candidates: state.candidates.length,
    listsUnits: connection.connector.units !== undefined,
    answers: answersOf(name).filter((answer) => answer !== 'approve' || mayMake(state, connection)),
    quiet: state.quiet === null ? null : { until: state.quiet.until, why: state.quiet.why },
  };
}

/** A PMS that takes no new record of this kind is not asked to. */
function mayMake({ kind, cause }: SyncState, { capabilities }: Connection): boolean {
  return cause === 'over_quota' || capabilities.creates.includes(kind);
}

/** Of a refused value only the message names the field; where it names none, it may be any that was sent. */
function namedIn({ cause, plan, message }: SyncState): string[] {
  const of = (does: string) =>
    (plan?.fields ?? []).filter((one) => one.does === does).map((one) => one.field);
  if (cause === 'edited_there') return of('ask');
  const sent = of('write');
  if (cause !== 'invalid') return sent;
  // What is called PhoneNumbers there we call PhoneNumbers.Mobile.
  const named = sent.filter(
    (field) => message?.includes(field) || message?.includes(field.split('.')[0] ?? field),
  );
  return named.length > 0 ? named : sent;
}
