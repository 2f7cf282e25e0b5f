/** A table with its caption and the heads of its columns, in a box that scrolls. */
import type { ComponentChildren } from 'preact';
import { Scroll } from './scroll.tsx';

interface TableProps {
  caption: string;
  heads: readonly string[];
  /** The rows. */
  children: ComponentChildren;
}

export function Table({ caption, heads, children }: TableProps) {
  return (
    <Scroll label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroll>
  );
}
