/** What needs a person and is no record: keys, what stands still, Boom’s own pushes, messages, gaps, notices. */
import type { Frame } from '../../contract.ts';
import { Details } from '../../parts/details.tsx';
import { ButtonForm, Form } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import type { NeedsView } from './read.ts';

interface Props {
  view: NeedsView;
  frame: Frame;
}

export function Refused({ view: { refused, boomRefused }, frame }: Props) {
  const { needsYou, frame: common } = frame.words;
  return (
    <>
      {refused.map((one) => (
        <section key={one.connection} class="card" id={`connection-${one.connection}`}>
          <h2>{needsYou.keyTitle(one.label)}</h2>
          <p>
            {needsYou.keyWhat(one.label)} <Moment at={one.since} frame={frame} exact />.{' '}
            {needsYou.keyHeld(one.waiting)}
          </p>
          <KeyForm one={one} frame={frame} />
          <Details words={frame.words}>
            <p>{one.message}</p>
          </Details>
        </section>
      ))}
      {boomRefused.map(({ account, message }) => (
        <section key={account} class="card" id={`boom-${account}`}>
          <h2>{needsYou.boomKeyTitle}</h2>
          <p>{needsYou.boomKey}</p>
          <p>
            <a class="button main" href="/setup">
              {needsYou.boomKeyDo}
            </a>
          </p>
          <Details words={frame.words} title={common.details}>
            <p>{message}</p>
          </Details>
        </section>
      ))}
    </>
  );
}

function KeyForm({ one, frame }: { one: NeedsView['refused'][number]; frame: Frame }) {
  const { needsYou } = frame.words;
  if (frame.who.role !== 'owner') return <p>{needsYou.onlyOwner}</p>;
  return (
    <Form does="check_key" frame={frame} with={{ name: one.connection }}>
      {one.secrets.map(({ name, label }) => (
        <label key={name}>
          {needsYou.keyPaste(label)}
          <input type="password" name={`credential_${name}`} autocomplete="off" />
        </label>
      ))}
      <button type="submit" class="main">
        {needsYou.keyReplace}
      </button>{' '}
      <a href={`/setup/connection/${encodeURIComponent(one.connection)}/key`}>{needsYou.keyWhole}</a>
    </Form>
  );
}

const PLACES = { connection: '/connections/', silence: '/setup', backup: '/settings/backup' };

export function Standing({ view: { standing }, frame }: Props) {
  const { needsYou } = frame.words;
  return (
    <>
      {standing.map(({ key, about, connection, title, lines, remedy }) => (
        <section key={key} class="card" id={key}>
          <h2>{title}</h2>
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {remedy === null ? null : <p class="soft">{remedy}</p>}
          <p>
            <a class="button main" href={`${PLACES[about]}${encodeURIComponent(connection ?? '')}`}>
              {needsYou.standingDo[about]}
            </a>
          </p>
        </section>
      ))}
    </>
  );
}

export function Pushes({ view: { pushes }, frame }: Props) {
  const { needsYou } = frame.words;
  if (pushes.length === 0) return null;
  return (
    <section id="boom-push">
      <h2>{needsYou.pushTitle}</h2>
      {pushes.map(({ tenantId, who, said, at }) => (
        <article key={tenantId} class="card" id={`push-${tenantId}`}>
          <h3>{who}</h3>
          <p>{needsYou.pushWhat(who, said)}</p>
          <p class="soft">{needsYou.pushDo}</p>
          <div class="actions">
            <ButtonForm
              does="needs_push_done"
              frame={frame}
              with={{ tenantId }}
              look="main"
              label={needsYou.forAbout(needsYou.weDoIt, who)}
            >
              {needsYou.weDoIt}
            </ButtonForm>
          </div>
          <p class="soft small">
            {needsYou.firstSeen} <Moment at={at} frame={frame} />
          </p>
        </article>
      ))}
    </section>
  );
}

export function Messages({ view: { events }, frame }: Props) {
  const { needsYou } = frame.words;
  return (
    <>
      {events.map(({ status, count, items }) => (
        <section key={status} id={`events-${status}`}>
          <h2>
            {needsYou.eventsTitle[status]} <span class="count">{count}</span>
          </h2>
          <div class="card">
            <p>{needsYou.eventsWhat[status]}</p>
            {status === 'failed' ? (
              <ButtonForm does="replay_failed" frame={frame} look="main">
                {needsYou.tryAgain}
              </ButtonForm>
            ) : null}
            <ul class="plain-list">
              {items.map(({ id, receivedAt, detail }) => (
                <li key={id} id={`event-${id}`}>
                  {needsYou.eventName(id)}, <Moment at={receivedAt} frame={frame} />{' '}
                  <a
                    class="button"
                    href={`/events/${id}`}
                    aria-label={needsYou.forAbout(needsYou.show, needsYou.eventName(id))}
                  >
                    {needsYou.show}
                  </a>{' '}
                  <ButtonForm
                    does="dismiss_event"
                    frame={frame}
                    with={{ eventId: id }}
                    label={needsYou.forAbout(needsYou.dismiss, needsYou.eventName(id))}
                  >
                    {needsYou.dismiss}
                  </ButtonForm>
                  <Details words={frame.words}>
                    <p>{detail}</p>
                  </Details>
                </li>
              ))}
            </ul>
            {count > items.length ? (
              <a href={`/events?status=${status}`}>{needsYou.moreEvents(count)}</a>
            ) : null}
          </div>
        </section>
      ))}
    </>
  );
}

export function Gaps({ view: { gaps }, frame }: Props) {
  const { needsYou } = frame.words;
  if (gaps.length === 0) return null;
  return (
    <section id="gaps">
      <h2>{needsYou.gapsTitle}</h2>
      {gaps.map(({ id, from, to, state, reporting }) => (
        <article key={id} class="card" id={`gap-${id}`}>
          <p>
            {needsYou.gapFrom} <Moment at={from} frame={frame} exact /> {needsYou.gapTo}{' '}
            <Moment at={to} frame={frame} exact />
          </p>
          <p>{state === 'unread' ? needsYou.gapUnread : needsYou.gapReporting(reporting)}</p>
          <p class="soft">{needsYou.gapCheck}</p>
          <ButtonForm does="needs_gaps_checked" frame={frame} with={{ gapId: id }} look="main">
            {needsYou.iChecked}
          </ButtonForm>
        </article>
      ))}
    </section>
  );
}

export function Notices({ view: { notices }, frame }: Props) {
  const { needsYou } = frame.words;
  if (notices.count === 0) return null;
  return (
    <section id="notices">
      <h2>
        {needsYou.noticesTitle} <span class="count">{notices.count}</span>
      </h2>
      <div class="card">
        <p>{needsYou.noticesAbout}</p>
        <ul class="plain-list">
          {notices.items.map(({ tenantId, who, dueAt }) => (
            <li key={tenantId}>
              <a href={`/tenants/${encodeURIComponent(tenantId)}`}>{needsYou.noticeOf(who)}</a>,{' '}
              {needsYou.noticeSince} <Moment at={dueAt} frame={frame} />{' '}
              <ButtonForm
                does="needs_notice_done"
                frame={frame}
                with={{ tenantId }}
                label={needsYou.forAbout(needsYou.done, who)}
              >
                {needsYou.done}
              </ButtonForm>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
