/** Notes that staff alone read. */
import type { Connector } from './contract.ts';
import { listEnd, MOST_NOTES } from './list-end.ts';
import { noteFrom, noteText } from './note-text.ts';
import type { KindOf } from './rest-connector.ts';
import { cannot, tooManyNotes } from './rest-faults.ts';
import { recordsOf } from './rest-list.ts';
import type { Send } from './rest-send.ts';

export function notes(ofKind: KindOf, label: string, send: Send): Pick<Connector, 'notes' | 'addNote'> {
  return {
    async notes(kind, id) {
      const described = ofKind(kind).notes;
      if (described === null) return [];
      const texts: unknown[] = [];
      const end = listEnd(MOST_NOTES, () => tooManyNotes(label));
      for await (const record of recordsOf(send, described, { id }, end))
        texts.push(await described.text.evaluate(record));
      return texts.filter((text) => typeof text === 'string').map(noteFrom);
    },
    async addNote(kind, id, note) {
      const { addNote } = ofKind(kind);
      if (addNote === null) throw cannot(label, 'take a note');
      await send(addNote, { id, text: noteText(note) }, 'optional');
    },
  };
}
