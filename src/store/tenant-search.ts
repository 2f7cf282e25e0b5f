/**
 * The list of tenants as a person asks for it: by words, stage, connection and how they stand, trouble first, a page at a
 * time. It reads along an index in small steps and looks at so many a page at most, so that no question takes long,
 * however many tenants there are: a page may end before it is full, and says from where to go on.
 */
import type { Knex } from 'knex';
import { inChunks } from './chunks.ts';
import { termsOf } from './search-words.ts';
import { atStage, type Filter, standingSo, TROUBLES, type Trouble, withWord } from './tenant-filters.ts';
import {
  asTheyCame,
  byWord,
  type Candidate,
  countWords,
  inConnection,
  inState,
  type Source,
} from './tenant-sources.ts';
import { readTenant, type TenantRow } from './tenants.ts';

/** `needs_you` waits for a person who did not put it off · `catching_up` under way · `in_line` neither. */
export const STANDINGS = ['needs_you', 'catching_up', 'in_line'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface TenantQuestion {
  /** Beginnings of words: of a name, an e-mail address, a number, a unit. Empty: everybody. */
  text: string;
  stage: string | null;
  connection: string | null;
  standing: Standing | null;
  /** `next` of the page before; null: from the start. */
  after: string | null;
  limit: number;
  /** UTC ISO 8601: what is put off until later needs nobody. */
  now: string;
}

export interface TenantPage {
  ids: string[];
  /** Where the next page begins; null: there is none. */
  next: string | null;
  /** The page is not full because so many were looked at; there may be more. */
  broken: boolean;
}

/** Of which pair of revisions the last pass over a tenant was. */
export interface LastPass {
  tenantId: string;
  connection: string;
  tenantRevision: number;
  connectionRevision: string;
}

export interface TenantSearch {
  find(question: TenantQuestion): Promise<TenantPage>;
  /** In the order of the ids; those that are no tenants any more are left out. */
  rows(ids: readonly string[]): Promise<TenantRow[]>;
  passes(ids: readonly string[]): Promise<LastPass[]>;
}

/** Looked at for one page. */
const MOST_LOOKED_AT = 3_000;
/** Looked at in one statement: the first time few, as most pages are full by then. */
const FIRST_STEP = 100;
const STEP = 500;
/** As few are gone through whole, so that what a rare word finds stands in the right order. */
const FEW = 2_000;

/** One part of the list: all of it comes before the next part. */
interface Part {
  source: Source;
  /** Each leaves those who fit; the first ones leave fewest. */
  filters: Filter[];
}

export function createTenantSearch(knex: Knex): TenantSearch {
  return {
    async find(question) {
      const { limit } = question;
      const parts = await partsOf(knex, question);
      const [, first = '0', afterId] = /^(\d)\.(t\d+(?:-\d+)?)$/.exec(question.after ?? '') ?? [];
      const found: { id: string; part: number }[] = [];
      for (const [at, part] of parts.entries()) {
        if (at < Number(first)) continue;
        const after = at === Number(first) && afterId ? await part.source.place(afterId) : null;
        const read = await readPart(part, after, limit + 1 - found.length);
        found.push(...read.ids.map((id) => ({ id, part: at })));
        if (found.length > limit) {
          const shown = found.slice(0, limit);
          const last = shown.at(-1);
          return { ids: idsOf(shown), next: last ? `${last.part}.${last.id}` : null, broken: false };
        }
        if (read.stoppedAt !== null)
          return { ids: idsOf(found), next: `${at}.${read.stoppedAt.id}`, broken: true };
      }
      return { ids: idsOf(found), next: null, broken: false };
    },

    async rows(ids) {
      const rows = await inChunks(ids, (some) =>
        knex('tenants').whereIn('id', some).select('id', 'revision', 'record'),
      );
      const found = new Map(rows.map((row) => [row.id as string, row]));
      return ids.flatMap((id) => {
        const row = found.get(id);
        return row === undefined ? [] : [readTenant(row)];
      });
    },

    async passes(ids) {
      return await inChunks(ids, (some) =>
        knex('passes').whereIn('tenant_id', some).select({
          tenantId: 'tenant_id',
          connection: 'connection',
          tenantRevision: 'tenant_revision',
          connectionRevision: 'connection_revision',
        }),
      );
    },
  };
}

const idsOf = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);

/** Reads on until so many were found, the part has ended, or too many were looked at. */
async function readPart(
  { source, filters }: Part,
  from: Candidate | null,
  wanted: number,
): Promise<{ ids: string[]; stoppedAt: Candidate | null }> {
  const ids: string[] = [];
  let after = from;
  /** Where the next page can begin: at somebody's first place, as no other is found again. */
  let stoppedAt: Candidate | null = null;
  for (let looked = 0, step = FIRST_STEP; ; step = STEP) {
    const candidates = await source.next(after, step);
    const own = await source.first(candidates);
    let fitting = idsOf(own);
    for (const filter of filters) if (fitting.length > 0) fitting = await filter(fitting);
    ids.push(...fitting);
    if (ids.length >= wanted || candidates.length < step)
      return { ids: ids.slice(0, wanted), stoppedAt: null };
    after = candidates.at(-1) ?? after;
    stoppedAt = own.at(-1) ?? stoppedAt;
    looked += candidates.length;
    if (looked >= MOST_LOOKED_AT && stoppedAt !== null) return { ids, stoppedAt };
  }
}

async function partsOf(knex: Knex, question: TenantQuestion): Promise<Part[]> {
  const { text, stage, connection, standing } = question;
  const terms = termsOf(text);
  const rarest = await rarestOf(knex, terms);
  // Somebody looks for signs that no word has.
  if (text.trim() !== '' && rarest === null) return [];
  const words = rarest === null ? null : byWord(knex, rarest.term);
  const isFew = rarest !== null && rarest.count <= FEW;
  const partOf = (source: Source, standsSo: (standing: Trouble | null) => boolean): Part => ({
    source,
    filters: [
      ...terms
        .filter((term) => source !== words || term !== rarest?.term)
        .map((term) => withWord(knex, term)),
      ...(stage === null ? [] : [atStage(knex, stage)]),
      standingSo(knex, question, standsSo),
    ],
  });
  const troubled = TROUBLES.map((trouble) =>
    partOf(
      words !== null && isFew ? words : inState(knex, trouble, connection),
      (worst) => worst === trouble,
    ),
  );
  if (standing === 'needs_you') return troubled.slice(0, 1);
  if (standing === 'catching_up') return troubled.slice(1);
  const everybody =
    stage === null && connection !== null ? inConnection(knex, connection) : asTheyCame(knex, stage);
  const calm = partOf(
    words ?? everybody,
    (worst) => worst === null || (standing === null && worst === 'waiting'),
  );
  return standing === 'in_line' ? [calm] : [...troubled.slice(0, -1), calm];
}

/** The term that the fewest words begin with; null where there is no term. */
async function rarestOf(
  knex: Knex,
  terms: readonly string[],
): Promise<{ term: string; count: number } | null> {
  let rarest: { term: string; count: number } | null = null;
  for (const term of terms) {
    const count = await countWords(knex, term, FEW + 1);
    if (rarest === null || count < rarest.count) rarest = { term, count };
  }
  return rarest;
}
