/** What only some want to know, folded. */
import type { ComponentChildren } from 'preact';
import type { Words } from '../../words/words.ts';

export function Details({
  words,
  title,
  children,
}: {
  words: Words;
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <details>
      <summary>{title ?? words.frame.details}</summary>
      {children}
    </details>
  );
}
