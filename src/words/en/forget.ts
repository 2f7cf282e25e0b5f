/** What is said where somebody is forgotten or held. */
import { plural } from './plural.ts';

const ROWS: Readonly<Record<string, (n: number) => string>> = {
  tenant_words: (n) => `${plural(n, 'word', 'words')} that they are found by`,
  sync_states: (n) => `${plural(n, 'record', 'records')} of how they stand in a PMS or a list`,
  attempts: (n) => `what stood in ${plural(n, 'record', 'records')} before and after it was written`,
  unconfirmed: (n) => plural(n, 'fact that was not confirmed', 'facts that were not confirmed'),
};

const OTHERS: Readonly<Record<string, (n: number) => string>> = {
  outbox: (n) => plural(n, 'message to you that was not sent yet', 'messages to you that were not sent yet'),
  alerts: (n) => plural(n, 'alert that names them', 'alerts that name them'),
  sessions: (n) => plural(n, 'answer that a page was still to show', 'answers that a page was still to show'),
  commands: (n) => plural(n, 'answer that nobody took', 'answers that nobody took'),
  connections: (n) =>
    plural(n, 'fault of a connection that names them', 'faults of a connection that name them'),
  candidates: (n) => plural(n, 'record of others that may be theirs', 'records of others that may be theirs'),
};

const listed = (words: typeof ROWS, counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([table, n]) => (n > 0 && words[table] ? [words[table](n)] : []));

export const forget = {
  of: (who: string) => `What boomsync keeps of ${who}:`,
  goes: 'Goes from here:',
  profile: 'who they are, how they are reached, and where they apply or live',
  bodies: (n: number) => `${plural(n, 'message', 'messages')} of Boom's, word for word`,
  events: (n: number) => `names and addresses in ${plural(n, 'event', 'events')}`,
  rows: (counts: Readonly<Record<string, number>>) => listed(ROWS, counts),
  others: (counts: Readonly<Record<string, number>>) => listed(OTHERS, counts),
  file: (label: string, kind: string) => `a row in ${label} (${kind})`,
  stays: 'Stays here, without a name:',
  ledger: "Boom's ids, what was decided, and when: for as long as decisions are kept",
  tombstone: 'a mark by which late messages about them are recognised and not kept',
  elsewhere: 'Stays elsewhere, and is yours to delete:',
  remote: (label: string, kind: string, id: string) => `${label}: ${kind} ${id}`,
  copies: 'Stands in these copies of the database:',
  goneBy: (day: string) => `gone by ${day} at the latest`,
  byHand: 'goes only by hand',
  eraseCopies: 'Say --backups to delete these as well; a new backup is made first.',
  erasesCopies: 'They are deleted as well; a new backup is made first.',
  held: (id: string, since: string) => `${id} is held since ${since}: nothing of them is removed.`,
  ask: (id: string) => `Forget ${id}? This cannot be taken back.`,
  done: (id: string, mark: string, at: string) => `${id} was forgotten on ${at}. The mark is ${mark}.`,
  receipt: (file: string) => `The receipt is in ${file}. It names nobody.`,
  erased: (n: number) => `${plural(n, 'copy', 'copies')} of the database deleted.`,
  clean: 'The bytes of the database were searched: nothing of them stands there.',
  notClean:
    'They are in no table any more, but something of them still stands in unused bytes of the database’s file. It goes as that room is used again.',
  nothingChanged: 'Nothing was changed.',
  page: {
    open: 'Forget…',
    title: (who: string) => `Forget ${who}`,
    ask: 'Forget this person',
    final: 'This cannot be taken back. What Boom sends late about them is not kept.',
    backups: 'Delete these copies of the database as well; a new backup is made first',
    type: (id: string) => `Type ${id} to say that you mean it`,
    do: 'Forget for good',
    notTyped: (id: string) => `Nothing was removed: type ${id} in the field to say that you mean it.`,
    done: (id: string) =>
      `${id} was forgotten. The receipt is among the files of boomsync, in data/forgotten; it names nobody.`,
    holdTitle: 'Keep for a dispute',
    holdAbout:
      'Where a dispute or a court may ask for it, say so: then neither retention nor anybody removes anything of this person.',
    heldSince: (when: string) => `Kept since ${when}: nothing of this person is removed until you end it.`,
    holdDo: 'Keep everything',
    releaseDo: 'End this',
  },
  hold: {
    none: 'Nobody is held.',
    list: 'Nothing of these is removed:',
    done: (id: string) => `${id} is held: neither retention nor anybody removes anything of them.`,
    already: (id: string, since: string) => `${id} is held already, since ${since}.`,
    released: (id: string) => `${id} is no longer held.`,
    backups: 'Backups are deleted by rotation as before: keep one yourself, if it is asked for.',
  },
};
