/** What happened: an event, what it changed, what was sent, and whether it is shown there. */

import type { Words } from '../../../../words/words.ts';
import type { Frame } from '../../../contract.ts';
import { dateTime, Moment } from '../../../parts/moment.tsx';
import { verbOf } from '../../events/page.tsx';
import type { AttemptView, HistoryEntryView } from '../history.ts';
import type { TenantView } from '../read.ts';
import { textOf } from '../record.ts';

export function Timeline({ view, frame }: { view: TenantView; frame: Frame }) {
  const { tenant } = frame.words;
  const { entries, next, first } = view.history;
  const path = `/tenants/${encodeURIComponent(view.id)}`;
  return (
    <section id="timeline">
      <h2>{tenant.timeline}</h2>
      {entries.length === 0 ? <p>{tenant.noTimeline}</p> : null}
      <ol class="plain-list">
        {entries.map((entry) => (
          <li key={entry.entry === 'event' ? `e${entry.eventId}` : `a${entry.attemptId}`}>
            <span class="small soft">
              <Moment at={entry.at} frame={frame} exact />
            </span>{' '}
            <Entry entry={entry} view={view} frame={frame} />
          </li>
        ))}
      </ol>
      {first && next === null ? null : (
        <nav class="pager" aria-label={tenant.timeline}>
          {first ? <span /> : <a href={`${path}#timeline`}>{tenant.newest}</a>}
          {next === null ? (
            <span />
          ) : (
            <a href={`${path}?${new URLSearchParams({ before: next })}#timeline`} rel="next">
              {tenant.earlier}
            </a>
          )}
        </nav>
      )}
    </section>
  );
}

function Entry({ entry, view, frame }: { entry: HistoryEntryView; view: TenantView; frame: Frame }) {
  if (entry.entry === 'attempt') return <Attempt attempt={entry} view={view} frame={frame} />;
  const { words } = frame;
  const { tenant } = words;
  const author = authorOf(entry.event, words);
  const said = entry.changes.map(({ what, from, to }) => changeText(what, from, to, words));
  return (
    <>
      <a href={`/events/${entry.eventId}`} aria-label={tenant.openEvent(author, entry.eventId)}>
        {author}
      </a>
      {`: ${verbOf(entry.event, words)}`}
      <ul>
        {said.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {said.length > 0 ? null : <li>{entry.more ? tenant.changedMore : tenant.changedNothing}</li>}
      </ul>
    </>
  );
}

/** Boom's deliveries, what we asked Boom, and what the landlord said of who is who. */
function authorOf(event: string, { tenant }: Words): string {
  if (event.startsWith('tenants_')) return tenant.youSaid;
  return event.endsWith('_read') ? tenant.weAsked : tenant.boomSaid;
}

function changeText(
  what: 'leasing' | 'reporting' | 'residency' | 'name' | 'email' | 'phone' | 'unit' | 'moveIn',
  from: string | null,
  to: string | null,
  words: Words,
): string {
  const { tenant, tenants, reporting } = words;
  const said: Readonly<Record<string, string>> =
    what === 'leasing' || what === 'residency'
      ? tenants.stages
      : what === 'reporting'
        ? reporting.states
        : {};
  const inWords = (value: string | null) =>
    value === null ? tenant.nothing : Object.hasOwn(said, value) ? (said[value] ?? value) : value;
  return from === null
    ? tenant.became(tenant.change[what], inWords(to))
    : tenant.changed(tenant.change[what], inWords(from), inWords(to));
}

function Attempt({ attempt, view, frame }: { attempt: AttemptView; view: TenantView; frame: Frame }) {
  const { words, timezone, who, fieldName } = frame;
  const { tenant } = words;
  const { connection, label, action, outcome, changes, undoneAt, at } = attempt;
  const when = dateTime(at, timezone, words.locale);
  const path = `/tenants/${encodeURIComponent(view.id)}/undo/${attempt.attemptId}`;
  return (
    <>
      {`${tenant.wasSent(label)}: ${tenant.tried[action]}. `}
      {action === 'look' && outcome === 'done' ? null : tenant.readBack[outcome](label)}
      <ul>
        {changes.map(({ field, from, to }) => (
          <li key={field}>
            {from === null
              ? tenant.became(fieldName(connection, field), textOf(to, words))
              : tenant.changed(fieldName(connection, field), textOf(from, words), textOf(to, words))}
          </li>
        ))}
      </ul>
      {undoneAt === null ? null : <p>{tenant.takenBack(dateTime(undoneAt, timezone, words.locale))}</p>}
      {attempt.undoable && who.role === 'owner' ? (
        <a href={path} aria-label={tenant.takeBackOf(tenant.tried[action], when)}>
          {tenant.takeBack}
        </a>
      ) : null}
    </>
  );
}
