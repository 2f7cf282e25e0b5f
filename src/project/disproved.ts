/**
 * Decisions that a message claims and that Boom's API does not show. Boom signs no message, so a time in one is what
 * somebody says; a read that was begun after the message came would show what Boom had decided before it. Pure.
 */
import { isOutcome } from './effects.ts';
import type { FoldEvent } from './fold-event.ts';
import type { LeasingValue } from './leasing.ts';
import type { Write } from './register.ts';

/** What an event writes to the leasing register. */
export interface Said {
  item: FoldEvent;
  write: Write<LeasingValue>;
}

/**
 * Without an id a message may be about another application for the same unit, which its time of creation tells.
 * Boom's own always have one: what leaves both out is about any.
 */
function isAbout({ event: { application: said } }: FoldEvent, { event: { application: read } }: FoldEvent) {
  if (said === null || read === null) return false;
  if (said.id !== null) return said.id === read.id;
  return said.createdAt === null || said.createdAt === read.createdAt;
}

/** Whether Boom's own word, which was asked for after the message came, is another and from before its time. */
function disproves(read: Write<LeasingValue>, said: Write<LeasingValue>): boolean {
  if (said.time === null || read.time === null || read.arrival < said.arrival) return false;
  // A read without a time of Boom's has that of our clock, which tells nothing of what Boom's clock told.
  const byBoom = read.time < read.arrival;
  return byBoom && read.time < said.time && read.value.leasing !== said.value.leasing;
}

/** `all`: about one person, in any order, which is kept. */
export function withoutDisproved(all: readonly Said[]): Said[] {
  const reads = all.filter(({ write }) => write.value.from === 'application_read');
  return all.filter(({ item, write: said }) => {
    if (said.value.from !== 'delivery' || !isOutcome(said.value.leasing)) return true;
    return !reads.some((read) => isAbout(item, read.item) && disproves(read.write, said));
  });
}
