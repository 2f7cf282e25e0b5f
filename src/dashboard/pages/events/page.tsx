/** Boom's messages: time, person, plain verb, outcome. */
import { eventNameOf } from '../../../boom/events.ts';
import { EVENT_STATUSES } from '../../../store/inbox.ts';
import type { Words } from '../../../words/words.ts';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { type EventRow, type EventsView, eventsQuery, eventsView, readEvents } from './read.ts';

export const eventsPage = page({
  name: 'events',
  path: '/events',
  nav: 'events',
  role: 'helper',
  about: 'What Boom sent, newest first',
  query: eventsQuery,
  view: eventsView,
  read: readEvents,
  title: (_view, words) => words.events.title,
  body: (view, frame) => <Events view={view} frame={frame} />,
});

/** In plain words what happened; our reads and the landlord's corrections have words of their own. */
export function verbOf(event: string | null, { events }: Words): string {
  const verbs: Readonly<Record<string, string>> = events.verbs;
  const name = event === null ? null : (eventNameOf(event) ?? event);
  return (name !== null && Object.hasOwn(verbs, name) ? verbs[name] : null) ?? events.unknownEvent;
}

function Events({ view, frame }: { view: EventsView; frame: Frame }) {
  const { events } = frame.words;
  if (view.total === 0)
    return (
      <section class="card">
        <p>{events.empty}</p>
        <a class="button main" href="/setup">
          {events.emptyNext}
        </a>
      </section>
    );
  return (
    <>
      <p class="soft">{events.about}</p>
      {view.failed > 0 ? (
        <section class="card">
          <p>{events.failedCount(view.failed)}</p>
          <ButtonForm does="replay_failed" frame={frame} look="main">
            {events.tryAllAgain}
          </ButtonForm>
        </section>
      ) : null}
      <Filter view={view} words={frame.words} />
      {view.events.length === 0 ? <p>{events.nothingFits}</p> : <List rows={view.events} frame={frame} />}
      <Pager
        words={frame.words}
        previous={view.first ? null : pathOf(view, null)}
        next={view.before === null ? null : pathOf(view, view.before)}
      />
    </>
  );
}

function pathOf({ status, tenant }: EventsView, before: number | null): string {
  const query = new URLSearchParams({
    ...(status === '' ? {} : { status }),
    ...(tenant === null ? {} : { tenant }),
    ...(before === null ? {} : { before: String(before) }),
  });
  return query.size === 0 ? '/events' : `/events?${query}`;
}

function Filter({ view, words: { events } }: { view: EventsView; words: Words }) {
  return (
    <form method="get" action="/events" class="filters">
      {view.tenant === null ? null : <input type="hidden" name="tenant" value={view.tenant} />}
      <label>
        {events.filter}
        <select name="status">
          <option value="">{events.all}</option>
          {EVENT_STATUSES.map((status) => (
            <option key={status} value={status} selected={status === view.status}>
              {events.outcome[status]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{events.show}</button>
    </form>
  );
}

function List({ rows, frame }: { rows: readonly EventRow[]; frame: Frame }) {
  const { events } = frame.words;
  return (
    <Table
      caption={events.title}
      heads={[events.number, events.when, events.whom, events.what, events.outcomeHead]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <a href={`/events/${row.id}`} aria-label={events.open(row.id)}>
              {row.id}
            </a>
          </th>
          <td>
            <Moment at={row.at} frame={frame} />
          </td>
          <td>
            {row.tenantId === null ? (
              events.nobody
            ) : (
              <a href={`/tenants/${encodeURIComponent(row.tenantId)}`}>{row.who ?? events.nobody}</a>
            )}
          </td>
          <td>{verbOf(row.event, frame.words)}</td>
          <td>{events.outcome[row.status]}</td>
        </tr>
      ))}
    </Table>
  );
}
