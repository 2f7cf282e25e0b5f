/** People of whom somebody has to say whether they are one or two. */
import type { Frame } from '../../contract.ts';
import { Moment } from '../../parts/moment.tsx';
import { JoinAnswers } from './join-answers.tsx';
import type { NeedsView } from './read.ts';

export function Joins({ view: { joins }, frame }: { view: NeedsView; frame: Frame }) {
  const { needsYou } = frame.words;
  if (joins.count === 0) return null;
  return (
    <section id="weak-joins">
      <h2>
        {needsYou.joinsTitle} <span class="count">{joins.count}</span>
      </h2>
      <p>{needsYou.joinsAbout}</p>
      {joins.items.map(({ tenantId, who, applied, reported, since }) => (
        <article key={tenantId} class="card" id={`join-${tenantId}`}>
          <h3>{who}</h3>
          <p>
            {needsYou.joinsWhat(applied, reported)}{' '}
            <a href={`/tenants/${encodeURIComponent(tenantId)}`}>{needsYou.openPerson(who)}</a>
          </p>
          {frame.who.role === 'owner' ? (
            <div class="actions">
              <JoinAnswers tenantId={tenantId} whom={who} frame={frame} />
            </div>
          ) : (
            <p class="soft">{needsYou.onlyOwner}</p>
          )}
          <p class="soft small">
            {needsYou.firstSeen} <Moment at={since} frame={frame} />
          </p>
        </article>
      ))}
      {joins.count > joins.items.length ? <p class="soft">{needsYou.joinsMore(joins.items.length)}</p> : null}
    </section>
  );
}
