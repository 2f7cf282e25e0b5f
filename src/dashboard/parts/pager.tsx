/** To the pages before and after, by links: a list is never all there at once. */
import type { Words } from '../../words/words.ts';

interface PagerProps {
  words: Words;
  /** Null: there is none. */
  previous: string | null;
  next: string | null;
}

export function Pager({ words, previous, next }: PagerProps) {
  if (previous === null && next === null) return null;
  return (
    <nav class="pager" aria-label={`${words.frame.previous} / ${words.frame.next}`}>
      {previous === null ? (
        <span />
      ) : (
        <a href={previous} rel="prev">
          {words.frame.previous}
        </a>
      )}
      {next === null ? (
        <span />
      ) : (
        <a href={next} rel="next">
          {words.frame.next}
        </a>
      )}
    </nav>
  );
}
