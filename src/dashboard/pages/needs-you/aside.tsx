/** What a person does not want to hear of now, and a way back. */
import type { Frame } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import type { NeedsView } from './read.ts';
import { causeWords, whomOf } from './words.ts';

export function Aside({ view, frame }: { view: NeedsView; frame: Frame }) {
  const { words } = frame;
  const { needsYou } = words;
  if (view.asideCount === 0) return null;
  return (
    <details class="card" id="aside">
      <summary>{needsYou.asideTitle(view.asideCount)}</summary>
      <ul class="plain-list">
        {view.aside.map((item) => (
          <li key={item.token}>
            {whomOf(item, words)}: {causeWords(item.cause, words).title(item.label)},{' '}
            {item.quiet?.until ? (
              <>
                {needsYou.asideUntil} <Moment at={item.quiet.until} frame={frame} exact />
              </>
            ) : (
              needsYou.asideForGood
            )}
            {item.quiet?.why ? `: ${item.quiet.why}` : ''}{' '}
            <ButtonForm
              does="needs_wake"
              frame={frame}
              with={{ record: item.token }}
              label={needsYou.forAbout(needsYou.wake, whomOf(item, words))}
            >
              {needsYou.wake}
            </ButtonForm>
          </li>
        ))}
      </ul>
    </details>
  );
}
