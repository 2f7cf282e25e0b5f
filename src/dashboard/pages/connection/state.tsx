/** How a connection fares in one sentence, and what can be done about it. */
import type { Verdict } from '../../../operate/verdict.ts';
import type { Frame } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment, spoken } from '../../parts/moment.tsx';
import { StatusWord } from '../../parts/status-word.tsx';
import type { ConnectionView } from './read.ts';

interface Props {
  view: ConnectionView;
  frame: Frame;
}

export function State({ view, frame }: Props) {
  const { words } = frame;
  const { connection } = words;
  const { health, name } = view;
  const paused = health.state === 'paused';
  return (
    <section class={`card verdict ${view.verdict}`}>
      <StatusWord verdict={view.verdict as Verdict} words={words} />
      <p>{sentence(view, frame)}</p>
      {health.nextTryAt === null ? null : (
        <p class="soft small">
          {connection.nextTry}: <Moment at={health.nextTryAt} frame={frame} />
        </p>
      )}
      {view.needsYou > 0 ? (
        <p>
          <a href="/needs-you">{connection.showNeeds}</a>
        </p>
      ) : null}
      <div class="actions">
        {health.kind === 'unauthorized' && frame.who.role === 'owner' ? (
          <a class="button main" href={`/setup/connection/${encodeURIComponent(name)}/key`}>
            {connection.replaceKey}
          </a>
        ) : null}
        {paused ? (
          <ButtonForm does="resume_connection" with={{ name }} frame={frame} look="main">
            {connection.resume}
          </ButtonForm>
        ) : (
          <ButtonForm does="pause_connection" with={{ name }} frame={frame}>
            {connection.pause}
          </ButtonForm>
        )}
        {paused ? null : (
          <ButtonForm does="compare_connection" with={{ name }} frame={frame}>
            {connection.resync}
          </ButtonForm>
        )}
      </div>
    </section>
  );
}

function sentence({ label, mode, health, waiting, able }: ConnectionView, frame: Frame): string {
  const { connection, connections } = frame.words;
  const since = health.since === null ? '' : spoken(health.since, frame.now, frame.timezone, frame.words);
  if (health.state === 'paused')
    return health.pausedWhy === 'restored' ? connection.restored(label) : connection.paused(since, waiting);
  if (health.state === 'working') {
    if (able?.local) return connections.files;
    if (able?.byHand) return connections.byHand(label);
    return mode === 'preview' ? connections.preview(label) : connection.working(label);
  }
  const exact = health.since === null ? '' : dateOf(health.since, frame);
  switch (health.kind) {
    case 'unauthorized':
      return connection.refusedKey(label, exact, waiting);
    case 'forbidden':
      return connection.forbidden(label, exact, waiting);
    case 'maintenance':
      return connection.maintenance(label, exact, waiting);
    default:
      return connection.unreachable(label, exact, waiting);
  }
}

/** `Tue 09:14` where that is clear, as people say it. */
function dateOf(at: string, { now, timezone, words }: Frame): string {
  const week = Math.abs(now.getTime() - Date.parse(at)) < 6 * 24 * 60 * 60_000;
  return new Intl.DateTimeFormat(words.locale === 'en' ? 'en-GB' : words.locale, {
    ...(week ? { weekday: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    timeZone: timezone,
  }).format(new Date(at));
}
