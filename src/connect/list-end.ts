/** Where every list must end: a PMS that pages for ever would fill our memory and use up all that it allows us. */
import { createHash } from 'node:crypto';
import type { PushError } from '../http/push-error.ts';

/** How much a list may hold at most. */
export interface Most {
  pages: number;
  records: number;
}

/** What is read as it comes, and not kept. */
export const MOST_LISTED: Most = { pages: 2000, records: 1_000_000 };
/** Whoever asks for units keeps all of them. */
export const MOST_UNITS: Most = { pages: 2000, records: 100_000 };
/** So many pages of hits are no lookup any more. */
export const MOST_HITS: Most = { pages: 20, records: 10_000 };
/** Of one record. */
export const MOST_NOTES: Most = { pages: 20, records: 10_000 };

export interface ListEnd {
  /** Told every page. Throws where there are too many, or one comes again. */
  page(records: unknown[]): void;
  /** Told every cursor that leads on. Throws where it has led on before. */
  cursor(next: string | number): void;
}

/** `endless`: what is thrown at a list that goes beyond `most`, or round in a circle. */
export function listEnd(most: Most, endless: () => PushError): ListEnd {
  let pages = 0;
  let records = 0;
  const seen = new Set<string>();
  const once = (what: 'page' | 'cursor', text: string) => {
    const hash = createHash('sha256').update(`${what}\n${text}`).digest('base64');
    if (seen.has(hash)) throw endless();
    seen.add(hash);
  };
  return {
    page(found) {
      pages += 1;
      records += found.length;
      if (pages > most.pages || records > most.records) throw endless();
      if (found.length > 0) once('page', JSON.stringify(found));
    },
    cursor: (next) => once('cursor', String(next)),
  };
}
