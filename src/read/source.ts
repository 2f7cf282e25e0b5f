/** What this room asks of Boom's API. The client of `src/boom/api` answers it; a record is what that lists of it. */
export type BoomRecord = Record<string, unknown>;

export interface Page {
  items: BoomRecord[];
  /** Starts with 1. */
  page: number;
  /** How many there are; null where Boom does not say. */
  pages: number | null;
}

export interface BoomSource {
  /** Proves the keys and changes nothing. */
  check(): Promise<unknown>;
  /** Null for what does not exist (any more). */
  application(id: string): Promise<BoomRecord | null>;
  lead(id: string): Promise<BoomRecord | null>;
  identityVerifications(leadId: string): Promise<BoomRecord[]>;
  customer(id: string): Promise<BoomRecord | null>;
  enrollment(id: string): Promise<BoomRecord | null>;
  issues(customerId: string): Promise<BoomRecord[]>;
  /** With its property. */
  unit(id: string): Promise<BoomRecord | null>;
  /** `from`, `to`: whole UTC days, `YYYY-MM-DD`. */
  applications(window: { from: string | null; to: string | null }, fromPage?: number): AsyncIterable<Page>;
  /** `from`, `to`: UTC ISO 8601; `types` as `ACTIVITY_TYPES`. */
  activity(
    window: { from: string | null; to: string | null; types: readonly string[] },
    fromPage?: number,
  ): AsyncIterable<Page>;
  customers(fromPage?: number): AsyncIterable<Page>;
  enrollments(fromPage?: number): AsyncIterable<Page>;
}
