/** A page that only says something. */
import type { Words } from '../../words/words.ts';

export function Message({ text, words }: { text: string; words: Words }) {
  return (
    <>
      <p>{text}</p>
      <p>
        <a href="/">{words.frame.toOverview}</a>
      </p>
    </>
  );
}
