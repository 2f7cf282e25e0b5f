/** What a connector can do, and what it cannot, in words. */
import type { Able } from '../../../words/en/connection.ts';
import type { Words } from '../../../words/words.ts';

interface Props {
  able: Able;
  words: Words;
  /** Inside of something that has a frame of its own. */
  bare?: boolean;
}

export function Abilities({ able, words: { connection }, bare = false }: Props) {
  const cannot = connection.cannot(able);
  const Heading = bare ? 'h3' : 'h2';
  return (
    <section class={bare ? undefined : 'card sides'}>
      <div>
        <Heading>{connection.whatItCan}</Heading>
        <List texts={connection.can(able)} />
      </div>
      {cannot.length === 0 ? null : (
        <div>
          <Heading>{connection.whatItCannot}</Heading>
          <List texts={cannot} />
        </div>
      )}
    </section>
  );
}

function List({ texts }: { texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
