/** A file as it is and as it would be; what is new in it, and what goes, stands out. */
import type { Words } from '../../../words/words.ts';

export function FileChange({ before, after, words }: { before: string; after: string; words: Words }) {
  const { settings } = words;
  return (
    <div class="sides">
      <section>
        <h2>{settings.fileIs}</h2>
        <pre>{marked(before, after, 'del')}</pre>
      </section>
      <section>
        <h2>{settings.fileBecomes}</h2>
        <pre>{marked(after, before, 'ins')}</pre>
      </section>
    </div>
  );
}

function marked(text: string, other: string, Mark: 'ins' | 'del') {
  const known = new Set(other.split('\n'));
  return text
    .split('\n')
    .map((line, at) => (known.has(line) ? `${line}\n` : <Mark key={`${at} ${line}`}>{`${line}\n`}</Mark>));
}
