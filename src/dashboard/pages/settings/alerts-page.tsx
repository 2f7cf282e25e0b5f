/** Who is told when something needs the landlord. */
import { z } from 'zod';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { type AlertsView, alertsView, KINDS, readAlertsView } from './alerts-read.ts';

interface Props {
  view: AlertsView;
  frame: Frame;
}

export const alertsPage = page({
  name: 'settings_alerts',
  path: '/settings/alerts',
  nav: 'settings',
  role: 'owner',
  about: 'Who is told when something needs you, and how each channel fares; no key is ever in it',
  query: z.object({}),
  view: alertsView,
  read: (_query, at) => readAlertsView(at),
  title: (_view, words) => words.settings.alerts,
  body: (view, frame) => (
    <>
      <p>
        <a href="/settings">{frame.words.settings.all}</a>
      </p>
      {view.fault === null ? null : <p class="fault">{frame.words.settings.fileFault(view.fault)}</p>}
      {view.changedSince ? <TakeUp frame={frame} /> : null}
      {view.channels.length === 0 ? <p>{frame.words.settings.noAlert}</p> : null}
      {view.channels.map((channel) => (
        <Channel key={channel.name} channel={channel} frame={frame} />
      ))}
      <Add words={frame.words} />
      <Open view={view} frame={frame} />
      <Times view={view} frame={frame} />
    </>
  ),
});

function TakeUp({ frame }: { frame: Frame }) {
  const { settings } = frame.words;
  return (
    <section class="card">
      <p>{settings.fileDiffers}</p>
      <ButtonForm does="take_up_alerts" frame={frame} look="main">
        {settings.takeUp}
      </ButtonForm>
    </section>
  );
}

function Channel({ channel, frame }: { channel: AlertsView['channels'][number]; frame: Frame }) {
  const { settings } = frame.words;
  const { name, kind, where, failing, gaveUpAt, waiting, lastSentAt, inForce } = channel;
  return (
    <section class="card">
      <h2>{settings.channel(settings.kinds[kind], name)}</h2>
      <p>{where === null ? settings.noWhere : settings.goesTo(where)}</p>
      <p class="small">
        {settings.lastSent}: <Moment at={lastSentAt} frame={frame} />
        {waiting > 0 ? `. ${settings.waiting(waiting)}` : ''}
      </p>
      {failing === null ? null : (
        <p class="fault">
          {settings.failing(settings.failures[failing.error] ?? settings.failedOtherwise)}{' '}
          <Moment at={failing.nextAttemptAt} frame={frame} />
        </p>
      )}
      {gaveUpAt === null ? null : (
        <p class="fault">
          {settings.gaveUp} <Moment at={gaveUpAt} frame={frame} />
        </p>
      )}
      {inForce ? null : <p class="small">{settings.notInForce}</p>}
      <div class="actions">
        <ButtonForm does="test_alert" with={{ channel: name }} frame={frame} label={settings.testLabel(name)}>
          {settings.test}
        </ButtonForm>
        <a class="button" href={`/settings/alerts/remove/${encodeURIComponent(name)}`}>
          {settings.takeAway(name)}
        </a>
      </div>
    </section>
  );
}

function Add({ words: { settings } }: { words: Frame['words'] }) {
  return (
    <section>
      <h2>{settings.addAlert}</h2>
      <p class="actions">
        {KINDS.map((kind) => (
          <a key={kind} class="button" href={`/settings/alerts/add/${kind}`}>
            {settings.add[kind]}
          </a>
        ))}
      </p>
    </section>
  );
}

function Open({ view: { open }, frame }: Props) {
  const { settings } = frame.words;
  if (open.length === 0) return null;
  return (
    <section class="card">
      <h2>{settings.toldNow}</h2>
      <ul class="plain-list">
        {open.map(({ title, since }) => (
          <li key={title}>
            {title}, <Moment at={since} frame={frame} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Times({ view, frame }: Props) {
  const { settings } = frame.words;
  const { quietHours, weekly, heartbeatMinutes } = view;
  return (
    <section class="card">
      <h2>{settings.when}</h2>
      <dl>
        <dt>{settings.quietHours}</dt>
        <dd>{quietHours === null ? settings.none : settings.fromTo(quietHours.from, quietHours.to)}</dd>
        <dt>{settings.weekly}</dt>
        <dd>{weekly ?? settings.none}</dd>
        <dt>{settings.heartbeat}</dt>
        <dd>{heartbeatMinutes === null ? settings.noHeartbeat : settings.everyMinutes(heartbeatMinutes)}</dd>
      </dl>
      <p class="soft small">{settings.timesHow}</p>
    </section>
  );
}
