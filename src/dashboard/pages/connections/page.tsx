/** What is connected, each in a tile. */
import { z } from 'zod';
import type { Verdict } from '../../../operate/verdict.ts';
import { type Frame, page } from '../../contract.ts';
import { ButtonForm } from '../../parts/form.tsx';
import { Moment } from '../../parts/moment.tsx';
import { StatusWord } from '../../parts/status-word.tsx';
import { type ConnectionsView, connectionsView, readConnections } from './read.ts';

interface Props {
  view: ConnectionsView;
  frame: Frame;
}

export const connectionsPage = page({
  name: 'connections',
  path: '/connections',
  nav: 'connections',
  role: 'helper',
  about: 'Every connection: how it stands, when it is looked at, what waits',
  query: z.object({}),
  view: connectionsView,
  read: (_query, at) => readConnections(at),
  title: (_view, words) => words.connections.title,
  body: (view, frame) => (
    <>
      {view.connections.length === 0 ? <p>{frame.words.connections.empty}</p> : null}
      <ul class="tiles">
        {view.connections.map((one) => (
          <Tile key={one.name} one={one} nextCheckAt={view.nextCheckAt} frame={frame} />
        ))}
      </ul>
      {frame.who.role === 'owner' ? <Owner view={view} frame={frame} /> : null}
    </>
  ),
});

interface TileProps {
  one: ConnectionsView['connections'][number];
  nextCheckAt: string | null;
  frame: Frame;
}

function Tile({ one, nextCheckAt, frame }: TileProps) {
  const { words } = frame;
  const { connections } = words;
  return (
    <li class="card">
      <h2>
        <a href={`/connections/${encodeURIComponent(one.name)}`}>{one.label}</a>
      </h2>
      {one.label === one.name ? null : <p class="soft small">{one.name}</p>}
      <p>
        <StatusWord verdict={one.verdict as Verdict} words={words} />
      </p>
      <p>
        {one.local
          ? connections.files
          : one.byHand
            ? connections.byHand(one.label)
            : one.mode === 'preview'
              ? connections.preview(one.label)
              : connections.live(one.label)}
      </p>
      <p class="small">
        {[
          connections.inLine(one.inLine),
          one.waiting > 0 && connections.waiting(one.waiting),
          one.needsYou > 0 && connections.needsYou(one.needsYou),
        ]
          .filter(Boolean)
          .join(', ')}
      </p>
      <dl class="small">
        <dt>{connections.lastSuccess}</dt>
        <dd>
          {one.lastConfirmedAt === null ? (
            connections.never
          ) : (
            <Moment at={one.lastConfirmedAt} frame={frame} />
          )}
        </dd>
        {one.nextTryAt === null ? (
          <>
            <dt>{connections.nextCheck}</dt>
            <dd>
              {nextCheckAt === null ? connections.onlyWhenAsked : <Moment at={nextCheckAt} frame={frame} />}
            </dd>
          </>
        ) : (
          <>
            <dt>{connections.nextTry}</dt>
            <dd>
              <Moment at={one.nextTryAt} frame={frame} />
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

function Owner({ view, frame }: Props) {
  const { connections } = frame.words;
  return (
    <>
      {view.drafts.length === 0 ? null : (
        <section class="card">
          <h2>{connections.unfinished}</h2>
          <ul class="plain-list">
            {view.drafts.map((name) => (
              <li key={name} class="actions">
                <a href={`/setup/connection/${encodeURIComponent(name)}/key`}>{connections.goOn(name)}</a>
                <ButtonForm
                  does="drop_draft"
                  with={{ name }}
                  frame={frame}
                  look="danger"
                  label={connections.dropLabel(name)}
                >
                  {connections.drop}
                </ButtonForm>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="actions">
        <a class="button main" href="/setup/connection">
          {connections.add}
        </a>
        <a class="button" href="/setup">
          {connections.boom}
        </a>
      </p>
    </>
  );
}
