/**
 * Reads a whole account of Boom's: what changed since the last time, or all of it. Every page is kept before the next
 * one is asked for and only what differs becomes an event, so that it can be broken off, gone on with and repeated.
 */
import { ACTIVITY_TYPES } from '../boom/activity.ts';
import type { BoomApi } from '../boom/api/client.ts';
import type { Page } from '../boom/api/pages.ts';
import type { FreshRead, ReadStore, Tell } from '../store/reads.ts';
import { RESYNC_STEPS, type Resync, type ResyncStep, type ResyncStore } from '../store/resyncs.ts';
import { type BoomRecord, ObjectReader } from './objects.ts';

export interface ResyncTools {
  reads: Pick<ReadStore, 'highWater' | 'record'>;
  resyncs: Pick<ResyncStore, 'save'>;
  now: () => Date;
  /** There are new events in the inbox. */
  onRead: () => void;
  /** True when it is to break off after the page under way. */
  stopped: () => boolean;
  /** Told after every page how far it is. */
  onPage: (resync: Resync) => void;
}

const DAY_MS = 24 * 60 * 60_000;
/** Steps in which Boom tells what changed since a time. */
const FILTERED: ReadonlySet<ResyncStep> = new Set(['applications', 'activity']);
/** Enrollments of which a customer's issues are worth asking for. */
const LIVE = new Set(['pending', 'approved']);

/** Boom filters by whole UTC days: a day earlier covers what was changed while we asked the last time. */
function dayBefore(time: string): string {
  return new Date(Date.parse(time) - DAY_MS).toISOString().slice(0, 10);
}

/** Resolves with how far it came: `finishedAt` is null when it was broken off. Throws `PushError`. */
export async function runResync(begun: Resync, source: BoomApi, tools: ResyncTools): Promise<Resync> {
  const reader = new ObjectReader(source, tools.now);
  let resync = begun;
  while (resync.step !== 'done') {
    const { step } = resync;
    const mark = { upto: await tools.reads.highWater(), at: tools.now().toISOString() };
    for await (const page of pagesOf(resync, source)) {
      const found = await readsOf(step, page.items, reader);
      const done = found.map(({ object }) => ({ object, ...mark }));
      const how = { tell: tellOf(resync), resyncId: resync.id };
      const events = await tools.reads.record(resync.account, found, done, how);
      if (events > 0) tools.onRead();
      resync = {
        ...resync,
        page: page.page + 1,
        pages: page.pages,
        seen: resync.seen + found.length,
        changed: resync.changed + events,
        updatedAt: tools.now().toISOString(),
      };
      await tools.resyncs.save(resync);
      tools.onPage(resync);
      if (tools.stopped()) return resync;
    }
    resync = { ...resync, step: after(step), page: 1, pages: null };
    if (resync.step === 'done') resync.finishedAt = tools.now().toISOString();
    await tools.resyncs.save(resync);
  }
  return resync;
}

/** The first reading takes nobody in whom Boom has long forgotten; asked for everything, we take everybody in. */
function tellOf({ baseline, since, step }: Resync): Tell {
  if (since === null) return 'all';
  return baseline && !FILTERED.has(step) ? 'spoken_of' : 'changed';
}

function after(step: ResyncStep): ResyncStep {
  return RESYNC_STEPS[RESYNC_STEPS.indexOf(step) + 1] ?? 'done';
}

function pagesOf({ step, page, since, until }: Resync, source: BoomApi): AsyncIterable<Page<BoomRecord>> {
  switch (step) {
    case 'applications':
      // Without an end: what changed after it would leave the list, and others move to a page that was read.
      return source.applications({ from: since === null ? null : dayBefore(since), to: null }, page);
    case 'activity':
      return source.activity({ from: since, to: until, types: ACTIVITY_TYPES }, page);
    case 'customers':
      return source.customers(page);
    default:
      return source.enrollments(page);
  }
}

async function readsOf(step: ResyncStep, items: BoomRecord[], reader: ObjectReader): Promise<FreshRead[]> {
  const reads = new Map<string, FreshRead>();
  const add = (read: FreshRead) => reads.set(read.object, read);
  for (const item of items) {
    if (step === 'applications') add(await reader.application(item));
    if (step === 'activity') add(reader.fresh('activity_read', `activity:${item.id}`, item));
    if (step === 'customers') add(reader.fresh('customer_read', `customer:${item.id}`, item));
    if (step === 'enrollments') {
      add(reader.fresh('enrollment_read', `enrollment:${item.id}`, item));
      const customer = item.customer_id;
      if (typeof customer === 'string' && LIVE.has(String(item.status)) && !reads.has(`issues:${customer}`))
        for (const read of await reader.issues(customer)) add(read);
    }
  }
  return [...reads.values()];
}
