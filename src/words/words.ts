/** Every sentence that a page shows, by language. English is what the others are checked against. */
import { english } from './en/english.ts';

export type Words = typeof english;

/** Of the languages that the browser names, the first that we have; else English. */
export function wordsFor(_accepted: string | undefined): Words {
  return english;
}
