/** Items of one cause in one connection. */
import { parkedKey } from '../../../operate/alerts/parked.ts';
import type { Frame } from '../../contract.ts';
import { Bulk, bulkForm } from './bulk.tsx';
import { ItemCard } from './item-card.tsx';
import type { NeedGroupView } from './read.ts';
import { groupPath } from './token.ts';
import { causeWords } from './words.ts';

export function Group({ group, frame }: { group: NeedGroupView; frame: Frame }) {
  const { words } = frame;
  const { needsYou } = words;
  const { connection, cause, count, items, label } = group;
  const title = causeWords(cause, words).title(label);
  const several = items.length > 1;
  return (
    <section id={parkedKey(connection, cause)}>
      <h2>
        {title} <span class="count">{count}</span>
      </h2>
      {several ? <Bulk group={group} here={items.length} frame={frame} /> : null}
      {items.map((item) => (
        <ItemCard
          key={item.token}
          item={item}
          frame={frame}
          {...(several ? { bulk: bulkForm(group) } : {})}
        />
      ))}
      {count > items.length ? (
        <p>
          <a
            class="button"
            href={groupPath(connection, cause)}
            aria-label={needsYou.forAbout(needsYou.seeAll(count), title)}
          >
            {needsYou.seeAll(count)}
          </a>
        </p>
      ) : null}
    </section>
  );
}
