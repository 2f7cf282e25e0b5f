/** What a case of the suite is. */
import type { Rig, RigOptions } from './rig.ts';
import type { Subject } from './subject.ts';

export interface Case {
  /** What must be so, as a sentence. */
  name: string;
  /** Why it says nothing about this connector; null where it does. */
  without(subject: Subject): string | null;
  /** Throws `Unmet`, or whatever the engine should not have thrown. */
  run(world: World): Promise<void>;
}

export interface World {
  subject: Subject;
  /** A world of its own each time; closed after the case. */
  open(options?: RigOptions): Promise<Rig>;
}

/** What should have been so, in one sentence. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
}

/** Why a case says nothing about a connector, where only a look at its field map tells. */
export class Inapplicable extends Error {
  override readonly name = 'Inapplicable';
}

export function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Unmet(otherwise);
}

/** The first reason that there is. */
export function firstOf(...reasons: (string | false | null)[]): string | null {
  for (const reason of reasons) if (typeof reason === 'string') return reason;
  return null;
}

export function takesNotes({ manifest }: Subject): boolean {
  return manifest.capabilities.notes !== 'none';
}

/** Why cases do not apply, in one wording. */
export const WHY = {
  byHand: ({ manifest }: Subject) => manifest.capabilities.byHand && 'made by hand: there are no requests',
  local: ({ manifest }: Subject) =>
    manifest.capabilities.local && 'files on this computer: there is no network',
  noCreate: ({ creates }: Subject) => !creates && 'it makes no records',
  noUpdate: ({ updates }: Subject) => !updates && 'it changes no fields of a record',
  /** Neither a field nor a decision nor a note of a record that is there can be written. */
  noWrite: (subject: Subject) =>
    !subject.updates && !subject.decides && !takesNotes(subject) && 'it writes nothing on a record',
  noFind: ({ manifest }: Subject) =>
    (manifest.capabilities.find === 'none' || manifest.capabilities.local) &&
    'nobody else keeps records there',
  noReadBack: ({ manifest }: Subject) =>
    !manifest.capabilities.readBack &&
    'a record cannot be read there, so an answer is all there is to believe',
  noStaff: ({ fake }: Subject) => !fake.adds && 'nobody else makes records there',
  /** Nobody is made, and staff make nobody either. */
  noBeginning: ({ creates, kind, fake }: Subject) =>
    (!creates || kind === 'tenant') && !fake.adds && 'there is no record to begin with',
  noTenants: ({ manifest }: Subject) =>
    !manifest.capabilities.kinds.includes('tenant') && 'it keeps no tenants',
  /** Files of ours and receivers of messages are told of everybody. */
  told: ({ manifest: { capabilities } }: Subject) =>
    (capabilities.local || capabilities.find === 'none') && 'a list of our own is told of everybody',
  noEdits: ({ fake }: Subject) => !fake.edits && 'nobody else edits records there',
} as const;
