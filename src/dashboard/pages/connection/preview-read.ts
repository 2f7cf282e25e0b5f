/** What would be written over there, as the last look found it. */

import { z } from 'zod';
import { KINDS } from '../../../connect/contract.ts';
import { isPlanned, type Preview, type PreviewedRecord } from '../../../operate/preview.ts';
import { fieldValue } from '../../../operate/records.ts';
import { unitOfPlace } from '../../../operate/tenant-words.ts';
import type { At } from '../../contract.ts';
import { nameOf } from '../../names.ts';
import { look } from './looks.ts';

export const previewView = z.object({
  name: z.string(),
  label: z.string(),
  mode: z.enum(['preview', 'live']),
  /** Names what was seen, for going live. */
  look: z.string(),
  at: z.string(),
  /** False while the system over there is still being asked: the rest is then empty. */
  ready: z.boolean(),
  /** Why the look ended before it had seen everybody; null: it saw everybody. */
  failure: z.object({ paused: z.boolean(), message: z.string() }).nullable(),
  counts: z.object({
    create: z.number(),
    update: z.number(),
    decisions: z.number(),
    notes: z.number(),
    needsYou: z.number(),
    inLine: z.number(),
  }),
  records: z.array(
    z.object({
      tenantId: z.string(),
      kind: z.enum(KINDS),
      place: z.string(),
      who: z.string(),
      unit: z.string().nullable(),
      does: z.enum(['create', 'update', 'none']),
      parked: z.boolean(),
      fields: z.array(
        z.object({
          field: z.string(),
          boom: fieldValue,
          pushed: fieldValue.optional(),
          there: fieldValue,
          does: z.enum(['write', 'keep', 'ask']),
        }),
      ),
      decision: z.object({ from: z.string().nullable(), to: z.string() }).nullable(),
      notes: z.array(z.string()),
    }),
  ),
  page: z.number(),
  pages: z.number(),
});
export type PreviewView = z.output<typeof previewView>;
export type PreviewedView = PreviewView['records'][number];

/** So many on a page. */
const SHOWN = 25;

const NONE = { create: 0, update: 0, decisions: 0, notes: 0, needsYou: 0, inLine: 0 };

export async function readPreview(
  { name, page }: { name: string; page: number },
  at: At,
): Promise<PreviewView | null> {
  const connection = at.connections().find((one) => one.name === name);
  if (connection === undefined || connection.capabilities.local) return null;
  const { label, mode } = connection;
  const found = await look(at.commands, 'preview', name, { tenantId: null, connection: name }, at.now());
  const { result } = found;
  const whole = { name, label, mode, look: found.id, at: found.at };
  const empty = { counts: NONE, records: [], page: 1, pages: 1 };
  if (result === null) return { ...whole, ready: false, failure: null, ...empty };
  if ('error' in result)
    return { ...whole, ready: true, failure: { paused: false, message: result.error }, ...empty };
  const paused = ((await at.stores.connections.get(name))?.pausedAt ?? null) !== null;
  const failure = result.connections.find((one) => one.failure !== null)?.failure ?? null;
  const told = tellable(result);
  const pages = Math.max(1, Math.ceil(told.length / SHOWN));
  const shown = Math.min(page, pages);
  return {
    ...whole,
    ready: true,
    failure: failure === null ? null : { paused, message: failure.message },
    counts: result.counts,
    records: await Promise.all(
      told.slice((shown - 1) * SHOWN, shown * SHOWN).map((record) => viewOf(record, at)),
    ),
    page: shown,
    pages,
  };
}

/** Those of which there is something to say. */
function tellable({ records }: Preview): PreviewedRecord[] {
  return records.filter(
    (record) => isPlanned(record) || record.state === 'parked' || record.state === 'retrying',
  );
}

async function viewOf(record: PreviewedRecord, { stores, words }: At): Promise<PreviewedView> {
  const { tenantId, kind, place, state, plan } = record;
  const tenant = (await stores.tenants.get(tenantId))?.record ?? null;
  return {
    tenantId,
    kind,
    place,
    who: tenant === null ? words.frame.unnamed : nameOf(tenant.person, words),
    unit: tenant && unitOfPlace(tenant, place),
    does: plan?.record ?? 'none',
    parked: state === 'parked',
    fields: plan?.fields ?? [],
    decision: plan?.decision ?? null,
    notes: plan?.notes ?? [],
  };
}
