/** A note carries its marker (`[boomsync approved 2026-11-12]`) in its text, so that it is written once. */
import type { Note } from './contract.ts';

export function noteText({ text, marker }: Note): string {
  return text.includes(marker) ? text : `${text} ${marker}`;
}

/** A note without a marker is somebody else's. `text` stays as the PMS has it. */
export function noteFrom(text: string): Note {
  return { text, marker: /\[boomsync [^[\]]+\]/.exec(text)?.[0] ?? '' };
}
