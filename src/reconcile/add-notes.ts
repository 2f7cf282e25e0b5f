/** Notes are desired state under a marker: list them, add what is absent, see that it is there. */
import type { Connection } from '../connect/connection.ts';
import type { Note, RemoteId } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import { emptyPlan } from './plan.ts';
import type { RecordWork } from './record-work.ts';
import { parked, type Verdict } from './verdict.ts';

/** Only where the manifest proves that staff alone read them. */
export function takesNotes({ capabilities, connector }: Connection): boolean {
  return capabilities.notes === 'staff' && connector.addNote !== undefined;
}

/** Returns what a person is asked where nobody can tell whether a note is there. */
export async function addNotes(work: RecordWork, id: RemoteId, notes: Note[]): Promise<Verdict | null> {
  if (notes.length === 0) return null;
  if (!takesNotes(work.connection)) {
    work.unsaid = true;
    return null;
  }
  const said = new Set(work.state.pushed?.notes ?? []);
  const missing = notes.filter(({ marker }) => !said.has(marker));
  if (missing.length === 0) return null;
  const there = await markersAmong(work, id, missing);
  const absent: Note[] = [];
  for (const note of missing) {
    if (there.has(note.marker)) work.rememberNote(note.marker);
    else absent.push(note);
  }
  if (absent.length === 0) return null;
  const plan = work.plan ?? emptyPlan();
  plan.notes.push(...absent.map(({ text }) => text));
  work.plan = plan;
  if (!work.live) return null;
  return work.connection.connector.notes
    ? await addAndSee(work, id, absent)
    : await addUnseen(work, id, absent);
}

async function markersAmong(work: RecordWork, id: RemoteId, notes: Note[]): Promise<Set<string>> {
  const there = (await work.connection.connector.notes?.(work.wanted.kind, id)) ?? [];
  const markers = notes.map(({ marker }) => marker);
  return new Set(markers.filter((marker) => there.some(({ text }) => text.includes(marker))));
}

async function addAndSee(work: RecordWork, id: RemoteId, notes: Note[]): Promise<null> {
  const { connector, label } = work.connection;
  const attempts = [];
  for (const note of notes) {
    await work.step('note');
    attempts.push(await work.begin('note', null, { note: note.text }));
    await connector.addNote?.(work.wanted.kind, id, note);
    await work.step('noted');
  }
  const there = await markersAmong(work, id, notes);
  for (const [at, { marker }] of notes.entries()) {
    const attempt = attempts[at];
    if (!there.has(marker) || attempt === undefined) continue;
    attempt.outcome = 'done';
    work.rememberNote(marker);
  }
  if (there.size === notes.length) return null;
  throw new PushError('conflict', `We sent a note and ${label} does not show it`, {
    remedy: `boomsync will look again, and send it where it is missing.`,
  });
}

/** Where notes cannot be read, each is sent once at the most: it counts as said before it is sent. */
async function addUnseen(work: RecordWork, id: RemoteId, notes: Note[]): Promise<Verdict | null> {
  const { connector, label } = work.connection;
  for (const note of notes) {
    await work.step('note');
    const attempt = await work.begin('note', null, { note: note.text });
    work.rememberNote(note.marker);
    await work.learn({});
    try {
      await connector.addNote?.(work.wanted.kind, id, note);
    } catch (error) {
      if (!(error instanceof PushError)) throw error;
      if (error.kind === 'unknown_outcome') {
        attempt.outcome = error.kind;
        return parked(
          'note_unknown',
          `boomsync cannot tell whether ${label} took a note`,
          `Look at the record in ${label}; boomsync does not send this note again.`,
        );
      }
      work.forgetNote(note.marker);
      throw error;
    }
    attempt.outcome = 'done';
    await work.step('noted');
  }
  return null;
}
