/**
 * The one shape of everything that can go wrong between us and a PMS.
 * `message` and `remedy` are a landlord's words: they may name a field, never a person's data.
 */
export const PUSH_ERROR_KINDS = [
  'transient',
  'rate_limited',
  'unauthorized',
  'forbidden',
  'invalid',
  'not_found',
  'conflict',
  'ambiguous',
  'unmapped_unit',
  'maintenance',
  'unknown_outcome',
] as const;
export type PushErrorKind = (typeof PUSH_ERROR_KINDS)[number];

export interface PushErrorDetails {
  /** One sentence: what to do. */
  remedy: string;
  /** PMS field names that were refused. */
  fields?: string[];
  /** How long the PMS asked us to wait, in milliseconds. */
  retryAfterMs?: number;
  /** Ids of the records that fit, for `ambiguous`. */
  candidates?: string[];
  /** The PMS could not be reached at all: the connection's failure, nobody's own. */
  unreachable?: boolean;
}

export class PushError extends Error {
  override readonly name = 'PushError';
  readonly kind: PushErrorKind;
  readonly remedy: string;
  readonly fields: string[];
  readonly retryAfterMs: number | null;
  readonly candidates: string[];
  readonly unreachable: boolean;

  constructor(kind: PushErrorKind, message: string, details: PushErrorDetails) {
    super(message);
    this.kind = kind;
    this.remedy = details.remedy;
    this.fields = details.fields ?? [];
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.candidates = details.candidates ?? [];
    this.unreachable = details.unreachable ?? false;
  }

  /** Failures of the connection pause the connection and use up nobody's attempts. */
  get concernsConnection(): boolean {
    return this.unreachable || this.kind === 'unauthorized' || this.kind === 'maintenance';
  }
}

/** Anything that is thrown and is no PushError is our own fault, and says nothing of what it saw. */
export function asPushError(error: unknown): PushError {
  if (error instanceof PushError) return error;
  return new PushError('transient', 'boomsync itself failed here; it will try again', {
    remedy: 'If it stays, report it with the lines of the log from that time.',
  });
}
