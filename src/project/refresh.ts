/** One tenant's events read anew, as this version reads them, and everyone folded again whom they concern. */
import { IdentityBook } from './identity-book.ts';
import { nothingProjected, type PendingEvent, type ProjectionStore } from './projection-store.ts';
import { reach } from './reach.ts';
import { refold } from './refold.ts';
import { changedRegisters } from './registers.ts';
import { applicationKey, TenantFiles } from './tenant-files.ts';
import { type Read, understand } from './understand.ts';

export interface Refreshed {
  events: number;
  changed: { tenantId: string; registers: string[] }[];
}

/** Whom the events are about stays as it is. An event that cannot be read any more stays as it was read. */
export async function refresh(
  store: ProjectionStore,
  read: Read,
  rows: readonly (PendingEvent & { tenantId: string | null })[],
  options: { dryRun: boolean; now: () => Date },
): Promise<Refreshed> {
  const { understood, outcomes } = understand(rows, read);
  const byId = new Map(understood.map((item) => [item.id, item]));
  const projected = nothingProjected();
  const subjects = await store.subjectsOf([...byId.keys()]);
  projected.subjects = subjects.map((subject) => {
    const item = byId.get(subject.eventId);
    const application = item?.event.application?.id;
    return {
      ...subject,
      application: item && application ? applicationKey(item.account, application) : null,
    };
  });
  for (const item of understood) {
    for (const application of reach(item))
      projected.applicationEvents.push({ application, eventId: item.id });
  }
  const files = new TenantFiles(store, understood, projected, new IdentityBook());
  const ids = await refold(store, files, understood, projected, outcomes);
  const before = await store.tenants(ids);
  for (const { id, tenantId } of rows) {
    const outcome = outcomes.get(id);
    if (byId.has(id) && outcome?.status === 'projected') projected.events.push({ ...outcome, tenantId });
  }
  if (!options.dryRun) await store.save(projected, options.now().toISOString());
  return {
    events: understood.length,
    changed: projected.tenants.map(({ record }) => {
      const old = before.get(record.id)?.record;
      return { tenantId: record.id, registers: old ? changedRegisters(old, record) : [] };
    }),
  };
}
