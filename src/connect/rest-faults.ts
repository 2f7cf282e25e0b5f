/** What the REST runtime itself has to say no to, and what a manifest says about answers of its PMS. */
import type { JudgedAnswer } from '../http/http.ts';
import { faultOfAnswer } from '../http/http-faults.ts';
import { PushError, type PushErrorKind } from '../http/push-error.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import type { CompiledKind, CompiledManifest } from './compile-manifest.ts';
import type { ManifestFault } from './manifest.ts';

/** The status whose usual words a fault of that kind has, where the manifest has none of its own. */
const STATUS_OF: Record<ManifestFault['kind'], number> = {
  transient: 503,
  rate_limited: 429,
  unauthorized: 401,
  forbidden: 403,
  invalid: 400,
  not_found: 404,
  conflict: 409,
  maintenance: 533,
  unknown_outcome: 500,
};

/** The manifest's `faults`, asked about every answer: the first that fits. */
export function faultTeller(
  { faults }: CompiledManifest,
  label: string,
): ((answer: JudgedAnswer) => Promise<PushError | null>) | null {
  if (faults.length === 0) return null;
  return async (answer) => {
    for (const { spec, when } of faults) {
      if (spec.status !== undefined && !spec.status.includes(answer.status)) continue;
      if (when !== null && (await when.evaluate(answer.body ?? {})) !== true) continue;
      return toldFault(spec, answer, label);
    }
    return null;
  };
}

async function toldFault(spec: ManifestFault, answer: JudgedAnswer, label: string): Promise<PushError> {
  const fields = await answer.fields();
  if (spec.message !== undefined && spec.remedy !== undefined) {
    const wait = retryAfterMs(answer.retryAfter);
    const pause = wait === null ? {} : { retryAfterMs: wait };
    return new PushError(spec.kind, spec.message, { remedy: spec.remedy, fields, ...pause });
  }
  return faultOfAnswer({
    status: STATUS_OF[spec.kind],
    label,
    fields,
    idempotent: spec.kind !== 'unknown_outcome',
    // A 503 with a time to come back means maintenance.
    retryAfter: spec.kind === 'transient' ? undefined : answer.retryAfter,
    saysMaintenance: false,
  });
}

export function cannot(label: string, what: string): PushError {
  return new PushError('forbidden', `${label} offers no way to ${what}.`, {
    remedy: `Enter it in ${label} by hand.`,
  });
}

export function nothingToFindBy(label: string, described: CompiledKind): PushError {
  const needs = described.find.map(({ spec }) => spec.needs.join(' and ')).join(', or ');
  return new PushError('invalid', `Boom has sent too little to look this person up in ${label} (${needs}).`, {
    remedy: 'Complete the person in Boom.',
    fields: [...new Set(described.find.flatMap(({ spec }) => Object.keys(spec.by)))],
  });
}

export function noDecision(label: string): PushError {
  return new PushError('not_found', `${label} holds no application whose status could be set.`, {
    remedy: 'Nothing to do: the decision stands in a note.',
  });
}

export function lockedDecision(label: string): PushError {
  return new PushError(
    'conflict',
    `The application is on a lease in ${label}: its status is not ours to change.`,
    {
      remedy: `Decide in ${label} what becomes of the lease.`,
    },
  );
}

export function unreadableRecord(label: string, kind: PushErrorKind): PushError {
  return new PushError(kind, `${label} answered with a record that we cannot read.`, {
    remedy: 'Nothing to do: it is looked up again by itself. If it stays so, the API has changed: report it.',
  });
}

/** Of a PMS that blanks what is not sent back as it was. */
export function cannotSendBack(label: string, fields: string[]): PushError {
  return new PushError(
    'forbidden',
    `${label} has something under ${fields.join(', ')} that we cannot send back as it is: a change would lose it.`,
    { remedy: `Make the change in ${label} by hand, or take that out there.`, fields },
  );
}

/** Some answer about somebody else, with a good status. */
export function anotherRecord(label: string): PushError {
  return new PushError('conflict', `${label} answered about another record than we asked for.`, {
    remedy: `Look in ${label} whether the record was merged with another.`,
  });
}

export function tooManyAlike(label: string): PushError {
  return new PushError('ambiguous', `${label} has too many records that look alike to tell one.`, {
    remedy: `Complete the person in Boom, so that fewer records in ${label} fit.`,
  });
}

/** The connection's failure: whoever asks next is sent through the same list. */
export function endlessList(label: string): PushError {
  return new PushError('transient', `${label}'s list does not end.`, {
    remedy: 'Nothing to do: it is tried again by itself. If it stays so, the API has changed: report it.',
    unreachable: true,
  });
}

/** One record's, which holds up nobody else. */
export function tooManyNotes(label: string): PushError {
  return new PushError('transient', `${label}'s list of notes on this record does not end.`, {
    remedy: `Nothing to do: it is tried again by itself. If it stays so, look at the notes of this record in ${label}.`,
  });
}

export function noToken(label: string): PushError {
  return new PushError('unauthorized', `${label} let us in and gave us nothing to go on with.`, {
    remedy: 'Check the credentials of this connection: some systems answer so to a wrong password.',
  });
}
