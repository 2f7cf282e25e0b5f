/** How things stand: always as shape, word and colour together. */
import type { Verdict } from '../../operate/verdict.ts';
import type { Words } from '../../words/words.ts';

export const SHAPES: Record<Verdict, string> = {
  in_line: '●',
  catching_up: '◐',
  unconfirmed: '◌',
  quiet: '◌',
  needs_you: '▲',
  paused: '‖',
  stopped: '■',
  not_set_up: '○',
};

/** `text` in the place of the verdict's own word. */
export function StatusWord({ verdict, words, text }: { verdict: Verdict; words: Words; text?: string }) {
  return (
    <span class={`status ${verdict}`}>
      <span aria-hidden="true">{SHAPES[verdict]}</span> {text ?? words.frame.verdict[verdict]}
    </span>
  );
}
