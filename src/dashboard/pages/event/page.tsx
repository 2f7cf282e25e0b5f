/** One message of Boom's: what became of it, and what it says. */
import { z } from 'zod';
import { type At, type Frame, page } from '../../contract.ts';
import { optional, whole } from '../../forms.ts';
import { masked } from '../../masked.ts';
import { Details } from '../../parts/details.tsx';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { isRevealed } from '../../reveals.ts';
import { verbOf } from '../events/page.tsx';
import { eventRow, rowsOf } from '../events/read.ts';

const query = z.object({ id: whole.positive(), reveal: optional.optional() });

const eventView = z.object({
  event: eventRow,
  account: z.string(),
  requestId: z.string().nullable(),
  detail: z.string().nullable(),
  /** What it says, as text; null where that is not kept any more. */
  body: z.string().nullable(),
  revealed: z.boolean(),
});
type EventView = z.output<typeof eventView>;

export const eventPage = page({
  name: 'event',
  path: '/events/:id',
  nav: 'events',
  role: 'helper',
  about: 'One message, with what names a person hidden until it is revealed',
  query,
  view: eventView,
  read: readEvent,
  title: ({ event }, words) => words.events.titleOf(event.id),
  body: (view, frame) => <Event view={view} frame={frame} />,
});

export const revealOf = (id: number) => `event ${id}`;

async function readEvent({ id, reveal = null }: z.output<typeof query>, at: At): Promise<EventView | null> {
  const [stored] = await at.stores.inbox.byIds([id]);
  const [event] = stored === undefined ? [] : await rowsOf([stored], at);
  if (stored === undefined || event === undefined) return null;
  const revealed = at.who.role === 'owner' && isRevealed(at.who, revealOf(id), reveal, at.now());
  const kept = stored.body ?? stored.normalised;
  const { account, requestId, detail } = stored;
  return {
    event,
    account,
    requestId,
    detail,
    body: kept === null ? null : bodyText(kept, revealed),
    revealed,
  };
}

/** What cannot be read as JSON is hidden whole. */
function bodyText(text: string, revealed: boolean): string {
  try {
    const body: unknown = JSON.parse(text);
    return JSON.stringify(revealed ? body : masked(body), null, 2);
  } catch {
    return revealed ? text : '•••';
  }
}

function Event({ view, frame }: { view: EventView; frame: Frame }) {
  const { words } = frame;
  const { events } = words;
  const { event } = view;
  return (
    <>
      <section class="card">
        <p>
          <strong>
            {event.tenantId === null ? (
              events.nobody
            ) : (
              <a href={`/tenants/${encodeURIComponent(event.tenantId)}`}>{event.who ?? events.nobody}</a>
            )}
          </strong>{' '}
          {verbOf(event.event, words)}
        </p>
        <dl>
          <dt>{events.arrived}</dt>
          <dd>
            <Moment at={event.at} frame={frame} exact />
          </dd>
          <dt>{events.outcomeHead}</dt>
          <dd>{events.outcome[event.status]}</dd>
          {view.detail === null ? null : (
            <>
              <dt>{events.reason}</dt>
              <dd>{view.detail}</dd>
            </>
          )}
        </dl>
        <Choices view={view} frame={frame} />
        <Details words={words}>
          <dl>
            <dt>{events.wireName}</dt>
            <dd>{event.event ?? '–'}</dd>
            <dt>{events.requestId}</dt>
            <dd>{view.requestId ?? '–'}</dd>
            <dt>{events.account}</dt>
            <dd>{view.account}</dd>
          </dl>
        </Details>
      </section>
      <Body view={view} frame={frame} />
    </>
  );
}

function Choices({ view: { event }, frame }: { view: EventView; frame: Frame }) {
  const { events } = frame.words;
  const asks = event.status === 'failed' || event.status === 'quarantined';
  return (
    <div class="actions">
      {event.status === 'failed' ? (
        <ButtonForm does="replay_failed" frame={frame} look="main">
          {events.tryAgain}
        </ButtonForm>
      ) : null}
      {event.tenantId !== null && !asks ? (
        <ButtonForm does="replay_tenant" frame={frame} with={{ tenantId: event.tenantId }}>
          {events.readAgain}
        </ButtonForm>
      ) : null}
      {asks ? (
        <ButtonForm does="dismiss_event" frame={frame} with={{ eventId: event.id }}>
          {events.dismiss}
        </ButtonForm>
      ) : null}
    </div>
  );
}

function Body({ view, frame }: { view: EventView; frame: Frame }) {
  const { events } = frame.words;
  return (
    <section class="card">
      <h2>{events.body}</h2>
      {view.body === null ? (
        <p>{events.noBody}</p>
      ) : (
        <>
          <p class="soft">{view.revealed ? events.revealed : events.masked}</p>
          {view.revealed || frame.who.role !== 'owner' ? null : (
            <p>
              <ButtonForm does="reveal_event" frame={frame} with={{ eventId: view.event.id }}>
                {events.reveal}
              </ButtonForm>{' '}
              <span class="soft small">{events.revealNote}</span>
            </p>
          )}
          <Scroll label={events.body}>
            <pre>{view.body}</pre>
          </Scroll>
        </>
      )}
    </section>
  );
}
