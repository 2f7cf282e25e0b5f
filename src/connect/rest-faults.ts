/** What the REST runtime itself has to say no to. */

import { PushError } from '../http/push-error.ts';
import type { CompiledKind } from './compile-manifest.ts';

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
