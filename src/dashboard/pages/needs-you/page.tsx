/** Everything that needs a person, each with what to do. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { Moment } from '../../parts/moment.tsx';
import { Aside } from './aside.tsx';
import { Group } from './group.tsx';
import { Joins } from './joins-part.tsx';
import { Kinds } from './kinds-part.tsx';
import { Gaps, Messages, Notices, Pushes, Refused, Standing } from './others.tsx';
import { type NeedsView, needsView, readNeeds } from './read.ts';

export const needsYouPage = page({
  name: 'needs_you',
  path: '/needs-you',
  nav: 'needsYou',
  role: 'helper',
  about: 'What needs a person, grouped by cause, with what can be answered',
  query: z.object({}),
  view: needsView,
  read: (_query, at) => readNeeds(at),
  title: (_view, words) => words.needsYou.title,
  body: (view, frame) => <NeedsYou view={view} frame={frame} />,
});

function NeedsYou({ view, frame }: { view: NeedsView; frame: Frame }) {
  const { needsYou } = frame.words;
  const nothing =
    view.refused.length + view.boomRefused.length + view.groups.length + view.pushes.length === 0 &&
    view.joins.count === 0 &&
    view.standing.length + view.events.length + view.gaps.length === 0;
  return (
    <>
      {nothing ? (
        <section class="card">
          <p>
            {needsYou.empty}
            {view.lastEndedAt === null ? null : (
              <>
                {' '}
                {needsYou.lastFixed} <Moment at={view.lastEndedAt} frame={frame} />.
              </>
            )}
          </p>
        </section>
      ) : (
        <p class="soft">{needsYou.about}</p>
      )}
      <Refused view={view} frame={frame} />
      <Standing view={view} frame={frame} />
      {view.groups.map((group) => (
        <Group key={`${group.connection} ${group.cause}`} group={group} frame={frame} />
      ))}
      <Joins view={view} frame={frame} />
      <Pushes view={view} frame={frame} />
      <Messages view={view} frame={frame} />
      <Gaps view={view} frame={frame} />
      <Kinds view={view} frame={frame} />
      <Notices view={view} frame={frame} />
      <Aside view={view} frame={frame} />
    </>
  );
}
