/**
 * Forgets somebody: what names them goes from everywhere that is ours, and late deliveries do not bring them back. What
 * was decided, with Boom's ids and the times, stays as a ledger for as long as it may be asked about.
 */
import { asPushError } from '../../http/push-error.ts';
import { applicationMark, lastingKeys } from '../../project/forgotten.ts';
import { objectsOf } from '../../project/wanted-reads.ts';
import { ledgerOf } from '../../store/forget.ts';
import type { Tombstone } from '../../store/tombstone-files.ts';
import type { CommandTools, Refused } from '../command.ts';
import { Pace } from '../retention/pace.ts';
import { shrink } from '../retention/shrink.ts';
import { cleanse } from './cleanse.ts';
import { copiesSince, eraseCopies } from './copies.ts';
import { type Looked, lookFor } from './look.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import { takeOut } from './records.ts';
import { clear, stripEvents } from './strip.ts';

export interface ForgetAsked {
  tenantId: string;
  /** Also deletes every copy of the database in which the person stands, once a new backup is made. */
  backups: boolean;
  /** Who asked, for the log of who erased what. */
  who: string;
}

export type ForgetTools = Pick<
  CommandTools,
  'stores' | 'connections' | 'config' | 'stopping' | 'now' | 'alone' | 'unprojected' | 'tombstones'
>;

/** Makes a backup of how the database is now. */
export type MakeBackup = () => Promise<object | Refused>;

export async function forget(
  { tenantId: asked, backups, who }: ForgetAsked,
  tools: ForgetTools,
  makeBackup: MakeBackup,
): Promise<Receipt | Refused> {
  const looked = await look(asked, tools);
  if (looked === null)
    return { error: `There is no tenant ${asked}`, remedy: 'List them with: boomsync tenants' };
  const { hold } = looked.places;
  if (hold !== null)
    return {
      error: `You hold ${looked.places.tenantId}, so nothing of them is removed`,
      remedy: `End that first, with: boomsync release ${looked.places.tenantId}`,
    };
  const receipt = await forgetOne(looked, 'asked', who, tools);
  if ('error' in receipt || !backups) return receipt;
  return await withoutCopies(receipt, tools, makeBackup);
}

export function look(tenantId: string, tools: ForgetTools, everywhere = true): Promise<Looked | null> {
  const { stores, connections, config, stopping } = tools;
  return lookFor(tenantId, { stores, connections: connections(), config, signal: stopping, everywhere });
}

/** Once the tombstone is on disk it is carried out, if need be by the next start. */
export async function forgetOne(
  looked: Looked,
  why: Tombstone['why'],
  who: string,
  tools: ForgetTools,
): Promise<Receipt | Refused> {
  const { stores, now, tombstones } = tools;
  const { tenantId } = looked.places;
  const { account, applications } = looked.tenant.record;
  const at = now().toISOString();
  await stores.peopleLog.write({ at, who, what: 'forgot', tenantId, eventId: null, detail: null });
  const marks = applications.flatMap(({ id }) => (id === null ? [] : [applicationMark(account, id)]));
  const keys = [...new Set([...lastingKeys(looked.traces.keys), ...marks])];
  return await carryOut(looked, tombstones.add({ at, account, why, keys }), tools);
}

export async function carryOut(
  { places: before }: Pick<Looked, 'places'>,
  tombstone: Tombstone,
  tools: ForgetTools,
): Promise<Receipt | Refused> {
  const names = tools.connections().map(({ name }) => name);
  const done = await undisturbed(names, tools, async () => {
    // As it is now: a pass may have written something since it was looked at.
    const looked = await look(before.tenantId, tools, tombstone.why === 'asked');
    return looked === null ? null : await remove(looked, tombstone, tools);
  });
  if (done === null) return { error: `${before.tenantId} is gone meanwhile` };
  if ('error' in done) return done;
  const { stores, config, stopping, tombstones } = tools;
  await shrink(stores.retention, new Pace(stopping));
  const { id, at, why } = tombstone;
  const clean = why === 'asked' ? await cleanse(config.databaseFile, done.needles, stores) : null;
  const receipt = receiptOf(done.places, { id, at, why, clean });
  tombstones.saveReceipt(receipt);
  return receipt;
}

/** No pass is under way, and nothing is projected: neither may write down again what it has just read. */
async function undisturbed<Result>(
  [name, ...others]: readonly string[],
  tools: Pick<ForgetTools, 'alone' | 'unprojected'>,
  work: () => Promise<Result>,
): Promise<Result> {
  if (name === undefined) return await tools.unprojected(work);
  return await tools.alone(name, () => undisturbed(others, tools, work));
}

/** What leads to the person goes last, so that one that is cut short is found again. */
async function remove(
  looked: Looked,
  tombstone: Tombstone,
  { stores, connections, stopping, now }: ForgetTools,
): Promise<Looked | Refused> {
  const { tenant, traces, needles, strays, places } = looked;
  const { tenantId, files } = places;
  try {
    await takeOut(files, connections());
  } catch (error) {
    const { message, remedy } = asPushError(error);
    return { error: message, remedy: `${remedy} Then run it again: boomsync forget ${tenantId}` };
  }
  const pace = new Pace(stopping);
  await stripEvents(tenantId, traces, { stores, pace });
  await clear(strays, { stores, pace });
  await stores.scrubOthers(needles.holds, false);
  const { account } = tenant.record;
  await stores.forget.forgetReads(account, objectsOf(tenant.record).filter(isOfThemAlone));
  await stores.forget.stripAttempts(tenantId, now().toISOString());
  await stores.forget.remove(tenantId, tombstone, ledgerOf(tenant.record));
  return looked;
}

const isOfThemAlone = (object: string) => !object.startsWith('application');

async function withoutCopies(
  receipt: Receipt,
  { config, tombstones, now }: ForgetTools,
  makeBackup: MakeBackup,
): Promise<Receipt | Refused> {
  if (receipt.copies.length === 0) return receipt;
  const made = await makeBackup();
  if ('error' in made)
    return {
      error: `${receipt.tenantId} is forgotten, but no new backup could be made, so the old ones were left`,
      remedy: 'Make one with: boomsync backup. Then delete those from before, or let them go by rotation.',
    };
  const gone = receipt.copies;
  eraseCopies(gone);
  const since = gone.map(({ at }) => at).sort()[0] ?? now().toISOString();
  const names = new Set(gone.map(({ file }) => file));
  const copies = copiesSince(since, config).filter(({ file }) => names.has(file));
  const done = { ...receipt, erased: [...names], copies };
  tombstones.saveReceipt(done);
  return done;
}
