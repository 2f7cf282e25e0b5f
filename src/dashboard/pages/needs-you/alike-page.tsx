/** All of one cause in one connection. */
import { type Frame, page } from '../../contract.ts';
import { Pager } from '../../parts/pager.tsx';
import { type AlikeView, alikeQuery, alikeView, readAlike } from './alike.ts';
import { Bulk, bulkForm } from './bulk.tsx';
import { ItemCard } from './item-card.tsx';
import { groupPath } from './token.ts';
import { causeWords } from './words.ts';

export const alikePage = page({
  name: 'needs_you_alike',
  path: '/needs-you/alike',
  nav: 'needsYou',
  role: 'helper',
  about: 'What needs a person for one cause in one connection, a page at a time',
  query: alikeQuery,
  view: alikeView,
  read: readAlike,
  title: ({ cause, label }, words) => causeWords(cause, words).title(label),
  body: (view, frame) => <Alike view={view} frame={frame} />,
});

function Alike({ view, frame }: { view: AlikeView; frame: Frame }) {
  const { needsYou } = frame.words;
  const { connection, cause, items, first, next } = view;
  const several = items.length > 1;
  return (
    <>
      <p>
        <a href="/needs-you">{needsYou.toAll}</a>
      </p>
      <h2>{items.length === 0 ? needsYou.empty : needsYou.groupOf(view.count)}</h2>
      {several ? <Bulk group={view} here={items.length} frame={frame} /> : null}
      {items.map((item) => (
        <ItemCard key={item.token} item={item} frame={frame} {...(several ? { bulk: bulkForm(view) } : {})} />
      ))}
      <Pager
        words={frame.words}
        previous={first ? null : groupPath(connection, cause)}
        next={next === null ? null : groupPath(connection, cause, next)}
      />
    </>
  );
}
