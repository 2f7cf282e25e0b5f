/** One item: what happened, whom it affects, what is held, what to do. */
import type { Frame } from '../../contract.ts';
import { Details } from '../../parts/details.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Answers } from './answers.tsx';
import { Fields } from './fields.tsx';
import type { NeedItem } from './item.ts';
import { anchorOf } from './token.ts';
import { causeWords, whomOf } from './words.ts';

interface Props {
  item: NeedItem;
  frame: Frame;
  /** The form that answers all that are ticked; absent where there is none. */
  bulk?: string;
}

/** The fields in question, as a person calls them. */
const namedIn = ({ connection, named }: NeedItem, { fieldName }: Frame) =>
  named.map((field) => fieldName(connection, field)).join(', ');

export function ItemCard({ item, frame, bulk }: Props) {
  const { words } = frame;
  const { needsYou } = words;
  const cause = causeWords(item.cause, words);
  const whom = whomOf(item, words);
  return (
    <article class="card" id={anchorOf(item)}>
      <h3>
        {bulk === undefined ? null : (
          <input
            type="checkbox"
            name="record"
            value={item.token}
            form={bulk}
            aria-label={needsYou.tick(whom)}
          />
        )}{' '}
        {whom}
      </h3>
      <p>{cause.what(item.label, namedIn(item, frame))}</p>
      {item.cause === 'invalid' || item.cause === 'unmapped_unit' ? <p>{item.message}</p> : null}
      {item.tasks.length === 0 ? null : (
        <ul>
          {item.tasks.map((task) => (
            <li key={task}>{task}</li>
          ))}
        </ul>
      )}
      {item.cause === 'by_hand' || (item.creates && item.fields.length === 0) ? null : (
        <Fields item={item} frame={frame} />
      )}
      <p class="soft">{cause.held(item.label)}</p>
      <Answers item={item} frame={frame} />
      <p class="soft small">
        {needsYou.firstSeen} <Moment at={item.since} frame={frame} />, {needsYou.seenTimes(item.seen)}.{' '}
        <a
          href={`/tenants/${encodeURIComponent(item.tenantId)}`}
          aria-label={needsYou.forAbout(needsYou.tenantPage, whom)}
        >
          {needsYou.tenantPage}
        </a>
      </p>
      <Details words={words}>
        <dl>
          <dt>{needsYou.thatSaid}</dt>
          <dd>{item.message}</dd>
          <dt>{needsYou.advice}</dt>
          <dd>{item.remedy}</dd>
          {item.remoteId === null ? null : (
            <>
              <dt>{needsYou.recordThere}</dt>
              <dd>{item.remoteId}</dd>
            </>
          )}
        </dl>
      </Details>
    </article>
  );
}
