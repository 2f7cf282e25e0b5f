/** Kinds of messages that this version does not know. */
import type { Frame } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import type { NeedsView } from './read.ts';

export function Kinds({ view: { kinds }, frame }: { view: NeedsView; frame: Frame }) {
  const { needsYou } = frame.words;
  if (kinds.length === 0) return null;
  return (
    <section id="unknown-kinds">
      <h2>{needsYou.kindsTitle}</h2>
      <div class="card">
        <p>{needsYou.kindsAbout}</p>
        <ul class="plain-list">
          {kinds.map(({ event, count, id, receivedAt }) => (
            <li key={event}>
              {needsYou.kindOf(event, count)}, {needsYou.kindLast} <Moment at={receivedAt} frame={frame} />{' '}
              <a
                class="button"
                href={`/events/${id}`}
                aria-label={needsYou.forAbout(needsYou.show, needsYou.kindNamed(event))}
              >
                {needsYou.show}
              </a>{' '}
              <ButtonForm
                does="needs_kind_dismiss"
                frame={frame}
                with={{ event }}
                label={needsYou.forAbout(needsYou.dismiss, needsYou.kindNamed(event))}
              >
                {needsYou.dismiss}
              </ButtonForm>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
